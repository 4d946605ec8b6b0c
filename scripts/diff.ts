/**
 * Rates what changed in the working contract since the last release, and tells whether its version fits. Compares
 * any two other documents as well, such as the contract and the whole `openapi.json` of a backend.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { oneOf, readCommandLine, refuse, type Usage } from './command-line.ts';
import { ContractError, root } from './contract/read.ts';
import { type Change, compare, highest, NotComparable, type Side } from './diff/compare.ts';
import { type ContractDocument, contractFile, DocumentError, readDocument } from './diff/document.ts';
import { lastRelease, MissingRelease } from './diff/last-release.ts';
import { type Severity, severities } from './diff/ratings.ts';
import { findTypeBreaks } from './diff/types.ts';
import { higher, nextVersion, setVersion, VersionError, versionProblems } from './diff/version.ts';

export interface Options {
  /** The project's folder, a git repository with the releases. */
  directory: string;
  /** A git reference or a file. @default the last release */
  base?: string | undefined;
  /** A git reference or a file. @default the working contract */
  revision?: string | undefined;
  /**
   * The lowest severity that is a problem.
   *
   * @default 'none' for the working contract, whose version has to fit, else 'major'
   */
  failOn?: Severity | 'none' | undefined;
  /** List changes of words also when another API is compared. @default false */
  words?: boolean | undefined;
}

export interface Result {
  /** What `npm run diff` prints. */
  lines: string[];
  /** Why it fails; empty if it does not. */
  problems: string[];
  /**
   * Only for the working contract: the version that the changes need, those that the files have, and that of the
   * heading of a release in preparation.
   */
  version?: { needed: string; contract: string; package: string; preparing?: string };
}

export async function diff(options: Options): Promise<Result> {
  const { directory, failOn } = options;
  const released = options.base === undefined ? lastRelease(directory) : { tag: options.base };
  const { preparing } = released;
  const revision = readDocument(options.revision ?? contractFile, directory);
  const versions = {
    contract: revision.version,
    package: packageVersion(directory),
    ...(preparing !== undefined && { preparing }),
  };
  if (released.tag === undefined) {
    const why = preparing ? `${preparing} is the first release` : 'no release yet';
    return {
      lines: [`diff: ${why}, so nothing was compared. To compare with a branch: npm run diff -- --base main`],
      problems: versionProblems({ ...versions, base: revision.version, severity: undefined }),
      version: { ...versions, needed: revision.version },
    };
  }
  const base = readDocument(released.tag, directory);
  const whole = wholeApi(base, revision);
  const changes = await compareDocuments({ base, revision }, whole);
  if (options.base === undefined) changes.unshift(...(await findTypeBreaks(directory, released.tag)));
  const lines = describeAll(changes, { base, revision }, whole !== undefined && !options.words);

  // The working contract compared with another version of it: its version has to fit.
  if (base.isOurs && options.revision === undefined) {
    const severity = highest(changes);
    const needed = nextVersion(base.version, severity);
    const problems = versionProblems({ ...versions, base: base.version, severity });
    return {
      lines,
      problems: [...problems, ...failures(changes, failOn ?? 'none')],
      version: { ...versions, needed: higher(needed, preparing ?? needed) },
    };
  }
  return { lines, problems: failures(changes, failOn ?? 'major') };
}

type Documents = Record<Side, ContractDocument>;

/** Which of the two describes a whole API, of which the other has a part. Versions of one contract share a title. */
function wholeApi(base: ContractDocument, revision: ContractDocument): Side | undefined {
  if (base.title === revision.title || (base.isOurs && revision.isOurs)) return undefined;
  if (base.isOurs || revision.isOurs) return base.isOurs ? 'revision' : 'base';
  return base.size > revision.size ? 'base' : 'revision';
}

function compareDocuments(documents: Documents, whole: Side | undefined): Promise<Change[]> {
  const { base, revision } = documents;
  return compare(base.content, revision.content, whole).catch((error: unknown) => {
    if (!(error instanceof NotComparable)) throw error;
    const { side, pointer, message } = error;
    throw new DocumentError(`${documents[side].locate(pointer)} ${message} (${pointer})`);
  });
}

function failures(changes: readonly Change[], failOn: Severity | 'none'): string[] {
  if (failOn === 'none') return [];
  const failing = severities.slice(severities.indexOf(failOn));
  const { length } = changes.filter(({ severity }) => failing.includes(severity));
  if (length === 0) return [];
  const found = length === 1 ? '1 change is' : `${length} changes are`;
  return [`${found} ${failing.join(' or ')}, and --fail-on ${failOn} lets none through.`];
}

/** For each change a line that says what changed and one that says where, then a summary. */
function describeAll(changes: readonly Change[], documents: Documents, countWords: boolean): string[] {
  const listed = countWords ? changes.filter(({ words }) => !words) : changes;
  const words = changes.length - listed.length;
  const kinds = 'descriptions, titles, examples, tags and other words';
  const counted = `${countBySeverity(listed)}${words > 0 ? ', words aside' : ''}`;
  const { base, revision } = documents;
  return [
    ...listed.flatMap((change) => describe(change, documents)),
    ...(words > 0 ? [`words  ${words} of the ${kinds} differ; --words lists them.`] : []),
    `diff: ${base.name} → ${revision.name}: ${changes.length === 0 ? 'no changes' : counted}.`,
  ];
}

function describe(
  { severity, message, why, where, lacking, ...pointers }: Change,
  documents: Documents,
): string[] {
  const side = pointers.revision === undefined ? 'base' : 'revision';
  const locate = (of: Side, pointer = '#') => `${documents[of].locate(pointer)}  ${pointer}`;
  return [
    `${severity}  ${message}${why ? ` (${why})` : ''}`,
    `       ${where ?? locate(side, pointers[side])}`,
    ...(lacking ? [`       not in ${locate('revision', lacking)}`] : []),
  ];
}

/** `1 major, 0 minor, 2 patch` */
function countBySeverity(changes: readonly Change[]): string {
  const countOf = (severity: Severity) => changes.filter((change) => change.severity === severity).length;
  return severities
    .toReversed()
    .map((severity) => `${countOf(severity)} ${severity}`)
    .join(', ');
}

function packageVersion(directory: string): string {
  return JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')).version;
}

const usage = {
  command: 'npm run diff',
  summary: 'Rates what changed in the contract, and tells whether its version fits.',
  options: {
    base: { value: '<git reference or file>', help: 'compare with this instead of the last release' },
    revision: { value: '<git reference or file>', help: 'rate this instead of openapi/openapi.yaml' },
    'fail-on': {
      value: '<severity>',
      help: 'major, minor, patch or none: exit with 1 from this severity on (major, for other documents)',
      read: oneOf('major', 'minor', 'patch', 'none'),
    },
    words: { help: "list what changed in descriptions and other words of a whole API's document, too" },
    write: { help: 'set the version that the changes ask for, and generate' },
  },
} satisfies Usage;

async function main(): Promise<number> {
  const { values } = readCommandLine(usage);
  if (values.write && values.revision !== undefined) {
    refuse(usage, '--write sets the version of the working contract, so it takes no --revision.');
  }
  const { lines, problems, version } = await diff({
    directory: root,
    base: values.base,
    revision: values.revision,
    failOn: values['fail-on'],
    words: values.words,
  });
  for (const line of lines) console.log(line);
  if (values.write) {
    if (!version)
      throw new DocumentError('--write needs versions of our contract: --base takes a git reference then.');
    const { needed, contract, preparing } = version;
    await setVersion(root, needed, preparing);
    const was = contract === needed ? '' : `, no longer ${contract}`;
    console.log(`Contract and package have version ${needed}${was}, and generated/ was written.`);
    return 0;
  }
  for (const problem of problems) console.error(problem);
  const base = values.base === undefined ? '' : ` --base ${values.base}`;
  if (problems.length > 0 && version) console.error(`\`npm run diff --${base} --write\` sets the version.`);
  return problems.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = await main().catch((error: unknown) => {
    const isExpected = [DocumentError, MissingRelease, ContractError, VersionError].some(
      (kind) => error instanceof kind,
    );
    console.error(isExpected ? (error as Error).message : error);
    return 1;
  });
}
