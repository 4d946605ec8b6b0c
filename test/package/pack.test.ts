/** What `npm pack` puts into the tarball: nothing missing, nothing by accident. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';

let project: string;
let packed: string[];
let metadata: { exports: Record<string, string | Record<string, string>>; bin?: Record<string, string> };

/** npm as this process runs it, without a shell. */
function npm(...args: string[]): string {
  const cli = process.env['npm_execpath'];
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  return execFileSync(command, [...first, ...args], { cwd: project, encoding: 'utf8', stdio: 'pipe' });
}

beforeAll(() => {
  // A copy, because the build of the working copy may be stale, or under way for another test.
  project = mkdtempSync(path.join(tmpdir(), 'pack-'));
  const names = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n');
  for (const name of names.filter((file) => file && existsSync(path.join(root, file)))) {
    cpSync(path.join(root, name), path.join(project, name));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
  npm('run', 'build');
  const [report] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts'));
  packed = report.files.map((file: { path: string }) => file.path);
  metadata = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('apart from sources and build there are exactly these files', () => {
  const others = packed.filter((file) => !/^(?:src|dist)\//.test(file)).sort();
  expect(others).toEqual(
    [
      'LICENSE',
      'README.md',
      'generated/constants.ts',
      'generated/examples.ts',
      'generated/openapi.json',
      'generated/schema.ts',
      'generated/validators.ts',
      'openapi/openapi.yaml',
      'package.json',
    ].filter((file) => existsSync(path.join(root, file))),
  );
});

test('sources are TypeScript, and the build is modules, their types and source maps', () => {
  expect(packed.filter((file) => file.startsWith('src/') && !file.endsWith('.ts'))).toEqual([]);
  expect(
    packed.filter((file) => file.startsWith('dist/') && !/\.(?:js|d\.ts|js\.map|d\.ts\.map)$/.test(file)),
  ).toEqual([]);
});

test('every door of the package leads to a file in it', () => {
  const doors = Object.values(metadata.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const targets = [...doors, ...Object.values(metadata.bin ?? {})].map((file) => path.posix.normalize(file));
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((file) => !packed.includes(file))).toEqual([]);
});
