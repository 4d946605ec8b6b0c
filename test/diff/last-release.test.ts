/** A missing tag is never taken for no release. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { headings, lastRelease } from '../../scripts/diff/last-release.ts';
import { diff } from '../../scripts/diff.ts';
import { temporaryFolder } from '../generate/scratch.ts';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});

/** Runs git in another folder than that of the project. */
const gitIn = (folder: string, ...args: string[]) => project.git('-C', folder, ...args);

test('before the first release there is one line and success', async () => {
  project.write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- Everything.\n');
  expect(await diff({ directory: project.directory })).toMatchObject({
    lines: [
      'diff: no release yet, so nothing was compared. To compare with a branch: npm run diff -- --base main',
    ],
    problems: [],
  });
});

describe('after a release, when the contract broke', () => {
  beforeEach(() => {
    project.release('1.0.0');
    project.editContract('maximum: 100', 'maximum: 50');
    project.commit();
  });

  test('a shallow clone is told to fetch the rest', async () => {
    await expect(diff({ directory: project.clone('--depth', '1') })).rejects.toThrow(
      'CHANGELOG.md says that 1.0.0 was released, but this clone has no tag v1.0.0. Run: git fetch --unshallow --tags origin',
    );
  });

  test('a clone without tags is told to fetch them, and then reports the break', async () => {
    const directory = project.clone('--no-tags');
    await expect(diff({ directory })).rejects.toThrow(
      'this clone has no tag v1.0.0. Run: git fetch --tags origin',
    );
    gitIn(directory, 'fetch', '--quiet', '--tags', 'origin');
    expect((await diff({ directory })).problems).toHaveLength(1);
  });

  test('a clone of a fork with the main branch only is told to fetch the tags of the original', async () => {
    const fork = temporaryFolder();
    const directory = temporaryFolder();
    gitIn(fork, 'init', '--quiet', '--bare');
    project.git('push', '--quiet', fork, 'main');
    project.git('clone', '--quiet', '--branch', 'main', fork, directory);
    const told = () => diff({ directory });
    await expect(told()).rejects.toThrow(
      'Run: git fetch --tags origin; in a fork, from the repository it was made of.',
    );
    gitIn(directory, 'remote', 'add', 'upstream', project.directory);
    await expect(told()).rejects.toThrow('Run: git fetch --tags upstream');
  });

  test('an archive without git is refused, and named as such', async () => {
    rmSync(path.join(project.directory, '.git'), { recursive: true });
    await expect(diff({ directory: project.directory })).rejects.toThrow('this is no git repository');
  });
});

describe('while a release is made', () => {
  const heading = (text: string) =>
    text.replace('## Unreleased\n', '## Unreleased\n\n## 1.1.0 (2026-02-28)\n');

  beforeEach(() => {
    project.release('1.0.0');
    project.editContract('["llama", "qwen"]', '["llama", "qwen", "gemma"]');
    project.setVersion('1.1.0', '1.1.0');
    project.commit();
    project.edit('CHANGELOG.md', heading);
  });

  test('its heading may come before its tag, in the commit that will get it', async () => {
    const expected = { tag: 'v1.0.0', preparing: '1.1.0' };
    expect(lastRelease(project.directory)).toEqual(expected);
    project.commit();
    expect(lastRelease(project.directory)).toEqual(expected);
    expect((await diff({ directory: project.directory })).problems).toEqual([]);
  });

  test('an edit of the contract on top of it needs the tag', () => {
    project.commit();
    project.editContract('maximum: 100', 'maximum: 50');
    expect(() => lastRelease(project.directory)).toThrow('no tag v1.1.0');
    project.commit();
    expect(() => lastRelease(project.directory)).toThrow('no tag v1.1.0');
  });

  test('a clone without tags is not taken for a release in preparation', () => {
    project.commit();
    project.git('tag', 'v1.1.0');
    expect(() => lastRelease(project.clone('--no-tags'))).toThrow('no tag v1.0.0');
    expect(() => lastRelease(project.clone('--depth', '1', '--no-tags'))).toThrow('no tag v1.1.0');
  });

  test('the version that is prepared is not lowered', async () => {
    project.setVersion('1.2.0', '1.2.0');
    project.edit('CHANGELOG.md', (text) => text.replace('1.1.0', '1.2.0'));
    expect((await diff({ directory: project.directory })).version?.needed).toBe('1.2.0');
  });
});

test('headings of releases are found among others, the newest version first', () => {
  const changelog =
    '# 3.0.0\n## Unreleased\n## [1.2.0] - 2026-01-01\n## v1.10.0\n## 1.9.0-rc.1 (x)\n### 5.0.0\n## 1.2\n';
  expect(headings(changelog)).toEqual(['1.10.0', '1.9.0-rc.1', '1.2.0']);
});
