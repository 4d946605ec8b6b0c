/** Runs what docs/verify.md shows. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { serve, type } from '../cli/terminal.ts';
import { limit, version } from '../contract/from-yaml.ts';
import { takesLargerLimit } from './support.ts';

const page = await readFile(path.join(root, 'docs/verify.md'), 'utf8');
const [, shown = ''] = /```console\n(.+?)```/s.exec(page) ?? [];
const [, code = ''] = /```ts\n(.+?)```/s.exec(page) ?? [];
const documented = 'http://127.0.0.1:8000';

test('the failure is that of a server which accepts too much', async () => {
  const url = await serve(takesLargerLimit(createCatalogHandler()));
  const { exitCode, out } = await type(['verify', url]);
  expect(exitCode).toBe(1);
  const [command, ...lines] = shown.trimEnd().split('\n');
  expect(command).toBe(`$ npx training-catalog verify ${documented}`);
  // The page was printed when 100 was the largest limit.
  const printed = out
    .replaceAll(url, documented)
    .replace(`contract ${version}`, 'contract 1.0.0')
    .replace(`{"limit":${limit.maximum},`, '{"limit":100,')
    .replace(`?limit=${limit.maximum + 1}'`, "?limit=101'");
  expect(printed).toContain(lines.join('\n'));
});

test('the code runs and prints what it says', async () => {
  const folder = await mkdtemp(path.join(root, 'test/verify/snippet-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'snippet.ts');
  await writeFile(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx/esm', file], {
    cwd: root,
  });
  expect(stdout).toMatch(/^inconclusive\nInconclusive: \d+ passed, \d+ not shown, \d+ calls\.\n$/);
});

test('the job to copy passes what the command takes', async () => {
  const url = await serve(createCatalogHandler());
  const folder = await mkdtemp(path.join(tmpdir(), 'verify-job-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const report = path.join(folder, 'report.xml');
  const [, words = ''] = /npx training-catalog (verify .+)/.exec(page.slice(page.indexOf('```yaml'))) ?? [];
  const args = words.replace(documented, url).replace('report.xml', report).split(' ');
  expect(args).toContain(report);
  // The contract's own catalog is too small to show all of it.
  expect(await type([...args, '--allow-inconclusive'])).toMatchObject({ exitCode: 0 });
  expect(await readFile(report, 'utf8')).toContain('<testsuite');
});

test('every option of the command is in the table, and no other', async () => {
  const { out } = await type(['verify', '--help']);
  const options = [...out.matchAll(/^ +--([\w-]+)/gm)].map(([, name]) => name as string);
  const table = page.slice(page.indexOf('## Options'), page.indexOf('## From code'));
  const named = [...table.matchAll(/`--([\w-]+)/g)].map(([, name]) => name as string);
  expect([...new Set(named)].sort()).toEqual(options.sort());
});
