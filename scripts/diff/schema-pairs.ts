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
    if (before.branches.length > 0 && after.branches.length > 0) {
      if (byType) this.#types(before, after, pair);
      else this.#alternatives(before, after, pair);
    } else if (before.branches.length !== after.branches.length) {
      const [ban, lifted] = before.branches.length === 0 ? [before, undefined] : [undefined, after];
      this.#findings.presence({ thing: 'rule', direction }, `ban on ${subject}`, ban, lifted);
    }
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
      new Map([
        ...own,
        ...(owner === 'property' && isRequired ? listOf('required', new Set(['it']), use) : []),
      ]);
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
          new Map(
            branch.type && !before.keywords.has('enum') ? listOf('type', new Set([branch.type]), branch) : [],
          );
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

  /** The keywords of two branches, their properties and the other schemas within. */
  #branches(base: Branch, revision: Branch, direction: Direction, subject: string): void {
    const requiredNames = { base: requiredOf(base), revision: requiredOf(revision) };
    for (const [before, after, name] of pairUp(
      propertiesSent(this.#base, base, direction),
      propertiesSent(this.#revision, revision, direction),
    )) {
      const property = `property \`${name}\``;
      const required = [requiredNames.base.has(name), requiredNames.revision.has(name)] as const;
      if (before && after) {
        const schemas = { base: before, revision: after };
        this.add({ ...schemas, direction, subject: property, required, owner: 'property' });
      } else {
        const closed = direction === 'response' && isClosed(this.#base, base);
        this.#findings.presence(
          { thing: 'property', direction, required: required[1], closed },
          property,
          before,
          after,
          // Where another schema is used now, the place of the property does not show that it is gone.
          base.pointer === revision.pointer ? undefined : revision,
        );
      }
    }
    const areIntegers = base.type === 'integer' && revision.type === 'integer';
    const lists = [base, revision]
      .map(({ keywords }) => keywords.get('enum')?.value)
      .filter((values) => values !== undefined) as string[][];
    const keywords = (branch: Branch, required: ReadonlySet<string>): Keywords => {
      // For a name with a schema, that is a keyword of the property.
      const names = new Set(
        [...required].filter((name) => !base.properties.has(name) && !revision.properties.has(name)),
      );
      const found = [...(areIntegers ? roundBounds(branch.keywords) : branch.keywords)]
        .filter(([key]) => key !== 'required')
        // A keyword that every value of a list fulfils makes no difference.
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
      keywords(base, requiredNames.base),
      keywords(revision, requiredNames.revision),
    );
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

const isClosed = (schemas: SchemaReader, { children }: Branch) =>
  isBan(schemas, children.get('additionalProperties'));

/** No value fits it. */
const isBan = (schemas: SchemaReader, schema: WrittenSchema | undefined) =>
  schema !== undefined && schemas.read(schema).branches.length === 0;

const hasOneOfEachType = ({ branches }: Schema): boolean =>
  new Set(branches.map(familyOf)).size === branches.length;

export const allWords = ({ words, branches }: Schema): Words =>
  joinWords(words, ...branches.map((branch) => branch.words));

const requiredOf = ({ keywords }: Branch): Set<string> =>
  new Set((keywords.get('required')?.value ?? []) as string[]);

function listOf(key: string, names: ReadonlySet<string>, { pointer }: Located): [string, Keyword][] {
  return names.size === 0 ? [] : [[key, { value: [...names].sort(), pointer }]];
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
