/** Makes up values of a parameter from its schema: some that it may take, and some that it may refuse. */
import type { ParameterSchema } from '../../../generated/types.ts';
import { branchesOf, itemsOf, typesOf } from '../../parameter-schema.ts';

/** Characters that servers often mishandle: quotes, patterns, wildcards, an escape, a letter that is not ASCII. */
const hardText = `a'"\\([*%_é`;

/** A text of each format that FastAPI checks. No text is made up for any other format. */
const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'somebody@example.com',
  uri: 'https://example.com/',
  uuid: '6f1f0d1e-3c5b-4a0e-9d2a-0c8f5f1f2a3b',
};

/** Texts of many kinds, to be tried against a pattern. */
const anyTexts = ['', ' ', 'a', 'A', '0', '!', 'é', 'no-such-value'];

/** Values that the schema is likely to take, mostly its bounds. The caller checks them by the validator. */
export function acceptedValues(schema: ParameterSchema): unknown[] {
  const items = itemsOf(schema);
  if (items) {
    const members = acceptedValues(items);
    const least = Math.max(1, Number(schema['minItems'] ?? 1));
    return [Array.from({ length: least }, (_, at) => members[at % members.length]), members.slice(0, 2)];
  }
  const { enum: values, const: constant, default: usual } = schema;
  if (values) return [values[0], values.at(-1)];
  if (constant !== undefined) return [constant];
  const branches = branchesOf(schema);
  if (branches.length > 0) return branches.flatMap(acceptedValues);
  const [type] = typesOf(schema).filter((each) => each !== 'null');
  const edges = [schema['minimum'], schema['maximum'], usual].filter((value) => value !== undefined);
  if (type === 'integer') return edges.length > 0 ? edges : [1, -1];
  if (type === 'number') return edges.length > 0 ? edges : [0.5, -1, 1e21];
  if (type === 'boolean') return [true, false];
  if (type === 'string' || type === undefined)
    return usual === undefined ? texts(schema) : [usual, ...texts(schema)];
  return [];
}

function texts({ format, pattern, minLength = 0, maxLength = Infinity }: ParameterSchema): unknown[] {
  if (typeof format === 'string') return formats[format] === undefined ? [] : [formats[format]];
  if (pattern !== undefined) return anyTexts;
  return [hardText.repeat(Math.ceil(Number(minLength) / hardText.length) || 1).slice(0, Number(maxLength))];
}

/** Values of another type than the schema takes, as they are read from a query: `ten` stays a text. */
export function mistypedValues(schema: ParameterSchema): unknown[] {
  const items = itemsOf(schema);
  if (items) return mistypedValues(items).map((member) => [member]);
  const types = typesOf(schema);
  if (types.includes('string') || types.length === 0) return [];
  if (types.includes('number')) return ['large'];
  if (types.includes('integer')) return ['ten', 1.5];
  if (types.includes('boolean')) return ['maybe'];
  return [];
}

/** Values of the right type that lie outside of the schema's bounds and lists. */
export function outOfRangeValues(schema: ParameterSchema): unknown[] {
  const items = itemsOf(schema);
  const values = items ? outOfRangeLists(schema, items) : outOfRangeScalars(schema);
  return [...values, ...branchesOf(schema).flatMap(outOfRangeValues)];
}

function outOfRangeScalars(schema: ParameterSchema): unknown[] {
  const { enum: values, const: constant, pattern } = schema;
  const limit = (keyword: string) => schema[keyword] as number | undefined;
  const step = limit('multipleOf') ?? 1;
  const found: unknown[] = [];
  const add = (bound: number | undefined, toValue: (bound: number) => unknown) => {
    if (bound !== undefined) found.push(toValue(bound));
  };
  add(limit('minimum'), (bound) => bound - step);
  add(limit('maximum'), (bound) => bound + step);
  // Many servers read -1 as "no bound".
  add(limit('minimum'), () => -1);
  add(limit('exclusiveMinimum'), (bound) => bound);
  add(limit('exclusiveMaximum'), (bound) => bound);
  add(limit('multipleOf'), (factor) => (limit('minimum') ?? 0) + factor / 2);
  add(limit('minLength'), (length) => 'a'.repeat(Math.max(0, length - 1)));
  add(limit('maxLength'), (length) => 'a'.repeat(length + 1));
  if (pattern !== undefined) found.push(...anyTexts);
  const listed = values ?? (constant === undefined ? [] : [constant]);
  if (listed.some((value) => typeof value === 'string')) found.push('no-such-value');
  const numbers = listed.filter((value) => typeof value === 'number');
  if (numbers.length > 0) found.push(Math.max(...numbers) + 1);
  // The empty text has a check of its own.
  return [...new Set(found)].filter((value) => value !== '');
}

function outOfRangeLists(schema: ParameterSchema, items: ParameterSchema): unknown[] {
  const [member] = acceptedValues(items);
  const lists = outOfRangeValues(items).map((value): unknown[] => [value]);
  const { minItems, maxItems } = schema;
  const filled = (length: number) => Array.from({ length }, () => member);
  // A list without members is written as no parameter at all.
  if (typeof minItems === 'number' && minItems > 1) lists.push(filled(minItems - 1));
  if (typeof maxItems === 'number') lists.push(filled(maxItems + 1));
  return lists;
}
