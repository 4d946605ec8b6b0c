/** Compares two documents: brings both into one form, has `redocly diff` compare these, and corrects its report. */
import { escapeKey, keysOf, pointerTo } from '../contract/pointer.ts';
import { Refused } from '../contract/resolve.ts';
import { redoclyOutput } from '../redocly.ts';
import { type Form, formOf, itemsOf } from './form.ts';
import { nodeAt, pointerOf, subjectAt, trace } from './pointers.ts';
import {
  type Difference,
  gained,
  isNoChange,
  isProperty,
  isSent,
  maps,
  rate,
  type Severity,
  severities,
} from './ratings.ts';
import { alternatives } from './schemas.ts';
import { describe } from './sentences.ts';
import { list, type Node } from './values.ts';

export interface Change {
  severity: Severity;
  /** What changed, as one sentence. */
  message: string;
  /** The reason for the rating, if it is not that of `redocly diff`. */
  why?: string;
  /** JSON pointers into the two documents; absent on the side that lacks it. */
  base?: string;
  revision?: string;
  /** What lacks it in the revision, if the pointer into the base does not show it. */
  lacking?: string;
  /** The position in a file of code, for a change of the types. */
  where?: string;
  /** Only people notice it: a description, an example. */
  words?: true;
}

export type Side = 'base' | 'revision';
type Forms = Record<Side, Form>;
/** The pointers, in both forms, of two nodes that differ in some field. */
type Pair = Record<Side, string>;

/** Something in a document can't be compared. */
export class NotComparable extends Error {
  override name = 'NotComparable';
  readonly side: Side;
  readonly pointer: string;

  constructor(side: Side, { problems: [problem] }: Refused) {
    super(problem?.message);
    this.side = side;
    this.pointer = problem?.pointer ?? '#';
  }
}

/** A change as `redocly diff --format json` reports it. */
interface RedoclyChange extends Partial<Record<Side, { pointer: string; value?: unknown }>> {
  /** Its keys in the revision, or in the base for what was removed, through all references. */
  path: string;
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  impact: Severity;
  /** The field that changed, of what was modified. */
  property?: string;
}

/**
 * The changes from one document to the other, sorted by severity, major first.
 *
 * @param whole which of the two describes a whole API, of which the other has some operations. Then only paths that
 * the other has are compared, without servers and words about the API. Neither, for versions of one contract.
 * @throws {NotComparable} for a reference to nowhere and the like
 */
export async function compare(base: Node, revision: Node, whole?: Side): Promise<Change[]> {
  const parts = [...(whole === 'base' ? [] : [base]), ...(whole === 'revision' ? [] : [revision])];
  const names = new Set(parts.flatMap((document) => [...itemsOf(document).keys()]));
  const form = (side: Side, document: Node) => {
    try {
      return formOf(document, names, whole === undefined);
    } catch (error) {
      throw error instanceof Refused ? new NotComparable(side, error) : error;
    }
  };
  const forms = { base: form('base', base), revision: form('revision', revision) };
  // `redocly diff` pairs one that was removed with one that was added, unless both are on both sides.
  for (const kind of ['paths', 'webhooks'] as const) {
    const [before, after] = [forms.base.content[kind], forms.revision.content[kind]];
    for (const name of Object.keys(before)) after[name] ??= {};
    for (const name of Object.keys(after)) before[name] ??= {};
  }
  const found = await redoclyDiff(forms);
  const modified = found.filter(({ kind }) => kind === 'modified');
  const pairs = new Map(modified.map((change) => [change.path, pointersOf(change)]));
  const changes = joinAlternatives(found, pairs, forms).flatMap(split);
  return once(changes.flatMap((change) => rateChange(change, pairs, forms)));
}

async function redoclyDiff({ base, revision }: Forms): Promise<RedoclyChange[]> {
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

/** The pointers to what differs, without the field of it; empty on the side that lacks it. */
function pointersOf({ property = '', base, revision }: RedoclyChange): Pair {
  const pointer = (side: RedoclyChange['base']) =>
    side?.value === undefined || property === '' || property === 'key'
      ? (side?.pointer ?? '')
      : side.pointer.slice(0, -1 - escapeKey(property).length);
  return { base: pointer(base), revision: pointer(revision) };
}

/**
 * A schema that became one of several alternatives, or is the only one left, is one change. `redocly diff` compares
 * the alternatives with nothing, and the schema with the keywords beside them.
 */
function joinAlternatives(
  found: readonly RedoclyChange[],
  pairs: ReadonlyMap<string, Pair>,
  forms: Forms,
): RedoclyChange[] {
  const joined = new Map<string, RedoclyChange>();
  const property = 'x-whole-alternatives';
  const lists = found.filter(
    ({ path, typeName }) => typeName !== 'Schema' && path.endsWith(`/${alternatives}`),
  );
  for (const change of lists) {
    const path = change.path.slice(0, -1 - alternatives.length);
    const pair = pairs.get(path);
    if (!pair) continue;
    const [before, after] = (['base', 'revision'] as const).map((side) => {
      const node = nodeAt(forms[side], pair[side]);
      return Object.values(Object(node[alternatives] ?? [node])).map(forms[side].print);
    });
    if (!before?.some((print) => after?.includes(print))) continue;
    const [base, revision] = [{ pointer: pair.base }, { pointer: pair.revision }];
    const one = (side: { pointer: string }) => ({ pointer: `${side.pointer}/${property}`, value: 'one' });
    const sides = before.length === 1 ? { base: one(base), revision } : { base, revision: one(revision) };
    joined.set(path, { ...change, path, typeName: 'Schema', kind: 'modified', property, ...sides });
  }
  const isJoined = (path: string) =>
    [...joined.keys()].some((parent) => path === parent || path.startsWith(`${parent}/`));
  return [...joined.values(), ...found.filter(({ path }) => !isJoined(path))];
}

/** Makes each required name a change of its own, and all differences in an operation's security one change. */
function split(change: RedoclyChange): RedoclyChange[] {
  const { path, typeName, property, base, revision } = change;
  if (typeName.startsWith('Security')) {
    const pointer = path.replace(/\/security(?:\/[^/]*)*$/, '/security');
    const sides = { base: { pointer }, revision: { pointer } };
    return [{ ...change, ...sides, path: pointer, typeName: 'Security', kind: 'modified' }];
  }
  if (typeName === 'Schema' && property === 'required') {
    const pointers = pointersOf(change);
    const names = [...gained(base?.value, revision?.value), ...gained(revision?.value, base?.value)];
    return names.map(String).map((name) => {
      const requirement = (side: Side) => {
        const isRequired = list(change[side]?.value).includes(name);
        const pointer = pointerTo(pointers[side], 'properties', name);
        return isRequired ? { pointer: `${pointer}/required`, value: true } : { pointer };
      };
      return {
        ...change,
        path: pointerTo(path, 'properties', name),
        base: requirement('base'),
        revision: requirement('revision'),
      };
    });
  }
  return [change];
}

/** A change with the field that differs, and whether callers send it. */
type RatedChange = Change & { field: string; sent: boolean };

function rateChange(change: RedoclyChange, pairs: ReadonlyMap<string, Pair>, forms: Forms): RatedChange[] {
  const { path, kind, property: field = '', typeName: type, base, revision } = change;
  const keys = keysOf(path);
  const pointers = pointersOf(change);
  const parentKeys = keys.slice(0, maps.has(keys.at(-2) ?? '') ? -2 : -1);
  const parent = trace(forms.revision, parentKeys).node;
  const pair = pairs.get(pointerTo('#', ...parentKeys));
  const difference: Difference = {
    type,
    kind,
    keys,
    field,
    before: base?.value,
    after: revision?.value,
    nodes: { base: nodeAt(forms.base, pointers.base), revision: nodeAt(forms.revision, pointers.revision) },
    // What has no field that differs is alike on both sides.
    parents: { base: pair ? nodeAt(forms.base, pair.base) : parent, revision: parent },
    severity: change.impact,
  };
  const isWord = field.startsWith('x-word-');
  if (!isWord && isNoChange(difference)) return [];
  const [severity, why] = isWord ? ['patch' as const] : rate(difference);
  const around = trace(forms.revision, keys.slice(0, -1)).subject;
  const found = trace(forms.revision, keys);
  const subject = kind === 'removed' ? subjectAt(forms.base, pointers.base, around) : found.subject;
  const written = (side: Side) =>
    pointers[side] && pointerOf(forms[side], pointers[side], change[side]?.value === undefined ? '' : field);
  const before = written('base');
  // What became a reference has another type where it is used.
  const isUse = field === 'type' && !isShared(before);
  const after = (isUse && found.use) || written('revision');
  const lacking =
    kind === 'removed' && isProperty(difference) ? forms.revision.sources.get(parent)?.pointer : undefined;
  return [
    {
      severity,
      message: describe(difference, subject),
      field,
      sent: isSent(difference),
      ...(why && { why }),
      ...(isWord && { words: isWord }),
      ...(before && { base: before }),
      ...(after && { revision: after }),
      // Where another schema is used now, the pointer to the property does not show that it is gone.
      ...(lacking && !before?.startsWith(`${lacking}/`) && { lacking }),
    },
  ];
}

const isShared = (pointer: string) => /^#\/components\/schemas\/[^/]+$/.test(pointer);

/** Sorts the changes, and reports each edit once, with the highest severity that it has somewhere. */
function once(changes: readonly RatedChange[]): Change[] {
  const seen = new Set<string>();
  const order = ({ severity, sent }: RatedChange) => severities.indexOf(severity) * 2 - Number(sent);
  return changes
    .toSorted((a, b) => order(b) - order(a))
    .flatMap(({ field, sent, ...change }) => {
      const { message, base, revision } = change;
      const keys = [
        base && `base ${base} ${message}`,
        revision && `revision ${revision} ${message}`,
        field && base && `both ${base} ${revision} ${field}`,
      ].flatMap((key) => key || []);
      const isKnown = keys.some((key) => seen.has(key));
      for (const key of keys) seen.add(key);
      return isKnown ? [] : [change];
    });
}

export function highest(changes: readonly { severity: Severity }[]): Severity | undefined {
  return severities.findLast((severity) => changes.some((change) => change.severity === severity));
}
