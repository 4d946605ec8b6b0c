/** Makes the table that says where lists of values stand in an answer. */
import { at } from './pointer.ts';
import { isObject, type Place } from './resolve.ts';
import { childrenOf, type Schema } from './schema-walk.ts';
import { declaredTypes, isValueList, mayGrowBelow } from './value-lists.ts';

/** One row of the table; numbers are rows. See `ListPlace` in the generated types for what each field means. */
interface Row {
  values?: unknown[];
  types?: string[];
  only?: unknown[];
  properties?: Record<string, number>;
  patternProperties?: Record<string, number>;
  additionalProperties?: number;
  propertyNames?: number;
  items?: number;
  prefixItems?: Record<string, number>;
  anyOf?: number[];
  allOf?: number[];
}

const single = ['additionalProperties', 'items', 'propertyNames'] as const;
const lists = ['allOf', 'anyOf'] as const;
const maps = ['properties', 'patternProperties', 'prefixItems'] as const;

/**
 * Rows for the schemas that a body may have and for all that they hold; row 0 is the body. Empty if no list of
 * values can be met.
 */
export function listTable(contract: object, bodies: Place<unknown>[], tags: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const known = new Map<string, number>();

  function add(schema: unknown, itsPointer: string, open: boolean): number {
    const key = `${itsPointer} ${open}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const index = rows.length;
    known.set(key, index);
    const row: Row = {};
    rows.push(row);
    if (isObject(schema)) fill(row, schema, itsPointer, open);
    return index;
  }

  function fill(row: Row, schema: Schema, itsPointer: string, open: boolean): void {
    const types = declaredTypes(schema);
    if (types) row.types = types;
    if (open && isValueList(schema)) row.values = schema.enum;
    else if (Array.isArray(schema['enum'])) row.only = schema['enum'];
    else if ('const' in schema) row.only = [schema['const']];

    const { $ref } = schema;
    if (typeof $ref === 'string') (row.allOf ??= []).push(add(at($ref, contract), $ref, open));
    for (const { schema: child, pointer: childPointer, keyword, name } of childrenOf(schema, itsPointer)) {
      if (!mayGrowBelow(keyword)) continue;
      const childOpen = open && !(keyword === 'properties' && tags.has(`${itsPointer} ${name}`));
      const index = add(child, childPointer, childOpen);
      if (keyword === 'oneOf') (row.anyOf ??= []).push(index);
      else if (includes(single, keyword)) row[keyword] = index;
      else if (includes(lists, keyword)) (row[keyword] ??= []).push(index);
      else if (includes(maps, keyword)) (row[keyword] ??= {})[name] = index;
    }
  }

  if (bodies.length > 1) rows.push({ anyOf: [] });
  for (const { node, pointer } of bodies) {
    const index = add(node, pointer, true);
    if (bodies.length > 1) rows[0]?.anyOf?.push(index);
  }
  return prune(rows);
}

function includes<T extends string>(all: readonly T[], value: string): value is T {
  return (all as readonly string[]).includes(value);
}

/** The rows that a row leads to. */
function linksOf(row: Row): number[] {
  return [
    ...single.flatMap((keyword) => row[keyword] ?? []),
    ...lists.flatMap((keyword) => row[keyword] ?? []),
    ...maps.flatMap((keyword) => Object.values(row[keyword] ?? {})),
  ];
}

/** Leaves what leads to a list, and what tells the branches of an `anyOf` apart on the way there. */
function prune(rows: Row[]): Row[] {
  const leading = rowsThatLead(rows);
  const telling = rowsThatTell(rows, leading);
  const kept = rows.map((_, index) => index).filter((index) => leading.has(index) || telling.has(index));
  const numbers = new Map(kept.map((index, number) => [index, number]));
  const link = (index: number) => numbers.get(index) ?? [];
  return leading.has(0) ? kept.map((index) => pruneRow(rows[index] as Row, telling.has(index), link)) : [];
}

/** The rows from which a list can be reached. */
function rowsThatLead(rows: Row[]): Set<number> {
  const parents = rows.map((): number[] => []);
  for (const [index, row] of rows.entries()) for (const child of linksOf(row)) parents[child]?.push(index);
  const leading = new Set(rows.flatMap((row, index) => (row.values ? [index] : [])));
  // A set that grows while it is gone through is gone through to its end.
  for (const index of leading) for (const parent of parents[index] ?? []) leading.add(parent);
  return leading;
}

/** The branches of each `anyOf` with a list, and their properties that can have certain values only. */
function rowsThatTell(rows: Row[], leading: Set<number>): Set<number> {
  const telling = new Set([...leading].flatMap((index) => rows[index]?.anyOf ?? []));
  for (const index of telling) {
    const { allOf = [], properties = {} } = rows[index] as Row;
    for (const child of allOf) telling.add(child);
    for (const child of Object.values(properties)) if (rows[child]?.only) telling.add(child);
  }
  return telling;
}

function pruneRow(row: Row, tells: boolean, link: (index: number) => number | never[]): Row {
  const pruned: Row = {};
  if (row.values) pruned.values = row.values;
  if (tells && row.types) pruned.types = row.types;
  if (tells && row.only) pruned.only = row.only;
  for (const keyword of single) {
    const [child] = [row[keyword] ?? []].flat().flatMap(link);
    if (child !== undefined) pruned[keyword] = child;
  }
  for (const keyword of lists) {
    const children = (row[keyword] ?? []).flatMap(link);
    if (children.length > 0) pruned[keyword] = children;
  }
  for (const keyword of maps) {
    const children = Object.entries(row[keyword] ?? {}).flatMap(([name, index]) =>
      [link(index)].flat().map((number) => [name, number] as const),
    );
    if (children.length > 0) pruned[keyword] = Object.fromEntries(children);
  }
  return pruned;
}
