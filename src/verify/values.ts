/** Makes up values of a parameter from its schema: some that it may take, and some that it may refuse. */
import type { ParameterSchema } from '../../generated/types.ts';
import { branchesOf, itemsOf, typesOf } from '../parameter-schema.ts';

/** Characters that servers often mishandle: quotes, patterns, wildcards, an escape, letters of two and four bytes. */
const hardText = `a'"\\([*%_é😀`;

/** Longer than columns of databases often are, and short enough for any gateway. */
const longText = 'x'.repeat(600);

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
  return [hardText, longText].map((text) =>
    [...text.repeat(Math.ceil(Number(minLength) / text.length) || 1)].slice(0, Number(maxLength)).join(''),
  );
}

/** Values that the schema is likely to refuse: of another type, and outside of its bounds and lists. */
export function refusedValues(schema: ParameterSchema): unknown[] {
  const items = itemsOf(schema);
  const values = items ? refusedLists(schema, items) : [...mistyped(schema), ...outOfRange(schema)];
  return [...values, ...branchesOf(schema).flatMap(outOfRange)];
}

/** As they are read from a query: `ten` stays a text. */
function mistyped(schema: ParameterSchema): unknown[] {
  const types = typesOf(schema);
  if (types.includes('string') || types.length === 0) return [];
  if (types.includes('number')) return ['large'];
  if (types.includes('integer')) return ['ten', 1.5];
  if (types.includes('boolean')) return ['maybe'];
  return [];
}

/** Values just beyond what a keyword allows. */
const beyond: Readonly<Record<string, (bound: number, schema: ParameterSchema) => unknown[]>> = {
  // Many servers read -1 as "no bound", and keep whole numbers in 32 bits.
  minimum: (bound, { multipleOf = 1 }) => [bound - Number(multipleOf), -1],
  maximum: (bound, { multipleOf = 1 }) => [bound + Number(multipleOf), 2 ** 32 + 1],
  exclusiveMinimum: (bound) => [bound],
  exclusiveMaximum: (bound) => [bound],
  multipleOf: (factor, { minimum = 0 }) => [Number(minimum) + factor / 2],
  minLength: (length) => ['a'.repeat(Math.max(0, length - 1))],
  maxLength: (length) => ['a'.repeat(length + 1)],
};

function outOfRange(schema: ParameterSchema): unknown[] {
  const { enum: values, const: constant, pattern } = schema;
  const found = Object.entries(beyond).flatMap(([keyword, toValues]) => {
    const bound = schema[keyword];
    return typeof bound === 'number' ? toValues(bound, schema) : [];
  });
  if (pattern !== undefined) found.push(...anyTexts);
  const listed = values ?? (constant === undefined ? [] : [constant]);
  if (listed.some((value) => typeof value === 'string')) found.push('no-such-value');
  const numbers = listed.filter((value) => typeof value === 'number');
  if (numbers.length > 0) found.push(Math.max(...numbers) + 1);
  // The empty text is tried by itself.
  return [...new Set(found)].filter((value) => value !== '');
}

function refusedLists(schema: ParameterSchema, items: ParameterSchema): unknown[] {
  const [member] = acceptedValues(items);
  const lists = refusedValues(items).map((value): unknown[] => [value]);
  const { minItems, maxItems } = schema;
  const filled = (length: number) => Array.from({ length }, () => member);
  // A list without members is written as no parameter at all.
  if (typeof minItems === 'number' && minItems > 1) lists.push(filled(minItems - 1));
  if (typeof maxItems === 'number') lists.push(filled(maxItems + 1));
  return lists;
}
