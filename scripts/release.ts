/** Checks that the project may be released, and packs the tarball that is published. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { pack } from './pack.ts';
import { tryNode } from './run-node.ts';

/** The owner in the addresses of package.json, until the project has a repository. */
const placeholder = '/OWNER/';

interface Release {
  version: string;
  /** The version before, if there is one. */
  previous: string | undefined;
  /** What the changelog says about the version. */
  notes: string;
  /** What stands in the way, a sentence each. */
  obstacles: string[];
}

/** @param tag - The tag that is released, such as `v1.2.3`, where it is set already. */
export function readRelease(directory: string, tag?: string): Release {
  const read = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  const manifest = read('package.json');
  const { version } = JSON.parse(manifest) as { version: string };
  const contract = parse(read('openapi/openapi.yaml')).info.version;
  const sections = read('CHANGELOG.md')
    .split(/^## (?=\d)/m)
    .slice(1)
    .map((text) => [text.split(/\s/, 1)[0], text.slice(text.indexOf('\n')).trim()] as const);
  const index = sections.findIndex(([name]) => name === version);
  const notes = sections[index]?.[1] ?? '';
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: directory, encoding: 'utf8' });

  const obstacles: string[] = [];
  // npm compares the provenance with `repository`, and refuses to publish if they differ.
  if (manifest.includes(placeholder)) {
    obstacles.push(`package.json: put the owner of the repository in place of ${placeholder}.`);
  }
  if (contract !== version) {
    obstacles.push(`The contract has version ${contract}, package.json has ${version}.`);
  }
  if (tag !== undefined && tag !== `v${version}`) {
    obstacles.push(`The tag is ${tag}, the version ${version}.`);
  }
  if (!notes) {
    obstacles.push(`CHANGELOG.md says nothing under "## ${version}". Rename "Unreleased" to it.`);
  }
  if (changed) obstacles.push(`These files are not committed:\n${changed.trimEnd()}`);
  return { version, previous: sections[index + 1]?.[0], notes, obstacles };
}

/** Runs one of these scripts, which prints to the terminal. */
async function passes(script: string, ...args: string[]): Promise<boolean> {
  const outcome = await tryNode(['--import', 'tsx/esm', path.join(root, 'scripts', script), ...args]);
  process.stderr.write(outcome.stdout + outcome.stderr);
  return outcome.passed;
}

async function main(): Promise<void> {
  const { values } = readCommandLine({
    command: 'npm run release',
    summary: 'Checks that the project may be released, and packs the tarball that is published.',
    options: { tag: { value: '<tag>', help: 'the tag that is released, if it is set already' } },
  });
  const { version, previous, notes, obstacles } = readRelease(root, values.tag);
  for (const obstacle of obstacles) console.error(obstacle);
  const fresh = await passes('generate.ts', '--check');
  const rated = !previous || (await passes('diff.ts', '--base', `v${previous}`));
  if (obstacles.length > 0 || !fresh || !rated) {
    process.exitCode = 1;
    return;
  }
  const { tarball, files } = await pack(root);
  console.log(`${path.relative(root, tarball)}, ${files.length} files\n\n${version}\n\n${notes}`);
}

if (process.argv[1] === import.meta.filename) await main();
