/** A release goes ahead when contract, package, tag and changelog name one version and all is committed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readRelease } from '../../scripts/release.ts';

let project: string;

afterEach(() => rmSync(project, { recursive: true, force: true }));

function projectWith({
  pkg = '1.2.0',
  contract = '1.2.0',
  changelog = '## 1.2.0 (2026-01-02)\n\n- A new family.\n',
  owner = 'somebody',
  commit = true,
}) {
  project = mkdtempSync(path.join(tmpdir(), 'release-'));
  mkdirSync(path.join(project, 'openapi'));
  const repository = { url: `git+https://github.com/${owner}/contract.git` };
  const files = {
    'package.json': JSON.stringify({ version: pkg, repository }),
    'openapi/openapi.yaml': `openapi: 3.1.0\ninfo: { title: T, version: ${contract} }\npaths: {}\n`,
    'CHANGELOG.md': `# Changelog\n\n## Unreleased\n\n${changelog}\n## 1.1.0\n\n- Old.\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(project, name), text);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project, stdio: 'ignore' });
  git('init');
  if (commit) {
    git('add', '.');
    git('-c', 'user.name=n', '-c', 'user.email=n@localhost', 'commit', '-m', 'all');
  }
  return project;
}

test('its notes are what the changelog says about the version, and it is compared with the version before', () => {
  expect(readRelease(projectWith({}), 'v1.2.0')).toEqual({
    version: '1.2.0',
    previous: '1.1.0',
    notes: '- A new family.',
    obstacles: [],
  });
});

test.each([
  ['the tag differs', {}, 'v1.3.0', 'The tag is v1.3.0, the version 1.2.0.'],
  ['the contract differs', { contract: '1.1.0' }, 'v1.2.0', 'The contract has version 1.1.0'],
  ['the changelog does not know the version', { changelog: '' }, 'v1.2.0', 'nothing under "## 1.2.0"'],
  ['the changelog says nothing', { changelog: '## 1.2.0\n' }, 'v1.2.0', 'nothing under "## 1.2.0"'],
  ['nobody has said where the project lives', { owner: 'OWNER' }, 'v1.2.0', 'in place of /OWNER/'],
  ['a file is not committed', { commit: false }, undefined, '?? CHANGELOG.md'],
])('it does not go ahead when %s', (_, files, tag, obstacle) => {
  expect(readRelease(projectWith(files), tag).obstacles).toEqual([expect.stringContaining(obstacle)]);
});
