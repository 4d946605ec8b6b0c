/** The keywords of JSON Schema 2020-12: which hold schemas, which limit values, what a list of values is. */
import { at, escapeKey, normalPointer, pointerTo } from './pointer.ts';
import { isObject, type Located } from './resolve.ts';

/** A schema as an object; `true` and `false` are schemas, too. */
export type Schema = Record<string, unknown>;

const words = (text: string) => text.split(/\s+/);

/** The keywords that describe values and limit none. */
export const annotations = words('deprecated description example examples externalDocs title xml');

const holdsOne = new Set(
  words(
    'additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties',
  ),
);
const holdsList = new Set(words('allOf anyOf oneOf prefixItems'));
const holdsMap = new Set(words('$defs dependentSchemas patternProperties properties'));

/** The keywords that limit values and hold no schemas. */
const assertions = new Set(
  words(`const dependentRequired enum exclusiveMaximum exclusiveMinimum maxContains maxItems maxLength maxProperties
    maximum minContains minItems minLength minProperties minimum multipleOf pattern required type uniqueItems`),
);

/** Whether the value of a keyword is a schema, or holds some. */
export function holdsSchemas(keyword: string): boolean {
  return holdsOne.has(keyword) || holdsList.has(keyword) || holdsMap.has(keyword);
}

/** The keyword under which a schema names headers, whose letter case makes no difference. */
export const headersInAnyCase = 'headersInAnyCase';

/** Whether a keyword limits values, references aside. Definitions do not: something has to refer to them. */
export function limits(keyword: string): boolean {
  return (
    assertions.has(keyword) || keyword === headersInAnyCase || (holdsSchemas(keyword) && keyword !== '$defs')
  );
}

/** The value of a keyword, with each schema in it replaced. A schema in a map or a list has a name or an index. */
export function mapSchemas(
  keyword: string,
  value: unknown,
  replace: (schema: unknown, name?: string | number) => unknown,
): unknown {
  if (holdsOne.has(keyword)) return replace(value);
  if (holdsList.has(keyword) && Array.isArray(value)) return value.map(replace);
  if (!holdsMap.has(keyword) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, replace(schema, name)]));
}

/** A schema directly inside another. */
export interface Child extends Located<unknown> {
  keyword: string;
  /** Its key in a map, or its index in a list. */
  name: string | number | undefined;
}

/** The schemas directly inside this one. */
export function childrenOf(schema: Schema, pointer: string): Child[] {
  const children: Child[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    mapSchemas(keyword, value, (node, name) =>
      children.push({ node, pointer: pointerTo(pointer, keyword, name), keyword, name }),
    );
  }
  return children;
}

/** Whether an `enum` has two or more values besides null. One with a single value is as fixed as `const`. */
export function isValueList(schema: Schema): schema is Schema & { enum: unknown[] } {
  return Array.isArray(schema['enum']) && schema['enum'].filter((value) => value !== null).length > 1;
}

/** The value of `type` as a list; undefined without one. */
export function declaredTypes(schema: Schema): string[] | undefined {
  return schema['type'] === undefined ? undefined : ([schema['type']].flat() as string[]);
}

/** The types of the members of a list, without those that the schema's `type` rules out. */
export function typesOfMembers(schema: Schema & { enum: unknown[] }): string[] {
  const types = [...new Set(schema.enum.map(typeOf))];
  const members = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  const declared = declaredTypes(schema);
  if (!declared) return members;
  return declared.filter((type) => types.includes(type) || (type === 'number' && types.includes('integer')));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/**
 * The properties that discriminate the branches of a `oneOf` or `anyOf`, each as the pointer of a branch and a
 * name: `#/components/schemas/Cat kind`. Their lists do not grow: a new value would be a new branch.
 */
export function findTags(document: object): Set<string> {
  const tags = new Set<string>();

  const mark = (node: unknown, itsPointer: string, tag: string): void => {
    if (!isObject(node) || tags.has(`${itsPointer} ${tag}`)) return;
    tags.add(`${itsPointer} ${tag}`);
    const { $ref } = node;
    if (typeof $ref === 'string') mark(at($ref, document), normalPointer($ref), tag);
    for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
      const branches = node[keyword];
      if (!Array.isArray(branches)) continue;
      for (const [index, branch] of branches.entries())
        mark(branch, `${itsPointer}/${keyword}/${index}`, tag);
    }
  };

  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { discriminator } = node as Schema;
    if (isObject(discriminator) && typeof discriminator['propertyName'] === 'string') {
      mark(node, pointer, discriminator['propertyName']);
    }
    for (const [key, child] of Object.entries(node)) visit(child, `${pointer}/${escapeKey(key)}`);
  };
  visit(document, '#');
  return tags;
}
