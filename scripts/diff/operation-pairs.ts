/** Compares the operations of two contracts in pairs. */
import { compareAccess, compareServers } from './access.ts';
import { Findings, type Keywords, keyed, type Located, pairUp } from './findings.ts';
import type { Content, Operation, OperationReader, Parameter } from './operations.ts';
import type { Direction, Subject } from './ratings.ts';
import type { Schema } from './schema.ts';
import { allWords, SchemaPairs } from './schema-pairs.ts';
import { joinWords } from './words.ts';

export interface Scope {
  /**
   * Which of the two describes a whole API, of which the other has some operations. Then only paths that the other
   * has are compared, without servers and words about the API.
   *
   * @default neither: they are versions of one contract
   */
  whole?: 'base' | 'revision' | undefined;
}

export function findDifferences(
  base: OperationReader,
  revision: OperationReader,
  { whole }: Scope,
): Findings {
  const findings = new Findings();
  const schemas = new SchemaPairs(base.schemas, revision.schemas, findings);
  const operations = new OperationPairs(base, revision, schemas, findings);
  const paths = { base: byTemplate(base.paths), revision: byTemplate(revision.paths) };
  const skipped = (before: unknown, after: unknown) =>
    (whole === 'revision' && before === undefined) || (whole === 'base' && after === undefined);
  for (const [before, after] of pairUp(paths.base, paths.revision)) {
    if (skipped(before, after)) continue;
    operations.compare(
      (before ?? []).flatMap((path) => base.operations(path)),
      (after ?? []).flatMap((path) => revision.operations(path)),
      { sent: 'request', servers: !whole },
    );
  }
  const named = { base: keyed(base.webhooks, String), revision: keyed(revision.webhooks, String) };
  for (const [before, after] of pairUp(named.base, named.revision)) {
    if (skipped(before, after)) continue;
    const hooks = [before ? base.webhook(before) : [], after ? revision.webhook(after) : []] as const;
    // A webhook is called by the API, so its request comes to the caller.
    operations.compare(...hooks, { sent: 'response', servers: false });
  }
  if (!whole) findings.compareWords('the API', base.words, revision.words);
  schemas.compare();
  return findings;
}

interface Context {
  /** The direction of the request body; `response` in a callback, which the API calls. */
  sent: Direction;
  /** Whether servers are compared. */
  servers: boolean;
}

const parameterKeys = [
  'name',
  'in',
  'required',
  'deprecated',
  'style',
  'explode',
  'allowReserved',
  'allowEmptyValue',
  'content',
];

class OperationPairs {
  readonly #base: OperationReader;
  readonly #revision: OperationReader;
  readonly #schemas: SchemaPairs;
  readonly #findings: Findings;

  constructor(base: OperationReader, revision: OperationReader, schemas: SchemaPairs, findings: Findings) {
    this.#base = base;
    this.#revision = revision;
    this.#schemas = schemas;
    this.#findings = findings;
  }

  compare(base: readonly Operation[], revision: readonly Operation[], context: Context): void {
    const keyOf = ({ method, path }: Operation) => `${method} ${templateOf(path)}`;
    for (const [before, after] of pairUp(keyed(base, keyOf), keyed(revision, keyOf))) {
      if (before && after) this.#operation(before, after, context);
      else {
        const title = titleOf((before ?? after) as Operation);
        this.#findings.presence({ thing: 'operation', direction: context.sent }, title, before, after);
      }
    }
  }

  #operation(base: Operation, revision: Operation, { sent, servers }: Context): void {
    const title = titleOf(revision);
    const back = sent === 'request' ? 'response' : 'request';
    this.#keywords('operation', sent, title, [base, revision], ['operationId', 'deprecated']);
    this.#findings.compareWords(title, base.words, revision.words);
    this.#findings.changes.push(...compareAccess(title, base.security, revision.security));
    if (servers) this.#findings.changes.push(...compareServers(base.servers, revision.servers));
    this.#parameters(base, revision, sent);
    this.#body(base, revision, sent);
    this.#responses(base, revision, back);
    this.compare(base.callbacks, revision.callbacks, { sent: back, servers: false });
  }

  #parameters(base: Operation, revision: Operation, direction: Direction): void {
    const moved = movedParameters(base, revision);
    const movedTo = new Set(moved.values());
    for (const [before, sameKey] of pairUp(base.parameters, revision.parameters)) {
      const after = sameKey ?? (before && moved.get(before));
      if (before && after) this.#parameter(before, after, direction);
      else if (!after || !movedTo.has(after)) {
        const required = after?.required === true;
        const subject = nameOf((before ?? after) as Parameter);
        this.#findings.presence({ thing: 'parameter', direction, required }, subject, before, after);
      }
    }
  }

  #parameter(base: Parameter, revision: Parameter, direction: Direction): void {
    const subject = nameOf(base);
    const [before, after] = [
      this.#base.schemas.read(base.schema),
      this.#revision.schemas.read(revision.schema),
    ];
    // `explode` makes no difference for a single value.
    const canExplode = hasParts(before) || hasParts(after);
    const keywords = (
      { form, ...parameter }: Parameter,
      { notes }: Schema,
    ): Located & Record<string, unknown> => {
      const { explode, ...others } = form;
      const deprecated = parameter.deprecated || notes.has('deprecated');
      const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
      return { ...parameter, ...others, name, deprecated, ...(canExplode && { explode }) };
    };
    const sides = [keywords(base, before), keywords(revision, after)] as const;
    this.#keywords('parameter', direction, subject, sides, parameterKeys);
    const words = ({ words }: Parameter, schema: Schema) => joinWords(words, allWords(schema));
    this.#findings.compareWords(subject, words(base, before), words(revision, after));
    const required = [base.required, revision.required] as const;
    const owner = 'parameter';
    this.#schemas.add({ base: base.schema, revision: revision.schema, direction, subject, required, owner });
  }

  #body({ body: before }: Operation, { body: after, ...revision }: Operation, direction: Direction): void {
    if (before && after) {
      this.#keywords('request body', direction, 'request body', [before, after], ['required']);
      this.#findings.compareWords('request body', before.words, after.words);
      this.#content(before.content, after.content, direction, 'request body');
    } else if (before || after) {
      const subject = `request body of ${titleOf(revision)}`;
      const required = after?.required === true;
      this.#findings.presence({ thing: 'request body', direction, required }, subject, before, after);
    }
  }

  #responses(base: Operation, revision: Operation, direction: Direction): void {
    for (const [before, after, status] of pairUp(base.responses, revision.responses)) {
      const subject = `response ${status}`;
      if (!before || !after) {
        const thing = /^(?:[45]|default)/.test(status) ? 'error' : 'response';
        this.#findings.presence({ thing, direction }, `${subject} of ${titleOf(revision)}`, before, after);
        continue;
      }
      this.#findings.compareWords(subject, before.words, after.words);
      this.#content(before.content, after.content, direction, `body of ${status}`);
      for (const [one, other] of pairUp(before.headers, after.headers)) {
        const header = `header \`${(one ?? other)?.name}\` of ${status}`;
        if (one && other) {
          this.#findings.compareWords(header, one.words, other.words);
          const required = [one.required, other.required] as const;
          const schemas = { base: one.schema, revision: other.schema };
          // A header is optional as a property is.
          this.#schemas.add({ ...schemas, direction, subject: header, required, owner: 'property' });
        } else {
          this.#findings.presence({ thing: 'header', direction }, header, one, other);
        }
      }
    }
  }

  #content(base: Content, revision: Content, direction: Direction, subject: string): void {
    for (const [before, after, type] of pairUp(base, revision)) {
      if (!before || !after) {
        const media = `media type \`${type}\` of ${subject}`;
        this.#findings.presence({ thing: 'media type', direction }, media, before, after);
        continue;
      }
      const named = base.size > 1 || revision.size > 1 ? `${subject} as ${type}` : subject;
      this.#findings.compareWords(named, before.words, after.words);
      this.#keywords('schema', direction, named, [before, after], ['x-whole-encoding']);
      const schemas = { base: before.schema, revision: after.schema };
      this.#schemas.add({ ...schemas, direction, subject: named, required: [true, true] });
    }
  }

  /** Compares these fields of two things. */
  #keywords(
    of: Subject,
    direction: Direction,
    subject: string,
    [base, revision]: readonly [Located, Located],
    keys: readonly string[],
  ): void {
    const pick = (located: Located): Keywords => {
      const fields = located as unknown as Readonly<Record<string, unknown>>;
      // `false` is the default of every flag but `explode`.
      const set = keys.filter(
        (key) => fields[key] !== undefined && (fields[key] !== false || key === 'explode'),
      );
      return new Map(set.map((key) => [key, { value: fields[key], pointer: `${located.pointer}/${key}` }]));
    };
    this.#findings.differ(of, direction, subject, pick(base), pick(revision));
  }
}

/** Parameters that moved to another place, or have another name in the path. */
function movedParameters(base: Operation, revision: Operation): Map<Parameter, Parameter> {
  const gone = [...base.parameters].filter(([key]) => !revision.parameters.has(key));
  const come = [...revision.parameters].filter(([key]) => !base.parameters.has(key));
  const names = [namesIn(base.path), namesIn(revision.path)] as const;
  return new Map(
    gone.flatMap(([, before]) => {
      const found = come.filter(([, after]) =>
        before.in === 'path' && after.in === 'path'
          ? names[0].indexOf(before.name) === names[1].indexOf(after.name)
          : before.name === after.name,
      );
      return found.length === 1 && found[0] ? [[before, found[0][1]] as const] : [];
    }),
  );
}

/** Whether a value can be a list or an object, which have several serializations. */
const hasParts = ({ branches }: Schema): boolean =>
  branches.some(({ type }) => type === undefined || type === 'array' || type === 'object');

const nameOf = (parameter: Parameter): string => `${parameter.in} parameter \`${parameter.name}\``;

const titleOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `operation \`${method.toUpperCase()} ${path}\``;

/** `/jobs/{id}` and `/jobs/{job_id}` are one path. */
const templateOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');
const namesIn = (path: string): string[] => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);

/** Paths by template. FastAPI writes a path twice if two routes name its parameter differently. */
function byTemplate(paths: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) found.set(templateOf(path), [...(found.get(templateOf(path)) ?? []), path]);
  return found;
}
