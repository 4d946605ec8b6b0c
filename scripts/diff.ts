/**
 * Rates the working contract against the last release and tells whether its version was raised to match.
 *
 * `--write` sets the version that the changes ask for, in every file that states it, and generates.
 * `npm run diff -- --base <git reference or file>` compares with something else, such as the whole
 * `openapi.json` of the backend; `--revision` rates another document than the working contract.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { root } from './contract/read.ts';
import { type ContractDocument, lastRelease, readDocument } from './diff/document.ts';
import { normalForm } from './diff/normal-form.ts';
import { raiseVersion } from './diff/raise.ts';
import { type Change, highest, rate } from './diff/rate.ts';
import { type Impact, impacts } from './diff/ratings.ts';
import { findTypeBreaks } from './diff/types.ts';
import { nextVersion, versionProblems, versionToSet } from './diff/version.ts';

const contract = 'openapi/openapi.yaml';

export interface Comparison {
  changes: Change[];
  /** One of the documents has more paths than ours: the two are not versions of one contract. */
  pathOnly: boolean;
}

/** The changes to our path, whatever else the two documents describe. */
export async function compare(base: ContractDocument, revision: ContractDocument): Promise<Comparison> {
  const pathOnly = base.paths.length > 1 || revision.paths.length > 1;
  const pair = {
    base: normalForm(base.content, ourPath(base, revision), { pathOnly }),
    revision: normalForm(revision.content, ourPath(revision, base), { pathOnly }),
  };
  // The usual case in `npm test`, and starting the tool takes a second.
  if (isDeepStrictEqual({ ...pair.base, origins: 0 }, { ...pair.revision, origins: 0 })) {
    return { changes: [], pathOnly };
  }
  const [changes = []] = await rate([pair]);
  return { changes, pathOnly };
}

/** The only path of a contract; in the document of a whole API, the one that the contract has. */
function ourPath(document: ContractDocument, other: ContractDocument): string {
  const found =
    document.paths.length === 1
      ? document.paths[0]
      : document.paths.find((path) => other.paths.includes(path));
  if (!found) throw new Error(`${document.name} lacks the path ${other.paths.join(', ')}.`);
  return found;
}

/** Two lines for a change: what, then where. */
function describe(change: Change, base: ContractDocument, revision: ContractDocument): string[] {
  const [document, pointer] = change.revision ? [revision, change.revision] : [base, change.base ?? '#'];
  return [
    `${change.impact}  ${change.message}${change.why ? ` (${change.why})` : ''}`,
    `       ${change.where ?? `${document.locate(pointer)}  ${pointer}`}`,
  ];
}

function count(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no changes';
  const countOf = (impact: Impact) => changes.filter((change) => change.impact === impact).length;
  return impacts
    .toReversed()
    .map((impact) => `${countOf(impact)} ${impact}`)
    .join(', ');
}

export interface Options {
  /** Where the project is; its git history has the releases. */
  directory: string;
  /** A git reference or a file. @default the last release */
  base?: string | undefined;
  /** A git reference or a file. @default the working contract */
  revision?: string | undefined;
}

export interface Result {
  /** What `npm run diff` prints. */
  report: string[];
  /** What keeps the working contract from being released. */
  problems: string[];
  /** The version that it should have, unless the two documents are not versions of one contract. */
  version: string | undefined;
}

export async function diff(options: Options): Promise<Result> {
  const { directory } = options;
  const packageJson = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  const revision = readDocument(options.revision ?? contract, directory, contract);
  const versions = { contract: revision.version, package: packageJson.version };
  const baseName = options.base ?? lastRelease(directory);
  if (!baseName) {
    return {
      report: ['diff: no release yet (no tag such as v1.0.0), so there is nothing to compare with.'],
      problems: versionProblems({ ...versions, base: revision.version, impact: undefined }),
      version: revision.version,
    };
  }
  const base = readDocument(baseName, directory, contract);
  const { changes, pathOnly } = await compare(base, revision);
  if (!options.base) changes.unshift(...(await findTypeBreaks(directory, baseName)));
  const report = changes.flatMap((change) => describe(change, base, revision));
  report.push(`diff: ${base.name} → ${revision.name}: ${count(changes)}.`);
  if (pathOnly) {
    report.push('Versions are not compared: one of the two describes more than this path.');
    return { report, problems: [], version: undefined };
  }
  const impact = highest(changes);
  return {
    report,
    problems: versionProblems({ ...versions, base: base.version, impact }),
    version: versionToSet(revision.version, nextVersion(base.version, impact)),
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { base: { type: 'string' }, revision: { type: 'string' }, write: { type: 'boolean' } },
  });
  try {
    const { report, problems, version } = await diff({ directory: root, ...values });
    for (const line of report) console.log(line);
    if (values.write && version && !values.revision) {
      await raiseVersion(root, version);
      console.log(`Contract and package have version ${version}, and generated/ is up to date.`);
    } else if (problems.length > 0) {
      for (const problem of problems) console.error(problem);
      console.error('`npm run diff -- --write` sets the version.');
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
