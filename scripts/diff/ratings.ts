/** Corrects the ratings of `redocly diff`, each with its reason, and finds differences that are no change. */
import { alternatives, nothing } from './schemas.ts';
import { familyOf, headOf, isAbout } from './shapes.ts';
import { list, type Node, set } from './values.ts';

export const severities = ['patch', 'minor', 'major'] as const;
export type Severity = (typeof severities)[number];

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
  /** The nodes that it is in. */
  parents: { base: Node; revision: Node };
  /** As `redocly diff` rates it. */
  severity: Severity;
}

/** The maps of schemas in a schema of a form. */
export const maps = new Set(['properties', 'patternProperties', alternatives]);

const isIn = (map: string, { type, keys }: Difference) => type === 'Schema' && keys.at(-2) === map;
export const isProperty = (difference: Difference): boolean => isIn('properties', difference);
const nameOf = ({ keys }: Difference): string => keys.at(-1) ?? '';

/** Whether it has to be there in the revision. */
export const isRequired = (difference: Difference): boolean =>
  isProperty(difference)
    ? list(difference.parents.revision['required']).includes(nameOf(difference))
    : difference.nodes.revision['required'] === true;

/** The values of the second list that the first lacks. */
export const gained = (before: unknown, after: unknown): unknown[] =>
  list(after).filter((value) => !list(before).includes(value));

/** Whether callers send it. In a webhook and a callback, which the API calls, they receive what is sent. */
export const isSent = ({ keys }: Difference): boolean =>
  (keys[3] === 'responses') === (keys[0] === 'webhooks');

const parts = set('Parameter Header RequestBody');
const serialization = set('x-media-type x-encoding in style explode allowReserved allowEmptyValue');
const isError = (status: unknown) => /^(?:[45]|default)/.test(String(status));

/** The rating of a difference, with the reason where it is not left to `redocly diff`. */
export function rate(difference: Difference): [severity: Severity, why?: string] {
  const { type, kind, field, before, after, severity } = difference;
  const sent = isSent(difference);
  const isGone = kind === 'removed' || field === 'key';
  switch (field) {
    case 'deprecated':
      return after
        ? ['minor', 'to be planned for: callers should move away from it']
        : ['patch', 'it has to be planned for no more'];
    case 'default':
      if (sent) return ['major', 'a call that leaves it out gets another answer'];
      if (before !== undefined) return ['major', 'an absent property means something else now'];
      return ['minor', 'an absent property has a meaning now'];
    case 'enum':
      if (sent || !before || gained(before, after).length === 0) break;
      return list(before).length === 1
        ? ['major', 'clients take a list of one value as closed, since it tells alternatives apart']
        : ['minor', 'clients read values newer than the contract, so callers do not break'];
    case 'required':
      if (sent && after) return ['major', 'calls as they are do not send it'];
      if (!sent && before) return ['major', 'it may be missing now'];
      break;
    case 'x-first':
      if (before) return ['major', 'clients use the first server unless they are told otherwise'];
  }
  if (type === 'Parameter' && field === 'name') return ['major', 'typed calls name it'];
  if (serialization.has(field)) return ['major', 'it is written in another way'];
  if (
    type === 'Response' &&
    isGone &&
    !sent &&
    isError(nameOf(difference)) &&
    (field === '' || isError(before))
  ) {
    return ['minor', 'callers handle an error that no longer comes, and lose nothing'];
  }
  if (isGone && severity !== 'major' && (isProperty(difference) || parts.has(type))) {
    return ['major', 'what callers sent or found in it is no more'];
  }
  if (kind === 'added' && sent && isRequired(difference))
    return ['major', 'calls as they are do not send it'];
  const effect = effectOf(difference);
  if (effect === 'others fit')
    return ['major', 'whether this gives or takes can not be told: taken for a break'];
  if (effect === 'fewer fit' && sent) return ['major', 'less is accepted than before'];
  if (effect === 'more fit' && !sent) return ['major', 'more may come than before'];
  if (severity !== 'patch' && field !== 'required' && !effect) return [severity];
  return ['minor', sent ? 'more is accepted than before' : 'more is promised than before'];
}

/** Which values fit now, compared with before, as far as `redocly diff` has no rule for it. */
function effectOf(difference: Difference): 'fewer fit' | 'more fit' | 'others fit' | undefined {
  const { field, kind, before, after, parents } = difference;
  const oneWay = (isFewer: boolean) => (isFewer ? 'fewer fit' : 'more fit');
  if (field.startsWith('x-whole-')) return before && after ? 'others fit' : oneWay(before === undefined);
  if (isIn(alternatives, difference) && kind !== 'modified') return oneWay(kind === 'removed');
  const isPattern = isIn('patternProperties', difference);
  if (isPattern && field === 'key') return 'others fit';
  if (kind !== 'modified' && (isPattern || (isProperty(difference) && kind === 'added'))) {
    // The rule for properties that have none of their own.
    const rules = ['items', 'additionalProperties', 'unevaluatedProperties'];
    const rule = rules.map((key) => parents.base[key] ?? parents.revision[key]).find((schema) => schema);
    if (rule) return isNothing(Object(rule).type) ? oneWay(kind === 'removed') : 'others fit';
    if (isPattern) return oneWay(kind === 'added');
    return Object.keys(Object(parents.base['patternProperties'])).length > 0 ? 'others fit' : undefined;
  }
  const [low, high] = [Number(before ?? Number.NaN), Number(after ?? Number.NaN)];
  switch (field) {
    case 'type':
      return isNothing(before) || isNothing(after) ? oneWay(isNothing(after)) : undefined;
    case 'minContains':
      return oneWay(Number(after ?? 1) > Number(before ?? 1));
    case 'maxContains':
      return oneWay(before === undefined || high < low);
    case 'multipleOf':
      return high % low === 0 ? 'fewer fit' : low % high === 0 ? 'more fit' : undefined;
  }
  return undefined;
}

const isNothing = (types: unknown) => list(types).includes(nothing);

/** Whether a difference means nothing, given the keywords beside it. */
export function isNoChange(difference: Difference): boolean {
  const { type, kind, keys, field, before, after, nodes, parents } = difference;
  if (type !== 'Schema') return false;
  if (kind !== 'modified') {
    // A keyword about values of another type than before is reported with the type.
    const path = isIn('properties', difference) ? 'properties' : headOf(nameOf(difference));
    return (
      !isIn(alternatives, difference) &&
      keys.at(-1) !== 'schema' &&
      !areAbout(path, parents.base, parents.revision)
    );
  }
  const { base, revision } = nodes;
  switch (field) {
    case 'key':
      // The change that gives an alternative another name is reported itself.
      return isIn(alternatives, difference);
    case 'required':
      // So is a required property that came or went.
      return hasProperty(parents.base, difference) !== hasProperty(parents.revision, difference);
    case 'default':
      return isProperty(difference) && isRequired(difference);
    case 'x-whole-contains':
      return before === undefined || after === undefined;
    case 'type':
      // The types of listed values follow from the list, which null is not in.
      return (
        Boolean(base['enum'] && revision['enum']) &&
        list(before).includes('null') === list(after).includes('null')
      );
    case 'enum':
      // Values of another type are reported with the type.
      return !haveCommonTypes(base['type'], revision['type']);
  }
  if (!areAbout(field, base, revision) || isNothing(base['type']) || isNothing(revision['type'])) return true;
  const bound = field.replace(/^exclusiveM/, 'm');
  // A bound that became exclusive or inclusive is one change, of the inclusive keyword.
  if (bound !== field && base[bound] !== revision[bound]) return true;
  const areIntegers = [base, revision].every((node) => list(node['type']).includes('integer'));
  return areIntegers && /^m\w+imum$/.test(bound) && wholeBound(base, bound) === wholeBound(revision, bound);
}

const areAbout = (path: string, ...nodes: readonly Node[]) =>
  nodes.every(({ type }) => !type || list(type).some((name) => isAbout(path, name)));

function haveCommonTypes(before: unknown, after: unknown): boolean {
  const families = list(after).map(familyOf);
  return (
    !before || !after || list(before).some((name) => name !== 'null' && families.includes(familyOf(name)))
  );
}

const hasProperty = (parent: Node, difference: Difference) =>
  Object.hasOwn(Object(parent['properties']), nameOf(difference));

/** The least or the greatest integer that fits. */
function wholeBound(node: Node, bound: string): number {
  const sign = bound === 'minimum' ? 1 : -1;
  const end = (key: string) => (typeof node[key] === 'number' ? node[key] * sign : Number.NEGATIVE_INFINITY);
  return sign * Math.max(Math.ceil(end(bound)), Math.floor(end(bound.replace('m', 'exclusiveM'))) + 1);
}
