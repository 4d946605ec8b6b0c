/** Finds the release that the working contract is compared with. A missing tag is an error, not "no release". */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import { contractFile } from './document.ts';
import { tryGit } from './git.ts';

/** There is a release, but this clone lacks its tag. */
export class MissingRelease extends Error {
  override name = 'MissingRelease';
}

interface LastRelease {
  /** Undefined if nothing has been released. */
  tag: string | undefined;
  /** The version of the release in preparation, which has a heading in the changelog and no tag yet. */
  preparing?: string;
}

/**
 * The newest version with a heading in CHANGELOG.md; without headings, the nearest tag.
 *
 * @throws {MissingRelease} if this clone lacks its tag, with the command that fetches it
 */
export function lastRelease(directory: string): LastRelease {
  const [newest, before] = headings(readChangelog(directory));
  if (newest === undefined) {
    return { tag: tryGit(directory, 'describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*') };
  }
  if (hasTag(directory, newest)) return { tag: `v${newest}` };
  if (!isInPreparation(directory, newest)) throw missing(directory, newest);
  if (before !== undefined && !hasTag(directory, before)) throw missing(directory, before);
  return { tag: before && `v${before}`, preparing: newest };
}

/** The versions in headings such as `## 1.2.0 (2026-01-31)` and `## [1.2.0]`, the highest first. */
export function headings(changelog: string): string[] {
  const found = [...changelog.matchAll(/^## +\[?v?(\d[^\s\]]*)/gm)].map(([, version = '']) => version);
  return semver.rsort(found.filter((version) => semver.valid(version) !== null));
}

/**
 * Whether a version without a tag is in preparation. Its tag is set on the commit that adds its heading, so the
 * heading is uncommitted, or HEAD adds it and the contract has not been edited since. Otherwise the tag exists and
 * was not fetched.
 */
function isInPreparation(directory: string, version: string): boolean {
  const headingIn = (commit: string) => {
    const text = tryGit(directory, 'show', `${commit}:./CHANGELOG.md`);
    return text !== undefined && headings(text).includes(version);
  };
  if (tryGit(directory, 'rev-parse', '--verify', 'HEAD') === undefined) return isGit(directory);
  if (!headingIn('HEAD')) return true;
  const hasParent = tryGit(directory, 'rev-parse', '--verify', 'HEAD^') !== undefined;
  const edited = tryGit(directory, 'diff', '--quiet', 'HEAD', '--', contractFile) === undefined;
  return hasParent && !headingIn('HEAD^') && !edited;
}

function missing(directory: string, version: string): MissingRelease {
  const tag = `v${version}`;
  const told = `CHANGELOG.md says that ${version} was released`;
  if (!isGit(directory)) {
    return new MissingRelease(`${told}, but this is no git repository, so there is nothing to compare with.`);
  }
  const shallow = tryGit(directory, 'rev-parse', '--is-shallow-repository') === 'true';
  const source = upstream(directory);
  const fetch = `git fetch ${shallow ? '--unshallow ' : ''}--tags${source ? ` ${source}` : ''}`;
  const fork = source ? `; in a fork, from the repository it was made of` : '';
  return new MissingRelease(`${told}, but this clone has no tag ${tag}. Run: ${fetch}${fork}.`);
}

function upstream(directory: string): string | undefined {
  const remotes = tryGit(directory, 'remote')?.split('\n').filter(Boolean) ?? [];
  return remotes.includes('upstream') ? 'upstream' : remotes[0];
}

const isGit = (directory: string) => tryGit(directory, 'rev-parse', '--git-dir') !== undefined;
const hasTag = (directory: string, version: string) =>
  tryGit(directory, 'rev-parse', '--verify', '--quiet', `refs/tags/v${version}^{commit}`) !== undefined;

function readChangelog(directory: string): string {
  try {
    return readFileSync(path.join(directory, 'CHANGELOG.md'), 'utf8');
  } catch {
    return '';
  }
}
