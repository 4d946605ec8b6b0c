/** Opens the contract's types to growth: a list of values may have new members tomorrow. */

/**
 * `'llama' | 'qwen'` becomes `'llama' | 'qwen' | (string & {})`, wherever it stands: known values complete,
 * newer ones compile. A single value stays closed, as it tells the members of a union apart.
 */
export type Open<T> =
  | OpenText<Extract<T, string>>
  | OpenNumber<Extract<T, number>>
  | OpenParts<Exclude<T, string | number>>;

/** Arrays and objects part by part, with their doc comments; null, undefined and the like as they are. */
type OpenParts<T> = T extends object ? { [Name in keyof T]: Open<T[Name]> } : T;

type OpenText<T extends string> = IsList<T> extends true ? T | (string & Record<never, never>) : T;
type OpenNumber<T extends number> = IsList<T> extends true ? T | (number & Record<never, never>) : T;

/** `'a' | 'b'` gives true; `'a'`, `string` and `never` give false. */
type IsList<T> = [T] extends [never] ? false : IsWhole<T> extends true ? false : true;

/** For each member of a union, whether it is all of it. */
type IsWhole<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? true : false) : never;
