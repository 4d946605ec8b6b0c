/** Compares the schemas of two contracts in pairs, each shared pair once. */
import { canonical } from './canonical.ts';
import { type Findings, type Keywords, keyed, type Located, pairUp } from './findings.ts';
import { holdsForAll, type Keyword, opaque, roundBounds } from './keywords.ts';
import type { Direction } from './ratings.ts';
import { type Branch, familyOf, type Schema, type SchemaReader, type WrittenSchema } from './schema.ts';
import { alignItems } from './tuples.ts';
import { joinWords, type Words } from './words.ts';

interface SchemaPair {
  base: WrittenSchema;
  revision: WrittenSchema;
  direction: Direction;
  /** What has the schema: "property `family`". */
  subject: string;
  /** Whether the subject is required, before and after. */
  required: readonly [before: boolean, after: boolean];
  /** What kind of subject can be optional. A parameter's words and `required` are compared with the parameter. */
  owner?: 'property' | 'parameter';
}

export class SchemaPairs {
  readonly #base: SchemaReader;
  readonly #revision: SchemaReader;
  readonly #findings: Findings;
  readonly #seen = new Set<string>();
  /** Not recursion, since schemas may be nested deeper than the stack. */
  readonly #open: SchemaPair[] = [];

  constructor(base: SchemaReader, revision: SchemaReader, findings: Findings) {
    this.#base = base;
    this.#revision = revision;
    this.#findings = findings;
  }

  /** Queues a pair that is new. A recursive schema leads back to a known pair. */
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
    const byType = hasOneOfEachType(before) && hasOneOfEachType(after);
    if (pair.owner !== 'parameter') {
      const words = (schema: Schema) => (byType ? allWords(schema) : schema.words);
      this.#findings.compareWords(subject, words(before), words(after));
    }
    this.#findings.differ('schema', direction, subject, notesOf(before, pair), notesOf(after, pair));
    const ban = (schema: Schema) => (schema.branches.length === 0 ? schema : undefined);
    if (ban(before) && ban(after)) return;
    if (ban(before) || ban(after)) {
      this.#findings.presence({ thing: 'rule', direction }, `ban on ${subject}`, ban(before), ban(after));
    } else if (byType) this.#types(before, after, pair);
    else this.#alternatives(before, after, pair);
  }

  /** Schemas with one branch for each type: the lists of types are compared, then the branches of each type. */
  #types(base: Schema, revision: Schema, pair: SchemaPair): void {
    const { direction, subject, owner, required } = pair;
    const types = { base: new Set<string>(), revision: new Set<string>() };
    const pairs = pairUp(keyed(base.branches, familyOf), keyed(revision.branches, familyOf));
    for (const [before, after] of pairs) {
      const hasList = (branch: Branch | undefined) => branch?.keywords.has('enum');
      // A list of values implies its type, so the type is taken from the side without one.
      const other = hasList(before) ? after : hasList(after) ? before : undefined;
      if (before) types.base.add((other ?? before).type ?? 'any');
      if (after) types.revision.add((other ?? after).type ?? 'any');
      if (before && after) this.#branches(before, after, direction, subject);
    }
    if (types.base.has('any') !== types.revision.has('any')) {
      // A schema with `properties` and no type is compared with that of objects.
      const objects = ({ branches }: Schema) =>
        branches.find(({ type, properties }) => type === 'object' || (!type && properties.size > 0));
      const [before, after] = [objects(base), objects(revision)];
      if (before && after) this.#branches(before, after, direction, subject);
    }
    if (owner === 'parameter' && required[0] !== required[1]) {
      // To send null and to leave out the parameter are the same.
      types.base.delete('null');
      types.revision.delete('null');
    }
    // Where both schemas are shared ones, the place of the type is there, otherwise where they are used.
    const shared = base.pointer !== pair.base.pointer && revision.pointer !== pair.revision.pointer;
    const typesOf = (names: ReadonlySet<string>, schema: Schema, use: WrittenSchema) =>
      names.has('any') ? [] : listOf('type', names, shared ? schema : use);
    this.#property(
      pair,
      typesOf(types.base, base, pair.base),
      typesOf(types.revision, revision, pair.revision),
    );
  }

  /** The keywords of a property: whether it is required, and those that are given. */
  #property(
    { base, revision, direction, subject, owner, required }: SchemaPair,
    before: [string, Keyword][],
    after: [string, Keyword][],
  ): void {
    const keywords = (own: [string, Keyword][], isRequired: boolean, use: WrittenSchema): Keywords =>
      new Map([...own, ...(owner === 'property' && isRequired ? listOf('required', ['it'], use) : [])]);
    this.#findings.differ(
      'property',
      direction,
      subject,
      keywords(before, required[0], base),
      keywords(after, required[1], revision),
    );
  }

  /** Schemas with several branches of one type: the branches are matched, and each pair is compared. */
  #alternatives(base: Schema, revision: Schema, pair: SchemaPair): void {
    const { direction, subject } = pair;
    this.#property(pair, [], []);
    const unmatchedBase = new Set(base.branches);
    const unmatchedRevision = new Set(revision.branches);
    for (const match of waysToMatch(this.#base, this.#revision)) {
      for (const before of [...unmatchedBase]) {
        const after = [...unmatchedRevision].find((candidate) => match(before, candidate));
        if (!after) continue;
        unmatchedBase.delete(before);
        unmatchedRevision.delete(after);
        const alternative = `${nameOf(before)} of ${subject}`;
        this.#findings.compareWords(alternative, before.words, after.words);
        const type = (branch: Branch): Keywords =>
          new Map(branch.type && !before.keywords.has('enum') ? listOf('type', [branch.type], branch) : []);
        this.#findings.differ('schema', direction, alternative, type(before), type(after));
        this.#branches(before, after, direction, alternative);
      }
    }
    const presence = (before: Branch | undefined, after: Branch | undefined) => {
      const alternative = `${nameOf((before ?? after) as Branch)} of ${subject}`;
      this.#findings.presence({ thing: 'alternative', direction }, alternative, before, after);
    };
    for (const branch of unmatchedBase) presence(branch, undefined);
    for (const branch of unmatchedRevision) presence(undefined, branch);
  }

  #branches(base: Branch, revision: Branch, direction: Direction, subject: string): void {
    this.#properties(base, revision, direction);
    const keywords = [keywordsOf(base, revision), keywordsOf(revision, base)] as const;
    this.#findings.differ('schema', direction, subject, ...keywords);
    this.#children(base, revision, direction, subject);
  }

  #properties(base: Branch, revision: Branch, direction: Direction): void {
    const [requiredBefore, requiredAfter] = [requiredOf(base), requiredOf(revision)];
    for (const [before, after, name] of pairUp(
      propertiesSent(this.#base, base, direction),
      propertiesSent(this.#revision, revision, direction),
    )) {
      const subject = `property \`${name}\``;
      const required = [requiredBefore.has(name), requiredAfter.has(name)] as const;
      if (before && after) {
        this.add({ base: before, revision: after, direction, subject, required, owner: 'property' });
      } else {
        const closed =
          direction === 'response' && isBan(this.#base, base.children.get('additionalProperties'));
        // Where another schema is used now, the place of the property does not show that it is gone.
        const lacking = base.pointer === revision.pointer ? undefined : revision;
        const presence = { thing: 'property', direction, required: required[1], closed } as const;
        this.#findings.presence(presence, subject, before, after, lacking);
      }
    }
  }

  #children(base: Branch, revision: Branch, direction: Direction, subject: string): void {
    for (const [before, after, path] of pairUp(...alignItems(base, revision))) {
      const inside = `${nameOfPath(path)} of ${subject}`;
      if (before && after) {
        this.add({ base: before, revision: after, direction, subject: inside, required: [true, true] });
      } else {
        const banned = isBan(this.#base, before) || isBan(this.#revision, after);
        const rule = `${banned ? 'ban on' : 'rule for'} ${inside}`;
        this.#findings.presence({ thing: 'rule', direction }, rule, before, after);
      }
    }
  }
}

/** The keywords of a branch, as they are compared with those of the other one. */
function keywordsOf(branch: Branch, other: Branch): Keywords {
  const both = [branch, other];
  const areIntegers = both.every(({ type }) => type === 'integer');
  const lists = both.flatMap(
    ({ keywords }) => (keywords.get('enum') as { value: string[] } | undefined) ?? [],
  );
  const found = [...(areIntegers ? roundBounds(branch.keywords) : branch.keywords)]
    .filter(([key]) => key !== 'required')
    // A keyword that every value of a list fulfils makes no difference.
    .filter(([key, { value }]) => !lists.some((list) => holdsForAll(key, value, list.value)))
    .map(([key, keyword]): [string, Keyword] =>
      opaque.has(key) ? [`x-whole-${key}`, { ...keyword, value: canonical(keyword.value) }] : [key, keyword],
    );
  // A required name that has a schema is compared as a property.
  const names = [...requiredOf(branch)].filter(
    (name) => !both.some(({ properties }) => properties.has(name)),
  );
  return new Map([...found, ...listOf('required', names, branch.keywords.get('required') ?? branch)]);
}

/** The notes of a schema that make a difference for its subject. */
function notesOf(
  { notes, exactlyOne, pointer }: Schema,
  { direction, required, owner }: SchemaPair,
): Keywords {
  const found = new Map<string, Keyword>();
  const [value, deprecated] = [notes.get('default'), notes.get('deprecated')];
  const isOptional = !required.includes(true);
  // In a request the default null says no more than that nothing is sent.
  const saysNothing = direction === 'request' && value?.value === null;
  if (value && isOptional && !saysNothing)
    found.set('default', { ...value, value: JSON.stringify(value.value) });
  if (deprecated && owner !== 'parameter') found.set('deprecated', deprecated);
  if (exactlyOne) found.set('x-exactly-one', { value: true, pointer });
  return found;
}

/** The properties that are sent in a direction. */
function propertiesSent(
  schemas: SchemaReader,
  branch: Branch,
  direction: Direction,
): Map<string, WrittenSchema> {
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
  return new Map([...branch.properties].filter(([, schema]) => !schemas.read(schema).notes.has(hidden)));
}

/** No value fits it. */
const isBan = (schemas: SchemaReader, schema: WrittenSchema | undefined) =>
  schema !== undefined && schemas.read(schema).branches.length === 0;

const hasOneOfEachType = ({ branches }: Schema): boolean =>
  new Set(branches.map(familyOf)).size === branches.length;

export const allWords = ({ words, branches }: Schema): Words =>
  joinWords(words, ...branches.map((branch) => branch.words));

const requiredOf = ({ keywords }: Branch): Set<string> =>
  new Set((keywords.get('required')?.value ?? []) as string[]);

/** A keyword whose value is a list of names; none without names. */
function listOf(key: string, names: Iterable<string>, { pointer }: Located): [string, Keyword][] {
  const value = [...names].sort();
  return value.length === 0 ? [] : [[key, { value, pointer }]];
}

/** The name of an alternative in a sentence: that of its schema, else its type. */
function nameOf({ type, pointer }: Branch): string {
  return `alternative \`${schemaName(pointer) ?? type ?? 'any'}\``;
}

const schemaName = (pointer: string): string | undefined =>
  /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1];

/** `prefixItems/0` becomes "`prefixItems` 0". */
function nameOfPath(path: string): string {
  const [key, index] = path.split('/');
  if (key === 'items') return 'items';
  if (key === 'additionalProperties') return 'further properties';
  return index === undefined ? `\`${key}\`` : `\`${key}\` ${index}`;
}

type Match = (before: Branch, after: Branch) => boolean;

/** The criteria by which alternatives are matched, the surest first. */
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
