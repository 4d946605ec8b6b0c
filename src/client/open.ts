/** Opens the contract's types to growth: a list of values may have new members tomorrow. */

/**
 * `'llama' | 'qwen'` becomes `'llama' | 'qwen' | (string & {})`, wherever it stands: known values complete,
 * newer ones compile. A single value stays closed, as it tells the members of a union apart.
 */
// Asked of `[T]`, so that an editor shows what a type is opened to, not `Open<…>`.
export type Open<T> = [T] extends [infer All]
  ? OpenList<Extract<All, string>> | OpenList<Extract<All, number>> | OpenParts<Exclude<All, string | number>>
  : never;

/** Arrays and objects part by part, with their doc comments; null, undefined and the like as they are. */
type OpenParts<T> = T extends object ? { [Name in keyof T]: Open<T[Name]> } : T;

/** The types are written out, as a name for them would be shown in their place. */
type OpenList<T> = IsList<T> extends false ? T : T | ([T] extends [string] ? string & {} : number & {});

/** `'a' | 'b'` gives true; `'a'`, `string` and `never` give false. */
type IsList<T> = [T] extends [never] ? false : IsWhole<T> extends true ? false : true;

/** For each member of a union, whether it is all of it. */
type IsWhole<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? true : false) : never;
