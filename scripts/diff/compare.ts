/** Compares two documents: brings both into one form, has `redocly diff` compare these, and corrects what it says. */
import { at, escapeKey, keysOf } from '../contract/pointer.ts';
import { isObject } from '../contract/resolve.ts';
import { redoclyOutput } from '../redocly.ts';
import { type Form, formOf, namesOf } from './form.ts';
import {
  corrections,
  type Difference,
  gained,
  type Impact,
  impacts,
  isNoChange,
  isProperty,
  maps,
} from './ratings.ts';
import { alternatives, type Direction } from './schemas.ts';
import { describe } from './sentences.ts';
import { list, type Node } from './values.ts';

export interface Change {
  impact: Impact;
  /** What changed, as one sentence. */
  message: string;
  /** The reason for the rating, if it is not the obvious one. */
  why?: string;
  /** JSON pointers into the two documents; absent on the side that lacks it. */
  base?: string;
  revision?: string;
  /** What lacks it in the revision, if its place in the base does not tell. */
  lacking?: string;
  /** The place in a file of code, for a change of the types. */
  where?: string;
  /** Only people notice it: a description, an example. */
  words?: true;
}

/** A change as `redocly diff --format json` reports it. */
interface RedoclyChange {
  /** Its keys in the revision, or in the base for what was removed, through all references. */
  path: string;
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  impact: Impact;
  /** The field that changed, of what was modified. */
  property?: string;
  /** The place of the field, or of what lacks it. */
  base?: RedoclyPlace;
  revision?: RedoclyPlace;
}

interface RedoclyPlace {
  pointer: string;
  /** That of the field, or all that was added or removed. */
  value?: unknown;
}

/**
 * The changes from one document to the other, sorted by impact, major first.
 *
 * @param whole which of the two describes a whole API, of which the other has some operations. Then only paths that
 * the other has are compared, without servers and words about the API. Neither, for versions of one contract.
 * @throws {Refused} for a reference to nowhere and the like, with the `document`
 */
export async function compare(
  base: object,
  revision: object,
  whole?: 'base' | 'revision',
): Promise<Change[]> {
  const documents = { base: base as Node, revision: revision as Node };
  const parts = (['base', 'revision'] as const).filter((side) => side !== whole);
  const names = new Set(parts.flatMap((side) => [...namesOf(documents[side])]));
  const forms = {
    base: formOf(documents.base, names, whole !== undefined),
    revision: formOf(documents.revision, names, whole !== undefined),
  };
  const found = await redoclyDiff(forms);
  const pairs = new Map<string, Pair>();
  for (const { path, kind, property, ...sides } of found) {
    if (kind === 'modified' && sides.base && sides.revision) {
      pairs.set(path, {
        base: nodePointer(sides.base, property),
        revision: nodePointer(sides.revision, property),
      });
    }
  }
  const changes = joinAlternatives(found, pairs, forms).flatMap(split);
  return once(changes.flatMap((change) => changesOf(change, pairs, forms)));
}

type Side = 'base' | 'revision';
type Forms = Record<Side, Form>;
/** The pointers, in both forms, of two nodes that differ in some field. */
type Pair = Record<Side, string>;

export async function redoclyDiff({ base, revision }: Forms): Promise<RedoclyChange[]> {
  const files = {
    'base.json': JSON.stringify(base.content),
    'revision.json': JSON.stringify(revision.content),
    'redocly.yaml': 'extends: [diff-recommended]\n',
  };
  const options = ['--config', 'redocly.yaml', '--fail-on', 'none', '--format', 'json'];
  const args = ['diff', 'base.json', 'revision.json', ...options];
  const { reportVersion, changes } = JSON.parse(await redoclyOutput(files, args, 'changes.json'));
  if (reportVersion !== '1') throw new Error(`Unknown report version ${reportVersion}.`);
  return changes;
}

/**
 * Maps of schemas that come or go as a whole are told as their members, and each property that is required, or no
 * longer, by itself.
 */
function split(change: RedoclyChange): RedoclyChange[] {
  const { path, kind, base, revision, property } = change;
  if (kind === 'modified' && property === 'required' && change.typeName === 'Schema') {
    const names = [...gained(base?.value, revision?.value), ...gained(revision?.value, base?.value)].map(
      String,
    );
    return names.map((name) => {
      const side = (place: RedoclyPlace = { pointer: '#' }) => {
        const pointer = `${nodePointer(place, property)}/properties/${escapeKey(name)}`;
        return list(place.value).includes(name)
          ? { pointer: `${pointer}/required`, value: true }
          : { pointer };
      };
      return {
        ...change,
        path: `${path}/properties/${escapeKey(name)}`,
        base: side(base),
        revision: side(revision),
      };
    });
  }
  const side = base ?? revision;
  if (
    kind === 'modified' ||
    !side ||
    !/\/(?:properties|patternProperties)$/.test(path) ||
    change.typeName === 'Schema'
  )
    return [change];
  return Object.entries(Object(side.value)).map(([name, value]) => {
    const member = { pointer: `${side.pointer}/${escapeKey(name)}`, value };
    return {
      ...change,
      path: `${path}/${escapeKey(name)}`,
      typeName: 'Schema',
      ...(base ? { base: member } : { revision: member }),
    };
  });
}

/**
 * A schema that became one of several alternatives, or is the only one left, is one change. `redocly diff` compares
 * the list of alternatives with nothing, and the schema with what stands beside the list.
 */
function joinAlternatives(
  found: readonly RedoclyChange[],
  pairs: ReadonlyMap<string, Pair>,
  forms: Forms,
): RedoclyChange[] {
  const joined = new Map<string, RedoclyChange>();
  const field = 'x-whole-alternatives';
  for (const change of found) {
    const holder = change.path.slice(0, -1 - alternatives.length);
    const pair = pairs.get(holder);
    if (
      change.kind === 'modified' ||
      change.typeName === 'Schema' ||
      !change.path.endsWith(`/${alternatives}`) ||
      !pair
    )
      continue;
    const prints = (side: Side) => {
      const node = at(pair[side], forms[side].content) as Node;
      return Object.values(Object(node[alternatives] ?? [node])).map(forms[side].print);
    };
    const [before, after] = [prints('base'), prints('revision')];
    if (!before.some((print) => after.includes(print))) continue;
    const place = (side: Side, own: string[]) =>
      own.length > 1 ? { pointer: pair[side] } : { pointer: `${pair[side]}/${field}`, value: 'one' };
    joined.set(holder, {
      ...change,
      path: holder,
      typeName: 'Schema',
      kind: 'modified',
      property: field,
      base: place('base', before),
      revision: place('revision', after),
    });
  }
  const isWithin = (path: string) =>
    [...joined.keys()].some((holder) => path === holder || path.startsWith(`${holder}/`));
  return [...joined.values(), ...found.filter(({ path }) => !isWithin(path))];
}

function changesOf(change: RedoclyChange, pairs: ReadonlyMap<string, Pair>, forms: Forms): Change[] {
  const { path, kind, property = '' } = change;
  const keys = keysOf(path);
  const holderKeys = keys.slice(0, maps.has(keys.at(-2) ?? '') ? -2 : -1);
  const trail = walk(forms.revision, kind === 'removed' ? keys.slice(0, -1) : keys);
  const place = (side: Side) =>
    change[side] && nodePointer(change[side], kind === 'modified' ? property : '');
  const [before, after] = [place('base'), place('revision')];
  const nodeAt = (side: Side, pointer: string | undefined) =>
    pointer === undefined ? undefined : (resolve(forms[side], at(pointer, forms[side].content)) as Node);
  const holder = walk(forms.revision, holderKeys).nodes.at(-1);
  const holders = pairs.get(pointerOf(holderKeys));
  const difference: Difference = {
    type: change.typeName,
    kind,
    keys,
    field: property,
    before: change.base?.value,
    after: change.revision?.value,
    base: nodeAt('base', before),
    revision: nodeAt('revision', after),
    // What has no field that differs is alike on both sides.
    holders: { base: nodeAt('base', holders?.base) ?? holder, revision: holder },
    direction: directionOf(keys),
    impact: change.impact,
  };
  const words = property.startsWith('x-word-');
  if (!words && isNoChange(difference)) return [];
  const gone = kind === 'removed' && before !== undefined ? subjectOf(forms.base, before) : undefined;
  const subject = gone?.endsWith(' of') ? `${gone} ${trail.subject}` : (gone ?? trail.subject);
  const correction = words ? undefined : corrections.find((candidate) => candidate.applies(difference));
  const lacking =
    isProperty(difference) && kind === 'removed' && holder
      ? forms.revision.sources.get(holder)?.pointer
      : undefined;
  const from = before && placeOf(forms.base, before, change.base?.value === undefined ? '' : property);
  return [
    {
      impact: correction?.impact ?? change.impact,
      message: describe(difference, subject),
      ...(correction && correction.impact !== change.impact && { why: correction.why }),
      ...(words && { words }),
      ...(from && { base: from }),
      ...(after && {
        revision: placeOf(forms.revision, after, change.revision?.value === undefined ? '' : property),
      }),
      // Where another schema is used now, the place of the property does not show that it is gone.
      ...(lacking && !from?.startsWith(`${lacking}/`) && { lacking }),
    },
  ];
}

/** Where a change is, without the field that changed. */
function nodePointer({ pointer, value }: RedoclyPlace, property = ''): string {
  return property === '' || property === 'key' || value === undefined
    ? pointer
    : pointer.replace(/\/[^/]*$/, '');
}

const pointerOf = (keys: readonly string[]) => ['#', ...keys.map(escapeKey)].join('/');

/** Follows the keys of a form through all references: the nodes on the way, and what the last one is in a sentence. */
function walk(form: Form, keys: readonly string[]) {
  const { content, sources } = form;
  const nodes: Node[] = [content];
  let subject = 'the API';
  let use: unknown = content;
  for (const key of keys) {
    use = Object.hasOwn(nodes.at(-1) ?? {}, key) ? nodes.at(-1)?.[key] : undefined;
    const node = resolve(form, use);
    if (!isObject(node) && !Array.isArray(node)) break;
    const own = sources.get(use as object)?.subject ?? sources.get(node)?.subject;
    if (own) subject = own.endsWith(' of') ? `${own} ${subject}` : own;
    nodes.push(node as Node);
  }
  return { nodes, subject };
}

function resolve({ content }: Form, node: unknown): unknown {
  return isObject(node) && typeof node['$ref'] === 'string' ? at(node['$ref'], content) : node;
}

function subjectOf(form: Form, pointer: string): string | undefined {
  const { content, sources } = form;
  const node = at(pointer, content);
  if (!isObject(node)) return undefined;
  return sources.get(node)?.subject ?? sources.get(resolve(form, node) as object)?.subject;
}

/** The place in the document that a field of the form, or a node of it, came from. */
function placeOf({ content, sources }: Form, pointer: string, field = ''): string {
  let place = '#';
  let node: unknown = content;
  for (const key of keysOf(pointer)) {
    node = Object(node)[key];
    place =
      (isObject(node) || Array.isArray(node) ? sources.get(node)?.pointer : undefined) ??
      `${place}/${escapeKey(key)}`;
  }
  if (field === '' || field === 'key') return place;
  const own = isObject(node) ? sources.get(node)?.fields?.[field] : undefined;
  if (field === 'x-whole-alternatives') return place;
  return (
    own ??
    `${place}/${field === 'x-media-type' ? 'content' : field.replace(/^x-(?:word-|whole-|first)?/, '')}`
  );
}

/** In a webhook and a callback, which the API calls, what is sent comes to the caller. */
function directionOf(keys: readonly string[]): Direction {
  const isCallback = keys[3] === 'callbacks';
  const isAnswer = keys[isCallback ? 7 : 3] === 'responses';
  return isAnswer !== (isCallback || keys[0] === 'webhooks') ? 'response' : 'request';
}

/** Sorts the changes, and leaves out those that are one edit seen again; the one with the highest impact stays. */
function once(changes: readonly Change[]): Change[] {
  const said = new Set<string>();
  const byImpact = (a: Change, b: Change) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact);
  return changes.toSorted(byImpact).filter(({ message, base, revision }) => {
    const keys = [base && `base ${base} ${message}`, revision && `revision ${revision} ${message}`].filter(
      (key) => key !== undefined,
    );
    const isKnown = keys.some((key) => said.has(key));
    for (const key of keys) said.add(key);
    return !isKnown;
  });
}

export function highest(changes: readonly { impact: Impact }[]): Impact | undefined {
  return impacts.findLast((impact) => changes.some((change) => change.impact === impact));
}
