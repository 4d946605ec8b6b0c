/** A tag is published when contract, package, tag and changelog name one version, and not before. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { releaseNotes } from '../../scripts/release.ts';

let project: string;

afterEach(() => rmSync(project, { recursive: true, force: true }));

function projectWith({
  pkg = '1.2.0',
  contract = '1.2.0',
  changelog = '## 1.2.0 (2026-01-02)\n\n- A new family.\n',
  owner = 'somebody',
}) {
  project = mkdtempSync(path.join(tmpdir(), 'release-'));
  mkdirSync(path.join(project, 'openapi'));
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ version: pkg, repository: { url: `git+https://github.com/${owner}/contract.git` } }),
  );
  writeFileSync(
    path.join(project, 'openapi/openapi.yaml'),
    `openapi: 3.1.0\ninfo: { title: T, version: ${contract} }\npaths: {}\n`,
  );
  writeFileSync(
    path.join(project, 'CHANGELOG.md'),
    `# Changelog\n\n## Unreleased\n\n${changelog}\n## 1.1.0\n\n- Old.\n`,
  );
  return project;
}

test('the notes are what the changelog says about the version', () => {
  expect(releaseNotes(projectWith({}), 'v1.2.0')).toBe('- A new family.');
});

test.each([
  ['the tag differs', {}, 'v1.3.0', 'must name one version'],
  ['the package differs', { pkg: '1.3.0' }, 'v1.3.0', 'must name one version'],
  ['the contract differs', { contract: '1.1.0' }, 'v1.2.0', 'must name one version'],
  ['the changelog does not know the version', { changelog: '' }, 'v1.2.0', 'nothing under "## 1.2.0"'],
  ['the changelog says nothing', { changelog: '## 1.2.0\n' }, 'v1.2.0', 'nothing under "## 1.2.0"'],
  [
    'nobody has said where the project lives',
    { owner: 'OWNER' },
    'v1.2.0',
    'Put the owner in place of /OWNER/',
  ],
])('no release when %s', (_, files, tag, message) => {
  expect(() => releaseNotes(projectWith(files), tag)).toThrow(message);
});
