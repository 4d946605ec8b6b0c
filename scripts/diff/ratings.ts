/** Corrects the ratings of `redocly diff`, each with its reason, and leaves out what is no change. */
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { alternatives, type Direction, isAbout, nothing } from './schemas.ts';
import { list, type Node } from './values.ts';

/** The maps of schemas in a schema. */
export const maps = new Set(['properties', 'patternProperties', alternatives]);

export const impacts = ['patch', 'minor', 'major'] as const;
export type Impact = (typeof impacts)[number];

/** A difference between two forms. */
export interface Difference {
  /** What differs, in the words of `redocly diff`: `Schema`, `Parameter`. */
  type: string;
  kind: 'added' | 'removed' | 'modified';
  /** Its keys in the form. */
  keys: string[];
  /** The field of it that differs; `key` if it has another name. Empty if all of it was added or removed. */
  field: string;
  before: unknown;
  after: unknown;
  /** What has the field, or what was removed or added. */
  base: Node | undefined;
  revision: Node | undefined;
  /** What it is in. */
  holders: { base: Node | undefined; revision: Node | undefined };
  direction: Direction;
  impact: Impact;
}

interface Correction {
  why: string;
  impact: Impact;
  applies(difference: Difference): boolean;
}

export const isProperty = ({ type, keys }: Difference) => type === 'Schema' && keys.at(-2) === 'properties';
const isAlternative = ({ type, keys }: Difference) => type === 'Schema' && keys.at(-2) === alternatives;
const isPattern = ({ type, keys }: Difference) => type === 'Schema' && keys.at(-2) === 'patternProperties';
/** Whether it is a schema for parts of a value that have no name. */
export const isRule = (difference: Difference) =>
  isPattern(difference) ||
  (difference.type === 'Schema' &&
    !isProperty(difference) &&
    !isAlternative(difference) &&
    difference.keys.at(-1) !== 'schema');
export const isRequiredProperty = (difference: Difference) =>
  isProperty(difference) && list(difference.holders.revision?.['required']).includes(difference.keys.at(-1));

/** The values of the second list that the first lacks. */
export const gained = (before: unknown, after: unknown): unknown[] =>
  list(after).filter((value) => !list(before).includes(value));

const gainsInResponse = ({ direction, field, before, after }: Difference) =>
  direction === 'response' && field === 'enum' && Array.isArray(before) && gained(before, after).length > 0;

/** Whether fewer or more values fit than before, or others, as far as `redocly diff` has no rule for it. */
function effectOf(difference: Difference): 'fewer' | 'more' | 'other' | undefined {
  const { field, kind, before, after, holders } = difference;
  const oneWay = (isFewer: boolean) => (isFewer ? 'fewer' : 'more');
  if (kind !== 'modified') {
    if (isAlternative(difference)) return oneWay(kind === 'removed');
    const { base = {}, revision = {} } = holders;
    const rest = ['items', 'additionalProperties', 'unevaluatedProperties'].map(
      (key) => base[key] ?? revision[key],
    );
    const isClosed = rest.includes(false);
    // Another rule was for it, or is now.
    if (isPattern(difference))
      return rest.some((rule) => rule !== undefined) ? 'other' : oneWay(kind === 'added');
    if (!isProperty(difference) || kind === 'removed') return undefined;
    return isClosed
      ? 'more'
      : rest.some((rule) => rule !== undefined) || base['patternProperties']
        ? 'other'
        : undefined;
  }
  if (field === 'key') return isPattern(difference) ? 'other' : undefined;
  if (field === 'type' && [before, after].some((types) => list(types).includes(nothing)))
    return oneWay(list(after).includes(nothing));
  if (field.startsWith('x-whole-'))
    return before !== undefined && after !== undefined ? 'other' : oneWay(before === undefined);
  if (field === 'minContains') return oneWay(Number(after ?? 1) > Number(before ?? 1));
  if (field === 'maxContains')
    return oneWay(Number(after ?? Number.POSITIVE_INFINITY) < Number(before ?? Number.POSITIVE_INFINITY));
  if (field === 'multipleOf' && typeof before === 'number' && typeof after === 'number') {
    if (after % before === 0) return 'fewer';
    return before % after === 0 ? 'more' : 'other';
  }
  return undefined;
}

/** The first that applies replaces the rating of `redocly diff`. */
export const corrections: Correction[] = [
  {
    why: 'to be planned for: callers should move away from it',
    impact: 'minor',
    applies: ({ field, after }) => field === 'deprecated' && after === true,
  },
  {
    why: 'it has to be planned for no more',
    impact: 'patch',
    applies: ({ field }) => field === 'deprecated',
  },
  {
    why: 'a call that leaves it out gets another answer',
    impact: 'major',
    applies: ({ field, direction }) => field === 'default' && direction === 'request',
  },
  {
    why: 'an absent property means something else now',
    impact: 'major',
    applies: ({ field, before }) => field === 'default' && before !== undefined,
  },
  {
    why: 'an absent property has a meaning now',
    impact: 'minor',
    applies: ({ field }) => field === 'default',
  },
  {
    why: 'clients take a list of one value as closed, since it tells alternatives apart',
    impact: 'major',
    applies: (difference) => gainsInResponse(difference) && list(difference.before).length === 1,
  },
  {
    why: 'clients read values newer than the contract, so callers do not break',
    impact: 'minor',
    applies: gainsInResponse,
  },
  {
    why: 'callers handle an error that no longer comes, and lose nothing',
    impact: 'minor',
    applies: ({ type, kind, field, keys, before, direction }) => {
      const isError = (status: unknown) => /^(?:[45]|default)/.test(String(status));
      const isGone = kind === 'removed' || (field === 'key' && isError(before));
      return type === 'Response' && direction === 'response' && isGone && isError(keys.at(-1));
    },
  },
  {
    why: 'typed calls name it',
    impact: 'major',
    applies: ({ type, field }) => type === 'Parameter' && field === 'name',
  },
  {
    why: 'it is written in another way',
    impact: 'major',
    applies: ({ type, field }) =>
      ['x-media-type', 'x-encoding'].includes(field) ||
      (type === 'Parameter' &&
        ['in', 'style', 'explode', 'allowReserved', 'allowEmptyValue'].includes(field)),
  },
  {
    why: 'clients use the first server unless they are told otherwise',
    impact: 'major',
    applies: ({ field, before }) => field === 'x-first' && before === true,
  },
  {
    why: 'what was sent in it is read no more',
    impact: 'major',
    applies: (difference) => {
      const isGone = difference.kind === 'removed' || difference.field === 'key';
      return (
        isGone && (isProperty(difference) || ['Parameter', 'Header', 'RequestBody'].includes(difference.type))
      );
    },
  },
  {
    why: 'calls as they are do not send it',
    impact: 'major',
    applies: (difference) => {
      const { kind, field, after, revision, direction } = difference;
      if (direction === 'response') return false;
      return kind === 'added'
        ? revision?.['required'] === true || isRequiredProperty(difference)
        : field === 'required' && after === true;
    },
  },
  {
    why: 'it may be missing now',
    impact: 'major',
    applies: ({ field, before, direction }) =>
      field === 'required' && before === true && direction === 'response',
  },
  {
    why: 'calls may leave it out now, or it always comes',
    impact: 'minor',
    applies: ({ field }) => field === 'required',
  },
  {
    why: 'nothing else was to come, so callers may refuse it',
    impact: 'major',
    applies: (difference) =>
      isProperty(difference) && difference.direction === 'response' && effectOf(difference) === 'more',
  },
  {
    why: 'whether this gives or takes can not be told, so it is taken for a break',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'other',
  },
  {
    why: 'fewer values fit than before',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'fewer' && difference.direction === 'request',
  },
  {
    why: 'more may come than before',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'more' && difference.direction === 'response',
  },
  {
    why: 'callers notice it, and nothing of theirs breaks',
    impact: 'minor',
    applies: (difference) => effectOf(difference) !== undefined || difference.impact === 'patch',
  },
];

/** Whether what differs makes no difference, for what stands beside it. */
export function isNoChange(difference: Difference): boolean {
  const { type, kind, field, before, after, base = {}, revision = {}, keys, holders } = difference;
  if (type !== 'Schema') return false;
  const name = keys.at(-1) ?? '';
  const typesOf = (node: Node = {}) => node['type'] as string[] | undefined;
  if (kind !== 'modified') {
    // What is about values of another type than before is told with the type.
    const key = isPattern(difference)
      ? name.split(' ', 1)[0]
      : maps.has(keys.at(-2) ?? '')
        ? keys.at(-2)
        : name;
    return (
      key !== 'schema' &&
      !(isAbout(String(key), typesOf(holders.base)) && isAbout(String(key), typesOf(holders.revision)))
    );
  }
  // A required property that came or went is told as such.
  if (field === 'required')
    return isProperty(difference) && hasProperty(holders.base, name) !== hasProperty(holders.revision, name);
  const types = [typesOf(base), typesOf(revision)] as const;
  // What an alternative is named after is told itself.
  if (field === 'key') return isAlternative(difference);
  if (!isAbout(field, types[0]) || !isAbout(field, types[1])) return true;
  if (field !== 'type' && [...(types[0] ?? []), ...(types[1] ?? [])].includes(nothing)) return true;
  const inclusive = field.replace(/^exclusiveM/, 'm');
  if (inclusive !== field && base[inclusive] !== revision[inclusive]) return true;
  if (/^m(?:in|ax)imum$/.test(inclusive) && types.every((names) => names?.includes('integer'))) {
    if (wholeBound(base, inclusive) === wholeBound(revision, inclusive)) return true;
  }
  if (field === 'type' && base['enum'] && revision['enum']) {
    // The types are those of the listed values, so the list tells it. Null is not in the list.
    return types[0]?.includes('null') === types[1]?.includes('null');
  }
  if (field === 'default' && isProperty(difference))
    return list(holders.revision?.['required']).includes(name);
  if (field === 'x-whole-contains') return before === undefined || after === undefined;
  const listed = before === undefined ? base['enum'] : after === undefined ? revision['enum'] : undefined;
  return Array.isArray(listed) && fitsAll({ [field]: before ?? after }, listed);
}

const hasProperty = (node: Node | undefined, name: string) =>
  Object.hasOwn(Object(node?.['properties']), name);

/** The least or the greatest integer that fits. */
function wholeBound(node: Node, key: string): number {
  const bound = (name: string, otherwise: number) =>
    typeof node[name] === 'number' ? node[name] : otherwise;
  const none = Number.POSITIVE_INFINITY;
  if (key === 'minimum')
    return Math.max(Math.ceil(bound(key, -none)), Math.floor(bound('exclusiveMinimum', -none)) + 1);
  return Math.min(Math.floor(bound(key, none)), Math.ceil(bound('exclusiveMaximum', none)) - 1);
}

const bounds = /^(?:minimum|maximum|exclusiveM|minLength|maxLength|multipleOf|pattern)/;
const ajv = new Ajv({ strict: false });

/** Whether each of these values, as JSON, fits a bound. */
function fitsAll(schema: Node, values: readonly unknown[]): boolean {
  if (!bounds.test(String(Object.keys(schema)))) return false;
  try {
    return values.every((value) => ajv.validate(schema, JSON.parse(String(value))));
  } catch {
    // A pattern that is none.
    return false;
  }
}
