/** Checks that a tag may be published, then prints what its section of the changelog says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { contractFile, readDocument } from './diff/document.ts';

/** The owner in the addresses of package.json, until the project has a repository. */
const placeholder = '/OWNER/';

/**
 * @param tag such as `v1.2.3`
 * @returns the release notes
 * @throws if contract, package, tag and changelog do not agree, or the repository is not named yet
 */
export function releaseNotes(directory: string, tag: string): string {
  const { version, repository, bugs } = JSON.parse(
    readFileSync(path.join(directory, 'package.json'), 'utf8'),
  );
  // npm compares the provenance with `repository`, and refuses to publish if they differ.
  if (`${repository?.url} ${bugs?.url}`.includes(placeholder)) {
    throw new Error(`Put the owner in place of ${placeholder} in "repository" and "bugs" of package.json.`);
  }
  const contract = readDocument(contractFile, directory).version;
  if (tag !== `v${version}` || contract !== version) {
    throw new Error(`Tag ${tag}, package ${version} and contract ${contract} must name one version.`);
  }
  const changelog = readFileSync(path.join(directory, 'CHANGELOG.md'), 'utf8');
  const section = changelog.split(/^## /m).find((text) => text.split(/\s/, 1)[0] === version);
  const notes = section?.slice(section.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md has nothing under "## ${version}"; rename "Unreleased" to it.`);
  return notes;
}

if (process.argv[1] === import.meta.filename) {
  const { words } = readCommandLine({
    command: 'npx tsx scripts/release.ts',
    summary: 'Checks that a tag may be published, and prints its release notes.',
    words: '<tag>',
  });
  try {
    console.log(releaseNotes(root, words[0] as string));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
