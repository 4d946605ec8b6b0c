/**
 * Rates the working contract against the last release and tells whether its version was raised to match.
 *
 * `npm run diff -- --base <git reference or file>` compares with something else, such as the whole
 * `openapi.json` of the backend; `--revision` rates another document than the working contract.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './contract/read.ts';
import { type ContractDocument, lastRelease, readDocument } from './diff/document.ts';
import { normalForm } from './diff/normal-form.ts';
import { type Change, highest, rate } from './diff/rate.ts';
import { impacts } from './diff/ratings.ts';
import { findTypeBreaks } from './diff/types.ts';
import { versionProblems } from './diff/version.ts';

const contract = 'openapi/openapi.yaml';

export interface Comparison {
  changes: Change[];
  /** One of the documents has more paths than ours: the two are not versions of one contract. */
  pathOnly: boolean;
}

/** The changes to our path, whatever else the two documents describe. */
export async function compare(base: ContractDocument, revision: ContractDocument): Promise<Comparison> {
  const pathOnly = base.paths.length > 1 || revision.paths.length > 1;
  const [changes = []] = await rate([
    {
      base: normalForm(base.content, ourPath(base, revision), { pathOnly }),
      revision: normalForm(revision.content, ourPath(revision, base), { pathOnly }),
    },
  ]);
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

function print(changes: readonly Change[], base: ContractDocument, revision: ContractDocument): void {
  for (const change of changes) {
    const [document, pointer] = change.revision ? [revision, change.revision] : [base, change.base ?? '#'];
    console.log(`${change.impact}  ${change.message}${change.why ? ` (${change.why})` : ''}`);
    console.log(`       ${document.locate(pointer)}  ${pointer}`);
  }
}

function count(changes: readonly Change[]): string {
  return impacts
    .toReversed()
    .map((impact) => `${changes.filter((change) => change.impact === impact).length} ${impact}`)
    .join(', ');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      revision: { type: 'string', default: contract },
      /** Where the project is; its git history has the releases. */
      root: { type: 'string', default: root },
    },
  });
  const directory = path.resolve(values.root);
  const packageVersion = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')).version;
  const revision = readDocument(values.revision, directory, contract);
  const release = values.base ?? lastRelease(directory);
  const problems: string[] = [];
  if (!release) {
    console.log('diff: no release yet (no tag such as v1.0.0), so there is nothing to compare with.');
    problems.push(
      ...versionProblems({
        contract: revision.version,
        package: packageVersion,
        base: revision.version,
        impact: undefined,
      }),
    );
  } else {
    const base = readDocument(release, directory, contract);
    const { changes, pathOnly } = await compare(base, revision);
    if (!values.base) changes.unshift(...findTypeBreaks(directory, release));
    print(changes, base, revision);
    console.log(
      `diff: ${base.name} → ${revision.name}: ${changes.length === 0 ? 'no changes' : count(changes)}.`,
    );
    if (pathOnly) {
      console.log('Versions are not compared: one of the two describes more than this path.');
    } else {
      problems.push(
        ...versionProblems({
          contract: revision.version,
          package: packageVersion,
          base: base.version,
          impact: highest(changes),
        }),
      );
    }
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
