/** Checks options by name and type. Values are never shown: one could be a key. */
import { usage } from './errors.ts';
import { readObject } from './read-object.ts';

/** What the value of an option must be. */
export interface Rule {
  holds(value: unknown): boolean;
  /** How a message goes on after "must be". */
  words: string;
  /** Whether null says something of its own, and not just: the default. */
  nullable?: boolean;
}

/** A rule for each option there is. */
export type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

/** The longest delay that timers take, in milliseconds; beyond it they fire at once. */
const most = 2 ** 31 - 1;

/** A rule for whole numbers from `least` up to what timers can take. */
export const wholeNumber = (least: number): Rule => ({
  holds: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  words: `a whole number from ${least} to ${most}`,
});

/** A rule for values of any of these types, as `typeof` tells them. */
export const ofType = (...types: string[]): Rule => ({
  holds: (value) => types.includes(typeof value),
  words: `of type ${types.join(' or ')}`,
});

/** A rule for an AbortSignal. Passing its controller is an easy slip. */
export const abortSignal: Rule = {
  holds: (value) => {
    const { aborted, addEventListener, removeEventListener } = value as AbortSignal;
    return (
      typeof aborted === 'boolean' &&
      typeof addEventListener === 'function' &&
      typeof removeEventListener === 'function'
    );
  },
  words: 'an AbortSignal',
};

/** A rule for lists of texts. */
export const textList: Rule = {
  holds: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  words: 'a list of texts',
};

/**
 * The options that are set, from any object that has them.
 *
 * @param what - What to call the object in a message.
 * @throws a `usage` error that names the option
 */
export function readOptions<Options extends object>(
  options: Options,
  rules: Rules<Options>,
  what = 'the options as an object',
): Options {
  const known = Object.keys(rules);
  const set: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(readObject(options, known, what))) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof Options] : undefined;
    if (value === null && !rule?.nullable) continue;
    if (!rule) throw usage(`Unknown option ${name}; known are ${known.join(', ')}.`);
    if (value !== null && !follows(rule, value)) throw usage(`Option ${name} must be ${rule.words}.`);
    set[name] = value;
  }
  return set as Options;
}

function follows(rule: Rule, value: unknown): boolean {
  try {
    return rule.holds(value);
  } catch {
    // A proxy or a getter refused to be read.
    return false;
  }
}
