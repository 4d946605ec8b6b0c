/** Rates changes: those that `redocly diff` does not see, and those that it rates differently, with the reason. */

export const impacts = ['patch', 'minor', 'major'] as const;
export type Impact = (typeof impacts)[number];

/** Sorts major first. */
export const byImpact = (a: { impact: Impact }, b: { impact: Impact }): number =>
  impacts.indexOf(b.impact) - impacts.indexOf(a.impact);

/** Whether callers send a value or receive it. */
export type Direction = 'request' | 'response';

export interface Rating {
  impact: Impact;
  why?: string;
}

/** What one version of a contract can have and the other lack. */
type Thing =
  | 'operation'
  | 'parameter'
  | 'request body'
  | 'response'
  | 'error'
  | 'media type'
  | 'header'
  | 'property'
  | 'alternative'
  | 'rule';

export interface Presence {
  thing: Thing;
  kind: 'added' | 'removed';
  direction: Direction;
  required?: boolean;
  /** Whether the contract promised that no other properties come. */
  closed?: boolean;
}

/** Rates what only one version has. `redocly diff` gets only what both have. */
export function ratePresence({ thing, kind, direction, required, closed }: Presence): Rating {
  const request = direction === 'request';
  switch (thing) {
    case 'error':
      if (kind === 'added') return { impact: 'minor' };
      return { impact: 'minor', why: 'callers handle an error that no longer comes, and lose nothing' };
    case 'property':
      if (kind === 'added' && closed) {
        return { impact: 'major', why: 'nothing else was to come, so callers may refuse it' };
      }
      if (kind === 'removed' && request) {
        return { impact: 'major', why: 'what callers send in it is read no more' };
      }
      break;
    // An alternative allows more values, a rule fewer.
    case 'alternative':
      return { impact: request === (kind === 'removed') ? 'major' : 'minor' };
    case 'rule':
      return { impact: request === (kind === 'added') ? 'major' : 'minor' };
    case 'request body':
    case 'parameter':
    case 'operation':
    case 'response':
    case 'media type':
    case 'header':
      break;
  }
  if (kind === 'removed') return { impact: 'major' };
  return request && required
    ? { impact: 'major', why: 'calls as they are do not send it' }
    : { impact: 'minor' };
}

/** What has a keyword. The keywords of a property are `required` and `type`; others are those of its schema. */
export type Subject = 'schema' | 'property' | 'parameter' | 'operation' | 'request body';

/** A keyword that differs, with the rating of `redocly diff`. */
export interface KeywordChange {
  of: Subject;
  direction: Direction;
  keyword: string;
  before: unknown;
  after: unknown;
  impact: Impact;
}

interface Override extends Rating {
  why: string;
  applies(change: KeywordChange): boolean;
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** The members of the second list that the first lacks. */
export const gained = (before: unknown, after: unknown): unknown[] =>
  isList(after) ? after.filter((value) => !(isList(before) && before.includes(value))) : [];

/** A list of values in a response lost or gained some. */
const listInResponse = ({ direction, keyword, before, after }: KeywordChange) =>
  direction === 'response' && keyword === 'enum' && isList(before) && isList(after);

const oneSided = ({ before, after }: KeywordChange) => before === undefined || after === undefined;

/** Replaces the rating of `redocly diff`. The first that applies counts. */
export const overrides: Override[] = [
  {
    why: 'a call that leaves it out gets another answer',
    impact: 'major',
    applies: ({ keyword, direction }) => keyword === 'default' && direction === 'request',
  },
  {
    why: 'an absent property means something else now',
    impact: 'major',
    applies: ({ keyword, before }) => keyword === 'default' && before !== undefined,
  },
  {
    why: 'an absent property has a meaning now',
    impact: 'minor',
    applies: ({ keyword }) => keyword === 'default',
  },
  {
    why: 'clients take a list of one value as closed, since it tells alternatives apart',
    impact: 'major',
    applies: (change) =>
      listInResponse(change) &&
      (change.before as unknown[]).length === 1 &&
      gained(change.before, change.after).length > 0,
  },
  {
    why: 'clients read values newer than the contract, so callers do not break',
    impact: 'minor',
    applies: (change) => listInResponse(change) && gained(change.before, change.after).length > 0,
  },
  {
    why: 'fewer values come than before, and callers know all of them',
    impact: 'minor',
    applies: listInResponse,
  },
  {
    why: 'to be planned for: callers should move away from it',
    impact: 'minor',
    applies: ({ keyword, after }) => keyword === 'deprecated' && after === true,
  },
  {
    why: 'it has to be planned for no more',
    impact: 'patch',
    applies: ({ keyword }) => keyword === 'deprecated',
  },
  {
    why: 'typed calls name it',
    impact: 'major',
    applies: ({ of, keyword }) => of === 'parameter' && keyword === 'name',
  },
  {
    why: 'it is written in another way',
    impact: 'major',
    applies: ({ of, keyword }) => of === 'parameter' && keyword === 'content',
  },
  {
    why: 'whether this gives or takes can not be told, so it is taken for a break',
    impact: 'major',
    applies: (change) => change.keyword.startsWith('x-whole-') && !oneSided(change),
  },
  {
    why: 'less is accepted than before',
    impact: 'major',
    applies: ({ keyword, direction, before }) =>
      keyword.startsWith('x-') && direction === 'request' && before === undefined,
  },
  {
    why: 'more may come than before',
    impact: 'major',
    applies: ({ keyword, direction, after }) =>
      keyword.startsWith('x-') && direction === 'response' && after === undefined,
  },
  {
    why: 'more is promised than before',
    impact: 'minor',
    applies: ({ direction, impact }) => direction === 'response' && impact === 'patch',
  },
  {
    why: 'more is accepted than before',
    impact: 'minor',
    applies: ({ of, impact }) => of !== 'operation' && impact === 'patch',
  },
];
