/** Defines what a list of values is, and where one may grow. */
import { at, escapeKey, normalPointer } from './pointer.ts';
import { isObject } from './resolve.ts';
import type { Schema } from './schema-walk.ts';

/**
 * The keywords below which a list may grow, because the table of lists covers them (see `Lists`). Below others,
 * such as `not` or `if`, accepting more values would mean refusing more.
 */
const growing = new Set([
  'additionalProperties',
  'allOf',
  'anyOf',
  'items',
  'oneOf',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
]);

export function mayGrowBelow(keyword: string): boolean {
  return growing.has(keyword);
}

/** Whether an `enum` has two or more values besides null. One with a single value is as fixed as `const`. */
export function isValueList(schema: Schema): schema is Schema & { enum: unknown[] } {
  return Array.isArray(schema['enum']) && schema['enum'].filter((value) => value !== null).length > 1;
}

/** The JSON Schema type of a value. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
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
