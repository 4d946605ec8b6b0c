/** Makes the table of where lists of values are in a response body (`Lists` in static/types.ts). */
import { at, normalPointer } from './pointer.ts';
import { isObject, type Place } from './resolve.ts';
import { childrenOf, type Schema } from './schema-walk.ts';
import type { ListPlace } from './static/types.ts';
import { declaredTypes, isValueList, mayGrowBelow } from './value-lists.ts';

/** What a schema says of lists of values. */
interface Row {
  /** A list that may grow. */
  values?: unknown[];
  /** Values that are fixed. */
  only?: unknown[];
  types?: string[] | undefined;
  required?: string[] | undefined;
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
 * A row for each schema of a body and for each schema within; row 0 is the body. Empty if the body has no list of
 * values.
 */
export function listTable(
  contract: object,
  bodies: Place<unknown>[],
  tags: ReadonlySet<string>,
): ListPlace[] {
  const rows: Row[] = [{ links: [] }];
  const known = new Map<string, number>();

  /** The row of a schema is known before it is filled: a recursive schema leads back to it. */
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
    const { $ref, enum: values, required, anyOf } = schema;
    row.types = declaredTypes(schema);
    if (Array.isArray(required) && required.length > 0) row.required = required;
    if (open && isValueList(schema)) row.values = schema.enum;
    else if (Array.isArray(values)) row.only = values;
    else if ('const' in schema) row.only = [schema['const']];

    if (typeof $ref === 'string') {
      const target = normalPointer($ref);
      row.links.push({ keyword: 'allOf', name: '', row: rowOf(at(target, contract), target, open) });
    }
    for (const child of childrenOf(schema, pointer)) {
      const { keyword, name } = child;
      if (!mayGrowBelow(keyword)) continue;
      const isTag = keyword === 'properties' && tags.has(`${pointer} ${name}`);
      const link = { keyword, name, row: rowOf(child.schema, child.pointer, open && !isTag) };
      if (keyword !== 'oneOf') row.links.push(link);
      else if (anyOf === undefined) row.links.push({ ...link, keyword: 'anyOf' });
      else linkBeside(row, link);
    }
  }

  /** A `oneOf` beside an `anyOf` is a second choice, so it gets a row. */
  function linkBeside(row: Row, link: Link): void {
    const before = row.links.find(({ keyword, name }) => keyword === 'allOf' && name === 'oneOf');
    const choice = before?.row ?? rows.push({ links: [] }) - 1;
    if (!before) row.links.push({ keyword: 'allOf', name: 'oneOf', row: choice });
    rows[choice]?.links.push({ ...link, keyword: 'anyOf' });
  }

  const links = bodies.map(({ node, pointer }) => rowOf(node, pointer, true));
  const keyword = links.length > 1 ? 'anyOf' : 'allOf';
  rows[0] = { links: links.map((row) => ({ keyword, name: '', row })) };
  return prune(rows);
}

/** Drops the rows that neither lead to a list nor tell apart the branches of an `anyOf` that does. */
function prune(rows: readonly Row[]): ListPlace[] {
  const leading = rowsThatLead(rows);
  if (!leading.has(0)) return [];
  const telling = rowsThatTell(rows, leading);
  const kept = rows.map((_, row) => row).filter((row) => leading.has(row) || telling.has(row));
  const numbers = new Map(kept.map((row, number) => [row, number]));
  return kept.map((row) => toPlace(rows[row] as Row, telling.has(row), numbers));
}

/** The rows from which a list can be reached. */
function rowsThatLead(rows: readonly Row[]): Set<number> {
  const parents = rows.map((): number[] => []);
  for (const [row, { links }] of rows.entries()) for (const link of links) parents[link.row]?.push(row);
  const leading = new Set(rows.flatMap(({ values }, row) => (values ? [row] : [])));
  // The iteration visits what is added meanwhile.
  for (const row of leading) for (const parent of parents[row] ?? []) leading.add(parent);
  return leading;
}

/** The branches of each `anyOf` that leads to a list, and their properties, each with the rows that it combines. */
function rowsThatTell(rows: readonly Row[], leading: ReadonlySet<number>): Set<number> {
  const linksOf = (row: number, ...keywords: string[]) =>
    (rows[row]?.links ?? []).filter(({ keyword }) => keywords.includes(keyword)).map((link) => link.row);
  const branches = new Set([...leading].flatMap((row) => linksOf(row, 'anyOf')));
  for (const row of branches) for (const part of linksOf(row, 'allOf', 'anyOf')) branches.add(part);
  const properties = new Set([...branches].flatMap((row) => linksOf(row, 'properties')));
  for (const row of properties) for (const part of linksOf(row, 'allOf', 'anyOf')) properties.add(part);
  return new Set([...branches, ...properties]);
}

/** The number of a row that was dropped. */
const noRow = -1;

function toPlace(row: Row, tells: boolean, numbers: ReadonlyMap<number, number>): ListPlace {
  const { values, only, types, required, links } = row;
  const kept = links.filter((link) => numbers.has(link.row));
  const targets = (...keywords: string[]) =>
    kept.filter(({ keyword }) => keywords.includes(keyword)).map((link) => numbers.get(link.row) as number);
  const [additionalProperties] = targets('additionalProperties');
  const [items] = targets('items');
  // Where the other properties or items lead to a list, the named ones have to be known as exceptions.
  const byName = (keyword: string, others: number | undefined) =>
    Object.fromEntries(
      (others === undefined ? kept : links)
        .filter((link) => link.keyword === keyword)
        .map((link) => [link.name, numbers.get(link.row) ?? noRow]),
    );
  return withoutEmpty({
    values,
    types: tells ? types : undefined,
    required: tells ? required : undefined,
    only: tells ? only : undefined,
    properties: byName('properties', additionalProperties),
    patternProperties: byName('patternProperties', additionalProperties),
    additionalProperties,
    propertyNames: targets('propertyNames')[0],
    items,
    prefixItems: byName('prefixItems', items),
    anyOf: targets('anyOf'),
    allOf: targets('allOf'),
  });
}

function withoutEmpty(place: Record<string, unknown>): ListPlace {
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === 'object' && Object.keys(Object(value)).length === 0);
  return Object.fromEntries(Object.entries(place).filter(([, value]) => !isEmpty(value)));
}
