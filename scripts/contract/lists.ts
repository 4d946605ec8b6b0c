/** Makes the table that says where lists of values stand in an answer. */
import { at } from './pointer.ts';
import { isObject, type Place } from './resolve.ts';
import { childrenOf, type Schema } from './schema-walk.ts';
import type { ListPlace } from './static/types.ts';
import { declaredTypes, isValueList, mayGrowBelow } from './value-lists.ts';

/** What one schema has to do with lists of values. */
interface Row {
  /** A list that may grow. */
  values?: unknown[];
  /** Values that are fixed. */
  only?: unknown[];
  types?: string[] | undefined;
  links: Link[];
}

/** The way to another row. */
interface Link {
  keyword: string;
  /** The name of a property or an index, for keywords that hold several schemas. */
  name: string;
  row: number;
}

/**
 * Rows for the schemas that a body may have and for all that they hold; row 0 is the body. Empty if no list of
 * values can be met.
 */
export function listTable(
  contract: object,
  bodies: Place<unknown>[],
  tags: ReadonlySet<string>,
): ListPlace[] {
  const rows: Row[] = [{ links: [] }];
  const known = new Map<string, number>();

  /** A schema that holds itself has one row. */
  function rowOf(schema: unknown, pointer: string, open: boolean): number {
    const key = `${pointer} ${open}`;
    let row = known.get(key);
    if (row === undefined) {
      row = rows.push({ links: [] }) - 1;
      known.set(key, row);
      if (isObject(schema)) fill(rows[row] as Row, schema, pointer, open);
    }
    return row;
  }

  function fill(row: Row, schema: Schema, pointer: string, open: boolean): void {
    const { $ref, enum: values } = schema;
    row.types = declaredTypes(schema);
    if (open && isValueList(schema)) row.values = schema.enum;
    else if (Array.isArray(values)) row.only = values;
    else if ('const' in schema) row.only = [schema['const']];

    if (typeof $ref === 'string') {
      row.links.push({ keyword: 'allOf', name: '', row: rowOf(at($ref, contract), $ref, open) });
    }
    for (const child of childrenOf(schema, pointer)) {
      const { keyword, name } = child;
      if (!mayGrowBelow(keyword)) continue;
      const isTag = keyword === 'properties' && tags.has(`${pointer} ${name}`);
      row.links.push({ keyword, name, row: rowOf(child.schema, child.pointer, open && !isTag) });
    }
  }

  const links = bodies.map(({ node, pointer }) => rowOf(node, pointer, true));
  const keyword = links.length > 1 ? 'anyOf' : 'allOf';
  rows[0] = { links: links.map((row) => ({ keyword, name: '', row })) };
  return prune(rows);
}

/** Leaves what leads to a list, and on the way there what tells branches of an `anyOf`, or parts of a whole, apart. */
function prune(rows: readonly Row[]): ListPlace[] {
  const leading = rowsThatLead(rows);
  if (!leading.has(0)) return [];
  const telling = rowsThatTell(rows, leading);
  const beside = rowsBesideOthers(rows, leading);
  const kept = rows
    .map((_, row) => row)
    .filter((row) => leading.has(row) || telling.has(row) || beside.has(row));
  const numbers = new Map(kept.map((row, number) => [row, number]));
  return kept.map((row) => toPlace(rows[row] as Row, telling.has(row), numbers));
}

/** The rows from which a list can be reached. */
function rowsThatLead(rows: readonly Row[]): Set<number> {
  const parents = rows.map((): number[] => []);
  for (const [row, { links }] of rows.entries()) for (const link of links) parents[link.row]?.push(row);
  const leading = new Set(rows.flatMap(({ values }, row) => (values ? [row] : [])));
  // A set that grows while it is gone through is gone through to its end.
  for (const row of leading) for (const parent of parents[row] ?? []) leading.add(parent);
  return leading;
}

/** The branches of each `anyOf` with a list, and their properties that can have certain values only. */
function rowsThatTell(rows: readonly Row[], leading: ReadonlySet<number>): Set<number> {
  const branches = [...leading].flatMap((row) =>
    (rows[row]?.links ?? []).filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf'),
  );
  const telling = new Set(branches.map(({ row }) => row));
  for (const branch of telling) {
    for (const { keyword, row } of rows[branch]?.links ?? []) {
      if (keyword === 'allOf' || (keyword === 'properties' && rows[row]?.only)) telling.add(row);
    }
  }
  return telling;
}

/** The parts with a schema of their own, where a list stands in all others: they are none of the others. */
function rowsBesideOthers(rows: readonly Row[], leading: ReadonlySet<number>): Set<number> {
  const beside = new Set<number>();
  for (const { links } of rows) {
    const lead = (others: string) => links.some(({ keyword, row }) => keyword === others && leading.has(row));
    const own = [
      ...(lead('additionalProperties') ? ['properties', 'patternProperties'] : []),
      ...(lead('items') ? ['prefixItems'] : []),
    ];
    for (const { keyword, row } of links) if (own.includes(keyword)) beside.add(row);
  }
  return beside;
}

function toPlace(
  { values, only, types, links }: Row,
  tells: boolean,
  numbers: ReadonlyMap<number, number>,
): ListPlace {
  const kept = links.filter(({ row }) => numbers.has(row));
  const targets = (...keywords: string[]) =>
    kept.filter(({ keyword }) => keywords.includes(keyword)).map(({ row }) => numbers.get(row) as number);
  const byName = (keyword: string) =>
    Object.fromEntries(
      kept
        .filter((link) => link.keyword === keyword)
        .map(({ name, row }) => [name, numbers.get(row) as number]),
    );
  return withoutEmpty({
    values,
    types: tells ? types : undefined,
    only: tells ? only : undefined,
    properties: byName('properties'),
    patternProperties: byName('patternProperties'),
    additionalProperties: targets('additionalProperties')[0],
    propertyNames: targets('propertyNames')[0],
    items: targets('items')[0],
    prefixItems: byName('prefixItems'),
    anyOf: targets('anyOf', 'oneOf'),
    allOf: targets('allOf'),
  });
}

function withoutEmpty(place: Record<string, unknown>): ListPlace {
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === 'object' && Object.keys(Object(value)).length === 0);
  return Object.fromEntries(Object.entries(place).filter(([, value]) => !isEmpty(value)));
}
