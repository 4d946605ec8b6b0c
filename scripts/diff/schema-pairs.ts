/** Walks the schemas of two contracts side by side, each shared pair once. */
import { canonical } from './canonical.ts';
import { type Findings, type Keywords, keyed, type Located, pairUp } from './findings.ts';
import { holdsForAll, type Keyword, opaque, roundBounds } from './keywords.ts';
import type { Direction } from './ratings.ts';
import { type Branch, familyOf, type Place, type Schema, type SchemaReader } from './schema.ts';
import { alignPlaces } from './tuples.ts';
import { joinWords, type Words } from './words.ts';

export interface SchemaPair {
  base: Place;
  revision: Place;
  direction: Direction;
  /** What it is the schema of, as in "property `family`". */
  subject: string;
  /** Whether that can't be left out, before and after; a default counts where it can. */
  required: readonly [before: boolean, after: boolean];
  /** Who says that: a list in the schema around, or the parameter itself, which has its own words, too. */
  owner?: 'property' | 'parameter';
}

const never = [true, true] as const;

export class SchemaPairs {
  readonly #base: SchemaReader;
  readonly #revision: SchemaReader;
  readonly #findings: Findings;
  readonly #seen = new Set<string>();
  /** A list rather than recursion, since schemas may be nested deeper than a stack is. */
  readonly #open: SchemaPair[] = [];

  constructor(base: SchemaReader, revision: SchemaReader, findings: Findings) {
    this.#base = base;
    this.#revision = revision;
    this.#findings = findings;
  }

  /** Leaves a pair for later, unless it is known. What leads back to itself ends here. */
  add(pair: SchemaPair): void {
    const key = [pair.direction, pair.owner, ...pair.required, pair.base.key, pair.revision.key].join(' ');
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#open.push(pair);
  }

  compare(): void {
    for (let pair = this.#open.pop(); pair; pair = this.#open.pop()) this.#schemas(pair);
  }

  #schemas(pair: SchemaPair): void {
    const { direction, subject } = pair;
    const before = this.#base.read(pair.base);
    const after = this.#revision.read(pair.revision);
    const folded = oneOfEach(before) && oneOfEach(after);
    if (pair.owner !== 'parameter') {
      const words = (schema: Schema) => (folded ? allWords(schema) : schema.words);
      this.#findings.compareWords(subject, words(before), words(after));
    }
    this.#findings.differ('schema', direction, subject, notesOf(before, pair), notesOf(after, pair));
    if (before.branches.length > 0 && after.branches.length > 0) {
      if (folded) this.#fold(before, after, pair);
      else this.#alternatives(before, after, pair);
    } else if (before.branches.length !== after.branches.length) {
      const [ban, lifted] = before.branches.length === 0 ? [before, undefined] : [undefined, after];
      this.#findings.presence({ thing: 'rule', direction }, `ban on ${subject}`, ban, lifted);
    }
  }

  /** Schemas that say something about each type once: the types are compared, then what is said about each. */
  #fold(base: Schema, revision: Schema, pair: SchemaPair): void {
    const { direction, subject, owner, required } = pair;
    const types = { base: new Set<string>(), revision: new Set<string>() };
    for (const [before, after] of pairUp(
      keyed(base.branches, familyOf),
      keyed(revision.branches, familyOf),
    )) {
      const listed = before?.keywords.has('enum') ? after : after?.keywords.has('enum') ? before : undefined;
      // A list of values says itself of which type they are.
      if (before) types.base.add((listed ?? before).type ?? 'any');
      if (after) types.revision.add((listed ?? after).type ?? 'any');
      if (before && after) this.#branches(before, after, direction, subject);
    }
    const [whole, other] = types.base.has('any') ? [base, revision] : [revision, base];
    if (types.base.has('any') !== types.revision.has('any')) {
      // Properties may be given without a word about the type.
      const [any, object] = [whole.branches[0], other.branches.find(({ type }) => type === 'object')];
      if (any?.properties.size && object) {
        const pair = whole === base ? ([any, object] as const) : ([object, any] as const);
        this.#branches(...pair, direction, subject);
      }
    }
    if (owner === 'parameter' && required[0] !== required[1]) {
      // What was null, or will be, is what is left out.
      types.base.delete('null');
      types.revision.delete('null');
    }
    // The type of what is shared in both is said there, and otherwise where it is used.
    const shared = base.pointer !== pair.base.pointer && revision.pointer !== pair.revision.pointer;
    const keywords = (
      names: ReadonlySet<string>,
      schema: Schema,
      place: Place,
      isRequired: boolean,
    ): Keywords => {
      const found = names.has('any') ? [] : listOf('type', names, shared ? schema : place);
      const always = owner === 'property' && isRequired ? listOf('required', new Set(['it']), place) : [];
      return new Map([...found, ...always]);
    };
    this.#findings.differ(
      'property',
      direction,
      subject,
      keywords(types.base, base, pair.base, required[0]),
      keywords(types.revision, revision, pair.revision, required[1]),
    );
  }

  /** Schemas with several alternatives of one type: those that belong together are compared with each other. */
  #alternatives(base: Schema, revision: Schema, pair: SchemaPair): void {
    const { direction, subject, owner, required } = pair;
    if (owner === 'property') {
      const always = (place: Place, isRequired: boolean): Keywords =>
        new Map(isRequired ? listOf('required', new Set(['it']), place) : []);
      this.#findings.differ(
        'property',
        direction,
        subject,
        always(pair.base, required[0]),
        always(pair.revision, required[1]),
      );
    }
    const left = new Set(base.branches);
    const rest = new Set(revision.branches);
    for (const belong of waysToMatch(this.#base, this.#revision)) {
      for (const before of [...left]) {
        const after = [...rest].find((candidate) => belong(before, candidate));
        if (!after) continue;
        left.delete(before);
        rest.delete(after);
        const alternative = `${nameOf(before)} of ${subject}`;
        this.#findings.compareWords(alternative, before.words, after.words);
        const type = (branch: Branch): Keywords =>
          new Map(
            branch.type && !before.keywords.has('enum') ? listOf('type', new Set([branch.type]), branch) : [],
          );
        this.#findings.differ('schema', direction, alternative, type(before), type(after));
        this.#branches(before, after, direction, alternative);
      }
    }
    for (const [branch, was] of [
      ...[...left].map((one) => [one, true] as const),
      ...[...rest].map((one) => [one, false] as const),
    ]) {
      const alternative = `${nameOf(branch)} of ${subject}`;
      const [before, after] = was ? [branch, undefined] : [undefined, branch];
      this.#findings.presence({ thing: 'alternative', direction }, alternative, before, after);
    }
  }

  /** Keywords, properties and other schemas inside of two branches. */
  #branches(base: Branch, revision: Branch, direction: Direction, subject: string): void {
    const own = visible(this.#base, base, direction);
    const others = visible(this.#revision, revision, direction);
    const always = { base: requiredOf(base), revision: requiredOf(revision) };
    for (const [before, after, name] of pairUp(own, others)) {
      const property = `property \`${name}\``;
      const required = [always.base.has(name), always.revision.has(name)] as const;
      if (before && after) {
        this.add({
          base: before,
          revision: after,
          direction,
          subject: property,
          required,
          owner: 'property',
        });
      } else {
        const closed = direction === 'response' && isClosed(this.#base, base);
        this.#findings.presence(
          { thing: 'property', direction, required: required[1], closed },
          property,
          before,
          after,
          // Another schema in the place of one that others still share: which one, only that can tell.
          base.pointer === revision.pointer ? undefined : revision,
        );
      }
    }
    const whole = base.type === 'integer' && revision.type === 'integer';
    const lists = [base, revision]
      .map(({ keywords }) => keywords.get('enum')?.value)
      .filter((values) => values !== undefined) as string[][];
    const keywords = (branch: Branch, required: ReadonlySet<string>): Keywords => {
      // What has a schema of its own is required, or not, there.
      const names = new Set(
        [...required].filter((name) => !base.properties.has(name) && !revision.properties.has(name)),
      );
      const found = [...(whole ? roundBounds(branch.keywords) : branch.keywords)]
        .filter(([key]) => key !== 'required')
        // What each value of a list fulfils is in force with the list, whether it is said or not.
        .filter(([key, { value }]) => !lists.some((values) => holdsForAll(key, value, values)))
        .map(([key, keyword]): [string, Keyword] =>
          opaque.has(key)
            ? [`x-whole-${key}`, { ...keyword, value: canonical(keyword.value) }]
            : [key, keyword],
        );
      return new Map([...found, ...listOf('required', names, branch.keywords.get('required') ?? branch)]);
    };
    this.#findings.differ(
      'schema',
      direction,
      subject,
      keywords(base, always.base),
      keywords(revision, always.revision),
    );
    for (const [before, after, way] of pairUp(...alignPlaces(base, revision))) {
      const inside = `${wayTo(way)} of ${subject}`;
      if (before && after) {
        this.add({ base: before, revision: after, direction, subject: inside, required: never });
      } else {
        const closed = isBan(this.#base, before) || isBan(this.#revision, after);
        const rule = `${closed ? 'ban on' : 'rule for'} ${inside}`;
        this.#findings.presence({ thing: 'rule', direction }, rule, before, after);
      }
    }
  }
}

/** The default where it counts, and that it is deprecated where nobody else says so. */
function notesOf(
  { notes, exactlyOne, pointer }: Schema,
  { direction, required, owner }: SchemaPair,
): Keywords {
  const found = new Map<string, Keyword>();
  const [value, deprecated] = [notes.get('default'), notes.get('deprecated')];
  // A null that is left out is what is meant where nothing is sent.
  const counts = !required.includes(true) && !(direction === 'request' && value?.value === null);
  if (value && counts) found.set('default', { ...value, value: JSON.stringify(value.value) });
  if (deprecated && owner !== 'parameter') found.set('deprecated', deprecated);
  if (exactlyOne) found.set('x-exactly-one', { value: true, pointer });
  return found;
}

/** Properties that are sent, or that come back. */
function visible(schemas: SchemaReader, branch: Branch, direction: Direction): Map<string, Place> {
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
  return new Map([...branch.properties].filter(([, place]) => !schemas.read(place).notes.has(hidden)));
}

const isClosed = (schemas: SchemaReader, { children }: Branch) =>
  isBan(schemas, children.get('additionalProperties'));

/** Nothing fits it. */
const isBan = (schemas: SchemaReader, place: Place | undefined) =>
  place !== undefined && schemas.read(place).branches.length === 0;

const oneOfEach = ({ branches }: Schema): boolean => new Set(branches.map(familyOf)).size === branches.length;

export const allWords = ({ words, branches }: Schema): Words =>
  joinWords(words, ...branches.map((branch) => branch.words));

const requiredOf = ({ keywords }: Branch): Set<string> =>
  new Set((keywords.get('required')?.value ?? []) as string[]);

function listOf(key: string, names: ReadonlySet<string>, { pointer }: Located): [string, Keyword][] {
  return names.size === 0 ? [] : [[key, { value: [...names].sort(), pointer }]];
}

/** What an alternative is called in a sentence: the name of its schema, or its type. */
function nameOf({ type, pointer }: Branch): string {
  return `alternative \`${schemaName(pointer) ?? type ?? 'any'}\``;
}

const schemaName = (pointer: string): string | undefined =>
  /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1];

/** `prefixItems/0` is the first item. */
function wayTo(way: string): string {
  const [key, index] = way.split('/');
  if (key === 'items') return 'items';
  if (key === 'additionalProperties') return 'further properties';
  return index === undefined ? `\`${key}\`` : `\`${key}\` ${index}`;
}

type Match = (before: Branch, after: Branch) => boolean;

/** Ways to tell which alternatives belong together, the surest first. */
function waysToMatch(base: SchemaReader, revision: SchemaReader): Match[] {
  const tagged = (before: Branch, after: Branch, same: boolean) => {
    const others = revision.tagsOf(after);
    return [...base.tagsOf(before)].some(
      ([name, tag]) => others.has(name) && (others.get(name) === tag) === same,
    );
  };
  const alike: Match = (before, after) =>
    familyOf(before) === familyOf(after) && !tagged(before, after, false);
  const namedAlike: Match = (before, after) => {
    const name = schemaName(before.pointer);
    return name !== undefined && name === schemaName(after.pointer);
  };
  const shareProperties: Match = (before, after) =>
    before.type !== 'object' || [...before.properties.keys()].some((name) => after.properties.has(name));
  return [
    (before, after) => base.printBranch(before) === revision.printBranch(after),
    (before, after) => tagged(before, after, true),
    (before, after) => alike(before, after) && namedAlike(before, after),
    (before, after) => alike(before, after) && shareProperties(before, after),
  ];
}
