/** Computes the version that changes need, and writes it into every file that states it. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { isScalar, parseDocument } from 'yaml';
import { readContract } from '../contract/read.ts';
import { contractFile } from './document.ts';
import { tryGit } from './git.ts';
import type { Severity } from './ratings.ts';

/** A version can't be computed, or not be written everywhere. */
export class VersionError extends Error {
  override name = 'VersionError';
}

/**
 * `1.2.3` and a minor change make `1.3.0`; no change asks for nothing.
 *
 * @throws if the base is no version
 */
export function nextVersion(base: string, severity: Severity | undefined): string {
  const version = parse(base);
  return severity ? (semver.inc(version, severity) as string) : version;
}

/** The higher one. */
export function higher(version: string, other: string): string {
  return semver.gt(parse(version), parse(other)) ? version : other;
}

/** Why this version can't be released, as sentences. A higher version than needed is fine. */
export function versionProblems(versions: {
  contract: string;
  package: string;
  base: string;
  severity: Severity | undefined;
}): string[] {
  const { contract, base, severity } = versions;
  const needed = nextVersion(base, severity);
  const { major, minor, patch } = semver.parse(parse(contract)) as semver.SemVer;
  const problems: string[] = [];
  // A prerelease, `2.0.0-rc.1`, counts as its release.
  if (semver.lt(`${major}.${minor}.${patch}`, needed)) {
    const changes = `${severity ?? 'no'} changes since ${base}`;
    problems.push(`info.version is ${contract}, but ${changes} ask for ${needed} or higher.`);
  }
  if (versions.package !== contract) {
    problems.push(
      `package.json has version ${versions.package} and the contract ${contract}; they are always equal.`,
    );
  }
  return problems;
}

function parse(version: string): string {
  const valid = semver.valid(version);
  if (valid === null || valid !== version.split('+', 1)[0]) {
    throw new VersionError(`"${version}" is not a version of the form 1.2.3 (https://semver.org).`);
  }
  return valid;
}

/** Where each file states the version, by the keys that lead there. */
const stated: [file: string, paths: string[][]][] = [
  [contractFile, [['info', 'version']]],
  ['package.json', [['version']]],
  ['package-lock.json', [['version'], ['packages', '', 'version']]],
];

/**
 * Writes a version into contract, package, lockfile and the heading of the release in preparation, and generates.
 * Before anything is written, all of it is known to be possible; files that are right are left alone.
 *
 * @param preparing the version of that heading
 * @throws what went wrong; if files were written by then, with their names and how to undo it
 */
export async function setVersion(directory: string, version: string, preparing?: string): Promise<void> {
  // Imported here, since the generator is slow to load.
  const { generateAll, writeGenerated } = await import('../generate.ts');
  const texts = new Map<string, string>();
  const edit = async (file: string, change: (text: string) => string) => {
    const text = await readFile(path.join(directory, file), 'utf8');
    if (change(text) !== text) texts.set(file, change(text));
  };
  for (const [file, paths] of stated) {
    if (file === 'package-lock.json' && !existsSync(path.join(directory, file))) continue;
    await edit(file, (text) => withVersion(file, text, paths, version));
  }
  if (preparing !== undefined) {
    const rename = (all: string, mark: string, found: string) => (found === preparing ? mark + version : all);
    await edit('CHANGELOG.md', (text) => text.replace(/^(## +\[?v?)(\d[^\s\]]*)/gm, rename));
  }
  const source = path.join(directory, contractFile);
  const contract = await readContract(source);
  const generated = await generateAll({ ...contract, info: { ...contract.info, version } }, source);
  const edited = tryGit(directory, 'diff', '--name-only', 'HEAD')?.split('\n') ?? [];
  const written: string[] = [];
  try {
    for (const [file, text] of texts) {
      written.push(file);
      await writeFile(path.join(directory, file), text);
    }
    written.push('generated');
    await writeGenerated(generated, path.join(directory, 'generated'));
  } catch (error) {
    throw new VersionError(describeFailure(error as Error, written, edited), { cause: error });
  }
}

function describeFailure({ message }: Error, written: readonly string[], edited: readonly string[]): string {
  const restored = written.filter((file) => !edited.includes(file));
  const others = written.filter((file) => edited.includes(file));
  const byHand = `${others.join(' and ')} had other edits, which that would undo as well: set the version by hand.`;
  return [
    `${message}\nBy then these were written, the last one perhaps in part: ${written.join(', ')}.`,
    `To undo it: git restore ${restored.join(' ')}`,
    ...(others.length > 0 ? [byHand] : []),
  ].join('\n');
}

/** Replaces the version alone, so that comments and layout stay. */
function withVersion(file: string, text: string, paths: string[][], version: string): string {
  const parsed = parseDocument(text);
  const nodes = paths.map((keys) => parsed.getIn(keys, true));
  const ranges = nodes.flatMap((node) => (isScalar(node) && node.range ? [node.range] : []));
  if (ranges.length === 0) throw new VersionError(`${file} has no ${paths[0]?.join('.')}.`);
  return ranges
    .sort(([a], [b]) => b - a)
    .reduce((changed, [start, end]) => {
      const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? '';
      return changed.slice(0, start) + quote + version + quote + changed.slice(end);
    }, text);
}
