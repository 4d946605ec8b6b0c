/** Finds the values in a body that are newer than the contract. */
import type { ListPlace, Lists } from '../generated/types.ts';
import type { Step } from './violations.ts';

/** A value that the contract does not list, and where it was met first. */
export interface NewValue {
  readonly loc: Step[];
  readonly value: unknown;
}

/** How many new values are told of at most. */
const most = 50;

/** By list and value, so that each value is told of once for each list. */
type News = Map<string, NewValue>;

/**
 * The values that the contract does not list, at most 50, each once for each list: a new family that a hundred models
 * have is found once.
 *
 * @param lists - Where lists of values stand in such a body, as generated.
 * @param body - A body that was found valid.
 */
export function findNewValues(lists: Lists, body: unknown): NewValue[] {
  /** What was found, by row and object: nested alternatives would look at the same objects again and again. */
  const known: Map<unknown, News>[] = [];
  /** Where the search is. */
  const loc: Step[] = [];

  function lookAt(step: Step, row: number, value: unknown, news: News): void {
    loc.push(step);
    look(row, value, news);
    loc.pop();
  }

  function look(row: number, value: unknown, news: News): void {
    const place = lists[row];
    if (!place || news.size >= most) return;
    if (place.values && !contains(place.values, value)) {
      const key = `${row} ${JSON.stringify(value)}`;
      if (!news.has(key)) news.set(key, { loc: [...loc], value });
    }
    for (const part of place.allOf ?? []) look(part, value, news);
    if (place.anyOf) lookIntoBranches(place.anyOf, value, news);
    if (Array.isArray(value)) lookIntoArray(place, value, news);
    else if (typeof value === 'object' && value !== null) lookIntoObject(place, value, news);
  }

  /** Of the branches that fit a value, the one with the fewest new values is taken. */
  function lookIntoBranches(branches: readonly number[], value: unknown, news: News): void {
    let least: News | undefined;
    for (const row of branches) {
      if (!fits(lists, row, value)) continue;
      const found = newsOf(row, value);
      if (!least || found.size < least.size) least = found;
      if (least.size === 0) return;
    }
    for (const [key, value] of least ?? []) if (!news.has(key)) news.set(key, value);
  }

  function newsOf(row: number, value: unknown): News {
    const isObject = typeof value === 'object' && value !== null;
    const before = isObject ? known[row]?.get(value) : undefined;
    if (before) return before;
    const news: News = new Map();
    look(row, value, news);
    if (isObject) {
      known[row] ??= new Map();
      known[row].set(value, news);
    }
    return news;
  }

  function lookIntoArray({ items, prefixItems = {} }: ListPlace, array: unknown[], news: News): void {
    for (const [index, item] of array.entries()) {
      const row = prefixItems[index] ?? items;
      if (row !== undefined) lookAt(index, row, item, news);
    }
  }

  function lookIntoObject(place: ListPlace, object: object, news: News): void {
    const { properties = {}, patternProperties, additionalProperties, propertyNames } = place;
    for (const [name, row] of Object.entries(properties)) {
      if (Object.hasOwn(object, name)) lookAt(name, row, Reflect.get(object, name), news);
    }
    if ((patternProperties ?? additionalProperties ?? propertyNames) === undefined) return;
    for (const [name, value] of Object.entries(object)) {
      if (propertyNames !== undefined) lookAt(name, propertyNames, name, news);
      for (const row of rowsBeside(place, name)) lookAt(name, row, value, news);
    }
  }

  const news: News = new Map();
  look(0, body, news);
  return [...news.values()].slice(0, most);
}

/** The rows for a property by this name, apart from the one in `properties`. */
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
 * Whether a value fits a branch, judged by its type, its fixed values and the properties it must have. The properties
 * of an object are judged by type and fixed values as well, and nothing deeper is.
 */
function fits(lists: Lists, row: number, value: unknown, looksInside = true): boolean {
  const { types, only, required = [], allOf = [], anyOf, properties = {} } = lists[row] ?? {};
  if (types && !types.some((type) => isOfType(value, type))) return false;
  if (only && !contains(only, value)) return false;
  const fitsPart = (part: number) => fits(lists, part, value, looksInside);
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

/** Lists may hold arrays and objects, which are compared as JSON. */
function contains(values: readonly unknown[], value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return values.includes(value);
  const text = JSON.stringify(value);
  return values.some((known) => JSON.stringify(known) === text);
}
