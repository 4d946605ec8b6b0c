/** Checks the options that callers pass, by name and type. Values are never shown: one could be a key. */
import { usage } from './errors.ts';

/** What the value of an option must be. */
export interface Rule {
  holds(value: unknown): boolean;
  /** Completes the sentence "Option … must be …". */
  words: string;
  /** Whether null is a value. For most options it means: not set. */
  nullable?: boolean;
}

/** A rule for each option there is. */
export type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

/** The longest delay that timers take, in milliseconds; with a longer one they fire at once. */
const longestDelay = 2 ** 31 - 1;

/** A rule for whole numbers from `least` up to the longest delay. */
export const wholeNumber = (least: number): Rule => ({
  holds: (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= longestDelay,
  words: `a whole number from ${least} to ${longestDelay}`,
});

/** A rule for values of any of these types, as `typeof` tells them. */
export const ofType = (...types: string[]): Rule => ({
  holds: (value) => types.includes(typeof value),
  words: `of type ${types.join(' or ')}`,
});

/** A rule for an AbortSignal. Passing its controller is an easy slip. */
export const abortSignal: Rule = {
  holds: (value) => typeof value === 'object' && value !== null && 'aborted' in value,
  words: 'an AbortSignal',
};

/** A rule for lists of texts. */
export const textList: Rule = {
  holds: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  words: 'a list of texts',
};

/**
 * The options that are set.
 *
 * @param what - What to call the object in a message, with an example.
 * @throws a `usage` error that names the option
 */
export function readOptions<Options extends object>(
  options: Options,
  rules: Rules<Options>,
  what = 'the options as an object, such as { timeoutMs: 5000 }',
): Options {
  checkObject(options, 'options', what);
  const set = {} as Options;
  for (const name in options) {
    const value = options[name];
    if (value === undefined) continue;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw usage(name, `${unknownName('option', name, Object.keys(rules))}.`);
    if (value === null && !rule.nullable) continue;
    if (value !== null && !rule.holds(value)) throw usage(name, `Option ${name} must be ${rule.words}.`);
    set[name] = value;
  }
  return set;
}

/**
 * @param option - What is checked, as a usage error names it.
 * @throws a `usage` error for what would be ignored in silence: a Map, a URLSearchParams, a list, an AbortSignal
 */
export function checkObject(value: unknown, option: string, what: string): asserts value is object {
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject || Symbol.iterator in value || abortSignal.holds(value)) {
    const given = isObject ? `; this is ${Object.prototype.toString.call(value)}` : '';
    throw usage(option, `Pass ${what}${given}.`);
  }
}

/** Says that a name is not known, which one was probably meant, and what there is. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  return `Unknown ${what} ${name}${didYouMean(name, known)}; known are ${known.join(', ') || 'none'}`;
}

/** ` (did you mean limit?)`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((other) => [other, distance(name.toLowerCase(), other.toLowerCase())] as const)
    .filter(([other, edits]) => edits <= Math.max(2, other.length / 3))
    .sort(([, one], [, other]) => one - other);
  return nearest ? ` (did you mean ${nearest[0]}?)` : '';
}

/** How many letters have to be added, left out or changed to make one text of another (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from.slice(0, 100)].entries()) {
    const above = row;
    row = [line + 1];
    for (let at = 0; at < to.length; at += 1) {
      const changed = (above[at] as number) + (letter === to[at] ? 0 : 1);
      row.push(Math.min(changed, (above[at + 1] as number) + 1, (row[at] as number) + 1));
    }
  }
  return row.at(-1) as number;
}
