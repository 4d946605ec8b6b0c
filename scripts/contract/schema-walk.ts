/** Finds the schemas inside a schema, by the keywords of JSON Schema 2020-12. */
import { escapeKey } from './pointer.ts';
import { isObject } from './resolve.ts';

/** A schema as an object; `true` and `false` are schemas, too. */
export type Schema = Record<string, unknown>;

/** The keywords that describe values and limit none. */
export const annotations = [
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'xml',
];

const holdsOne = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const holdsList = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const holdsMap = new Set(['$defs', 'dependentSchemas', 'patternProperties', 'properties']);

/** Whether the value of a keyword is a schema, or holds some. */
export function holdsSchemas(keyword: string): boolean {
  return holdsOne.has(keyword) || holdsList.has(keyword) || holdsMap.has(keyword);
}

/** A schema directly inside another. */
export interface Child {
  schema: unknown;
  /** Its place in the document. */
  pointer: string;
  keyword: string;
  /** Its key in a map, its index in a list, else `''`. */
  name: string;
}

/** The value of a keyword, with each schema in it replaced. */
export function mapSchemas(
  keyword: string,
  value: unknown,
  parent: string,
  replace: (child: Child) => unknown,
): unknown {
  const pointer = `${parent}/${escapeKey(keyword)}`;
  if (holdsList.has(keyword) && Array.isArray(value)) {
    return value.map((schema, index) =>
      replace({ schema, pointer: `${pointer}/${index}`, keyword, name: String(index) }),
    );
  }
  if (holdsMap.has(keyword) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [
        name,
        replace({ schema, pointer: `${pointer}/${escapeKey(name)}`, keyword, name }),
      ]),
    );
  }
  return holdsOne.has(keyword) ? replace({ schema: value, pointer, keyword, name: '' }) : value;
}

/** The schemas directly inside this one. */
export function childrenOf(schema: Schema, pointer: string): Child[] {
  const children: Child[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    mapSchemas(keyword, value, pointer, (child) => children.push(child));
  }
  return children;
}
