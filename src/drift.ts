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

/**
 * The values that no list of the contract has, each once for each list: a new family of a hundred models is
 * one piece of news. At most 50.
 *
 * @param lists - Where lists of values stand in such a body, as generated.
 * @param body - A body that keeps the contract otherwise.
 */
export function findNewValues(lists: Lists, body: unknown): NewValue[] {
  const found = new Map<string, NewValue>();
  /** The way to the part that is looked at. */
  const way: Step[] = [];

  function look(row: number, value: unknown): void {
    const place = lists[row];
    if (!place || found.size >= most) return;
    if (place.values && !contains(place.values, value)) {
      const news = `${row} ${JSON.stringify(value)}`;
      if (!found.has(news)) found.set(news, { loc: [...way], value });
    }
    for (const part of place.allOf ?? []) look(part, value);
    const branch = place.anyOf && chooseBranch(lists, place.anyOf, value);
    if (branch !== undefined) look(branch, value);
    if (Array.isArray(value)) lookIntoArray(place, value);
    else if (typeof value === 'object' && value !== null) lookIntoObject(place, value);
  }

  function lookAt(step: Step, row: number, value: unknown): void {
    way.push(step);
    look(row, value);
    way.pop();
  }

  function lookIntoArray({ items, prefixItems = {} }: ListPlace, array: unknown[]): void {
    for (const [index, item] of array.entries()) {
      const row = prefixItems[index] ?? items;
      if (row !== undefined) lookAt(index, row, item);
    }
  }

  function lookIntoObject(place: ListPlace, object: object): void {
    const { properties = {}, propertyNames } = place;
    for (const [name, row] of Object.entries(properties)) {
      if (Object.hasOwn(object, name)) lookAt(name, row, Reflect.get(object, name));
    }
    if (!place.patternProperties && place.additionalProperties === undefined && propertyNames === undefined)
      return;
    for (const [name, value] of Object.entries(object)) {
      if (propertyNames !== undefined) lookAt(name, propertyNames, name);
      for (const row of rowsBeside(place, name)) lookAt(name, row, value);
    }
  }

  look(0, body);
  return [...found.values()];
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

/** The branch that knows the value, else the first that would take it as a new one. */
function chooseBranch(lists: Lists, branches: readonly number[], value: unknown): number | undefined {
  const fitting = branches.filter((row) => fits(lists, row, value, true));
  return fitting.find((row) => fits(lists, row, value, false)) ?? fitting[0];
}

/** Whether a value may be of this branch, judged by its type and by what tells the branches apart. */
function fits(
  lists: Lists,
  row: number,
  value: unknown,
  takesNew: boolean,
  above: readonly number[] = [],
): boolean {
  const { types, only, values, allOf = [], properties = {} } = lists[row] ?? {};
  if (types && !types.some((type) => isOfType(value, type))) return false;
  if (only && !contains(only, value)) return false;
  if (values && !takesNew && !contains(values, value)) return false;
  if (above.includes(row)) return true;
  return (
    allOf.every((part) => fits(lists, part, value, takesNew, [...above, row])) &&
    Object.entries(properties).every(([name, tag]) => {
      const known = lists[tag]?.only;
      return (
        !known || !Object.hasOwn(Object(value), name) || contains(known, Reflect.get(Object(value), name))
      );
    })
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
