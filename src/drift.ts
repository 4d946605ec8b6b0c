/** Finds the values in a body that are newer than the contract. */
import type { ListPlace, Lists } from '../generated/types.ts';
import type { Step } from './violations.ts';

/** A value that the contract does not list, and where it was met first. */
export interface NewValue {
  readonly loc: Step[];
  readonly value: unknown;
}

/** A server that sends ever new values is heard out no longer than this. */
const most = 50;

/** By the list and the value, so that one that comes again is no news. */
type News = Map<string, NewValue>;

/**
 * The values that no list of the contract has, each once for each list: a new family of a hundred models is
 * one piece of news. At most 50.
 *
 * @param lists - Where lists of values stand in such a body, as generated.
 * @param body - A body that keeps the contract otherwise.
 */
export function findNewValues(lists: Lists, body: unknown): NewValue[] {
  /** By row and by object: alternatives within alternatives would be tried again and again. */
  const known: Map<unknown, News>[] = [];

  function look(row: number, value: unknown, loc: Step[], news: News): void {
    const place = lists[row];
    if (!place || news.size >= most) return;
    if (place.values && !contains(place.values, value)) {
      const key = `${row} ${JSON.stringify(value)}`;
      if (!news.has(key)) news.set(key, { loc, value });
    }
    for (const part of place.allOf ?? []) look(part, value, loc, news);
    if (place.anyOf) lookIntoBranches(place.anyOf, value, loc, news);
    if (Array.isArray(value)) lookIntoArray(place, value, loc, news);
    else if (typeof value === 'object' && value !== null) lookIntoObject(place, value, loc, news);
  }

  /** Of the branches that a value may be of, the one that knows most of it is meant. */
  function lookIntoBranches(branches: readonly number[], value: unknown, loc: Step[], news: News): void {
    let least: News | undefined;
    for (const row of branches) {
      if (!fits(lists, row, value)) continue;
      const found = newsOf(row, value, loc);
      if (!least || found.size < least.size) least = found;
      if (least.size === 0) return;
    }
    for (const [key, value] of least ?? []) if (!news.has(key)) news.set(key, value);
  }

  function newsOf(row: number, value: unknown, loc: Step[]): News {
    const isObject = typeof value === 'object' && value !== null;
    const before = isObject ? known[row]?.get(value) : undefined;
    if (before) return before;
    const news: News = new Map();
    look(row, value, loc, news);
    if (isObject) {
      known[row] ??= new Map();
      known[row].set(value, news);
    }
    return news;
  }

  function lookIntoArray(
    { items, prefixItems = {} }: ListPlace,
    array: unknown[],
    loc: Step[],
    news: News,
  ): void {
    for (const [index, item] of array.entries()) {
      const row = prefixItems[index] ?? items;
      if (row !== undefined) look(row, item, [...loc, index], news);
    }
  }

  function lookIntoObject(place: ListPlace, object: object, loc: Step[], news: News): void {
    const { properties = {}, patternProperties, additionalProperties, propertyNames } = place;
    for (const [name, row] of Object.entries(properties)) {
      if (Object.hasOwn(object, name)) look(row, Reflect.get(object, name), [...loc, name], news);
    }
    if ((patternProperties ?? additionalProperties ?? propertyNames) === undefined) return;
    for (const [name, value] of Object.entries(object)) {
      if (propertyNames !== undefined) look(propertyNames, name, [...loc, name], news);
      for (const row of rowsBeside(place, name)) look(row, value, [...loc, name], news);
    }
  }

  const news: News = new Map();
  look(0, body, [], news);
  return [...news.values()].slice(0, most);
}

/** What the schema says of a property by this name, beside what stands in `properties`. */
function rowsBeside(
  { properties = {}, patternProperties = {}, additionalProperties }: ListPlace,
  name: string,
): number[] {
  const rows = Object.entries(patternProperties)
    .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    .map(([, row]) => row);
  if (rows.length > 0 || additionalProperties === undefined || Object.hasOwn(properties, name)) return rows;
  return [additionalProperties];
}

/**
 * Whether a value may be of this branch, judged by its type, by the values that are fixed and by what an object
 * has; its properties are judged in the same way, and nothing deeper.
 */
function fits(
  lists: Lists,
  row: number,
  value: unknown,
  looksInside = true,
  above: readonly number[] = [],
): boolean {
  const { types, only, required = [], allOf = [], anyOf, properties = {} } = lists[row] ?? {};
  if (types && !types.some((type) => isOfType(value, type))) return false;
  if (only && !contains(only, value)) return false;
  if (above.includes(row)) return true;
  const fitsPart = (part: number) => fits(lists, part, value, looksInside, [...above, row]);
  if (!allOf.every(fitsPart) || (anyOf && !anyOf.some(fitsPart))) return false;
  if (!looksInside || !isOfType(value, 'object')) return true;
  const object = Object(value);
  return (
    required.every((name) => Object.hasOwn(object, name)) &&
    Object.entries(properties).every(
      ([name, property]) => !Object.hasOwn(object, name) || fits(lists, property, object[name], false),
    )
  );
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

/** Lists may hold arrays and objects, too. */
function contains(values: readonly unknown[], value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return values.includes(value);
  const text = JSON.stringify(value);
  return values.some((known) => JSON.stringify(known) === text);
}
