/** Corrects the ratings of `redocly diff`, each with its reason, and tells what is no change. */
import { alternatives, nothing } from './schemas.ts';
import { familyOf, isAbout } from './shapes.ts';
import { list, type Node, set } from './values.ts';

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
  /** What has the field, or was added or removed. */
  nodes: { base: Node; revision: Node };
  /** What it stands in. */
  holders: { base: Node; revision: Node };
  /** As `redocly diff` rates it. */
  impact: Impact;
}

/** The maps of schemas in a schema of a form. */
export const maps = new Set(['properties', 'patternProperties', alternatives]);

const isIn = (map: string, { type, keys }: Difference) => type === 'Schema' && keys.at(-2) === map;
export const isProperty = (difference: Difference): boolean => isIn('properties', difference);
const nameOf = ({ keys }: Difference): string => keys.at(-1) ?? '';

/** Whether it has to be there in the revision. */
export const isRequired = (difference: Difference): boolean =>
  isProperty(difference)
    ? list(difference.holders.revision['required']).includes(nameOf(difference))
    : difference.nodes.revision['required'] === true;

/** How the types of a property changed, if it is by null alone. */
export function nullness({ nodes }: Difference): 'maybe null' | 'never null' | undefined {
  const types = [nodes.base['type'], nodes.revision['type']] as const;
  const [come, gone] = [gained(...types).join(), gained(types[1], types[0]).join()];
  if (!types[0] || !types[1]) return undefined;
  if (come === 'null' && gone === '') return 'maybe null';
  return gone === 'null' && come === '' ? 'never null' : undefined;
}

/** The values of the second list that the first lacks. */
export const gained = (before: unknown, after: unknown): unknown[] =>
  list(after).filter((value) => !list(before).includes(value));

/** Whether callers send it. In a webhook and a callback, which the API calls, they receive what is sent. */
export function isSent({ keys }: Difference): boolean {
  const isCallback = keys[3] === 'callbacks';
  const isAnswer = keys[isCallback ? 7 : 3] === 'responses';
  return isAnswer === (isCallback || keys[0] === 'webhooks');
}

interface Correction {
  why: string;
  impact: Impact;
  applies(difference: Difference): boolean;
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
    applies: (difference) => difference.field === 'default' && isSent(difference),
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
    applies: (difference) => gainsInAnswer(difference) && list(difference.before).length === 1,
  },
  {
    why: 'clients read values newer than the contract, so callers do not break',
    impact: 'minor',
    applies: (difference) => gainsInAnswer(difference),
  },
  {
    why: 'callers handle an error that no longer comes, and lose nothing',
    impact: 'minor',
    applies: (difference) => {
      const { type, kind, field, before } = difference;
      const isGone = kind === 'removed' || (field === 'key' && isError(before));
      return type === 'Response' && isGone && isError(nameOf(difference)) && !isSent(difference);
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
    applies: ({ type, field }) => field === 'x-encoding' || (isValue.has(type) && ways.has(field)),
  },
  {
    why: 'clients use the first server unless they are told otherwise',
    impact: 'major',
    applies: ({ field, before }) => field === 'x-first' && before === true,
  },
  {
    why: 'what callers sent or found in it is no more',
    impact: 'major',
    applies: (difference) => {
      const isGone = difference.kind === 'removed' || difference.field === 'key';
      return (
        isGone && difference.impact !== 'major' && (isProperty(difference) || isPart.has(difference.type))
      );
    },
  },
  {
    why: 'calls as they are do not send it',
    impact: 'major',
    applies: (difference) => {
      const { kind, field } = difference;
      if (!isSent(difference) || (kind !== 'added' && field !== 'required')) return false;
      return isRequired(difference) || nullness(difference) === 'never null';
    },
  },
  {
    why: 'it may be missing now',
    impact: 'major',
    applies: (difference) => {
      if (isSent(difference) || difference.field !== 'required') return false;
      return !isRequired(difference) || nullness(difference) === 'maybe null';
    },
  },
  {
    why: 'whether this gives or takes can not be told, so it is taken for a break',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'others fit',
  },
  {
    why: 'less is accepted than before',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'fewer fit' && isSent(difference),
  },
  {
    why: 'more may come than before',
    impact: 'major',
    applies: (difference) => effectOf(difference) === 'more fit' && !isSent(difference),
  },
  {
    why: 'more is accepted than before',
    impact: 'minor',
    applies: (difference) => isHarmless(difference) && isSent(difference),
  },
  {
    why: 'more is promised than before',
    impact: 'minor',
    applies: (difference) => isHarmless(difference) && difference.type === 'Schema',
  },
  {
    why: 'callers notice it',
    impact: 'minor',
    applies: ({ impact }) => impact === 'patch',
  },
];

const isPart = set('Parameter Header RequestBody Callback PathItem');
const isValue = set('Parameter Header');
const ways = set('x-media-type in style explode allowReserved allowEmptyValue');
const isError = (status: unknown) => /^(?:[45]|default)/.test(String(status));

const gainsInAnswer = (difference: Difference) => {
  const { field, before, after } = difference;
  return field === 'enum' && Array.isArray(before) && gained(before, after).length > 0 && !isSent(difference);
};

const isHarmless = (difference: Difference) =>
  difference.impact === 'patch' || difference.field === 'required' || effectOf(difference) !== undefined;

export function rate(difference: Difference): { impact: Impact; why?: string } {
  const correction = corrections.find(({ applies }) => applies(difference));
  return correction ? { impact: correction.impact, why: correction.why } : { impact: difference.impact };
}

/** Which values fit now, compared with before, as far as `redocly diff` has no rule for it. */
function effectOf(difference: Difference): 'fewer fit' | 'more fit' | 'others fit' | undefined {
  const { type, field, kind, before, after, holders } = difference;
  const oneWay = (isFewer: boolean) => (isFewer ? 'fewer fit' : 'more fit');
  if (field.startsWith('x-whole-')) {
    return before !== undefined && after !== undefined ? 'others fit' : oneWay(before === undefined);
  }
  if (type !== 'Schema') return undefined;
  if (isIn('patternProperties', difference) && field === 'key') return 'others fit';
  if (isIn(alternatives, difference) && kind !== 'modified') return oneWay(kind === 'removed');
  if (isIn('patternProperties', difference) || (isProperty(difference) && kind === 'added')) {
    if (kind === 'modified') return undefined;
    // What holds for all that has no rule of its own.
    const rest = ['items', 'additionalProperties', 'unevaluatedProperties'].map(
      (rule) => holders.base[rule] ?? holders.revision[rule],
    );
    const rule = rest.find((schema) => schema !== undefined);
    if (rule) return isNothing(Object(rule).type) ? oneWay(kind === 'removed') : 'others fit';
    if (!isProperty(difference)) return oneWay(kind === 'added');
    return holders.base['patternProperties'] ? 'others fit' : undefined;
  }
  const [low, high] = [Number(before), Number(after)];
  if (field === 'type' && (isNothing(before) || isNothing(after))) return oneWay(isNothing(after));
  if (field === 'minContains')
    return oneWay((after === undefined ? 1 : high) > (before === undefined ? 1 : low));
  if (field === 'maxContains') return oneWay(before === undefined || high < low);
  if (field === 'multipleOf' && high % low === 0) return 'fewer fit';
  return field === 'multipleOf' && low % high === 0 ? 'more fit' : undefined;
}

const isNothing = (types: unknown) => list(types).includes(nothing);

/** Whether what differs makes no difference, for what stands beside it. */
export function isNoChange(difference: Difference): boolean {
  const { type, kind, field, before, after, nodes, holders } = difference;
  if (type !== 'Schema') return false;
  if (kind !== 'modified') {
    // What is about values of another type than before is told with the type.
    const [map = ''] = difference.keys.slice(-2);
    const key = isIn('patternProperties', difference)
      ? nameOf(difference).replace(/\/.*$/s, '')
      : maps.has(map)
        ? map
        : nameOf(difference);
    return [holders.base, holders.revision].some((holder) => !isAboutSome(key, typesOf(holder)));
  }
  // What an alternative is named after is told itself.
  if (field === 'key') return isIn(alternatives, difference);
  // So is a required property that came or went, and one that is required needs no default.
  if (field === 'required')
    return hasProperty(holders.base, difference) !== hasProperty(holders.revision, difference);
  if (field === 'default' && isProperty(difference)) return isRequired(difference);
  // Missing and null are the same in most languages, so both are told as one.
  if (field === 'type' && isProperty(difference) && nullness(difference)) {
    const isIn = (holder: Node) => list(holder['required']).includes(nameOf(difference));
    return hasProperty(holders.base, difference) && isIn(holders.base) !== isIn(holders.revision);
  }
  if (field === 'x-whole-contains') return before === undefined || after === undefined;
  const { base, revision } = nodes;
  const types = [typesOf(base), typesOf(revision)] as const;
  if (types.some((names) => !isAboutSome(field, names) || (field !== 'type' && isNothing(names))))
    return true;
  if (field === 'type' && base['enum'] && revision['enum']) {
    // The types are those of the listed values, so the list tells it. Null is not in the list.
    return types[0]?.includes('null') === types[1]?.includes('null');
  }
  // A list of values of another type is told with the type.
  if (field === 'enum') return !haveCommon(...types);
  const bound = field.replace(/^exclusiveM/, 'm');
  // A bound that became exclusive or inclusive is one change, of the inclusive keyword.
  if (bound !== field && base[bound] !== revision[bound]) return true;
  const areIntegers = types.every((names) => names?.includes('integer'));
  return areIntegers && /^m\w+imum$/.test(bound) && wholeBound(base, bound) === wholeBound(revision, bound);
}

const isAboutSome = (key: string, types: string[] | undefined) =>
  !types || types.some((type) => isAbout(key, type));

const haveCommon = (before: string[] | undefined, after: string[] | undefined) =>
  !before ||
  !after ||
  before.some((type) => type !== 'null' && after.some((other) => familyOf(other) === familyOf(type)));

const typesOf = (node: Node) => node['type'] as string[] | undefined;

const hasProperty = (holder: Node, difference: Difference) =>
  Object.hasOwn(Object(holder['properties']), nameOf(difference));

/** The least or the greatest integer that fits. */
function wholeBound(node: Node, bound: string): number {
  const sign = bound === 'minimum' ? 1 : -1;
  const exclusive = bound.replace('m', 'exclusiveM');
  const [own = Number.NaN, other = Number.NaN] = [node[bound], node[exclusive]].map((value) =>
    typeof value === 'number' ? value * sign : Number.NEGATIVE_INFINITY,
  );
  return sign * Math.max(Math.ceil(own), Math.floor(other) + 1);
}
