/** What `npm run diff` compares, prints and finds wrong. */
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { diff } from '../../scripts/diff.ts';
import { runScript } from '../run-script.ts';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});

/** Puts another path in. */
const ping = [/^paths:\n/m, 'paths:\n  /api/v1/ping:\n    get: { responses: {} }\n'] as const;

const run = (options = {}) => diff({ directory: project.directory, ...options });

test('a breaking edit is a problem until contract and package have the next major version', async () => {
  project.git('tag', 'v1.0.0');
  project.editContract('maximum: 100', 'maximum: 50');
  const { lines: report, problems } = await run();
  expect(report).toEqual([
    'major  `maximum` of query parameter `limit` changed from 100 to 50.',
    expect.stringMatching(
      /^ {7}openapi\/openapi\.yaml:\d+:\d+ {2}#\/components\/parameters\/limit\/schema\/maximum$/,
    ),
    'diff: v1.0.0 → openapi/openapi.yaml: 1 major, 0 minor, 0 patch.',
  ]);
  expect(problems).toEqual(['info.version is 1.0.0, but major changes since 1.0.0 ask for 2.0.0 or higher.']);

  project.setVersion('2.0.0-rc.1', '1.0.0');
  expect((await run()).problems).toEqual([
    'package.json has version 1.0.0 and the contract 2.0.0-rc.1; they are always equal.',
  ]);
});

test('another release can be chosen', async () => {
  project.git('tag', 'v1.0.0');
  project.editContract('["llama", "qwen"]', '["llama", "qwen", "gemma"]');
  project.setVersion('1.1.0', '1.1.0');
  project.commit();
  project.git('tag', 'v1.1.0');
  project.git('tag', 'not-a-release');
  expect(await run()).toEqual({
    lines: ['diff: v1.1.0 → openapi/openapi.yaml: no changes.'],
    problems: [],
    version: { needed: '1.1.0', contract: '1.1.0', package: '1.1.0' },
  });
  const { lines: report, problems } = await run({ base: 'v1.0.0' });
  expect(report[0]).toBe(
    'minor  Property `family` gained "gemma". (clients read values newer than the contract, so callers do not break)',
  );
  expect(problems).toEqual([]);
});

test('a copy of the contract is a version of it, whose new paths count; a break in it fails', async () => {
  const contract = project.read('openapi/openapi.yaml');
  project.write('copy.yaml', contract.replace(...ping));
  const added = await run({ base: 'openapi/openapi.yaml', revision: 'copy.yaml' });
  expect(added.lines[0]).toBe('minor  Operation `GET /api/v1/ping` was added.');
  expect(added.problems).toEqual([]);
  const removed = await run({ base: 'copy.yaml' });
  expect(removed.lines[0]).toBe('major  Operation `GET /api/v1/ping` was removed.');
  expect(removed.problems).toHaveLength(1);
});

test.each([
  ['v9.9.9', 'is neither a file nor a git reference'],
  ['notes.yaml', 'is not an OpenAPI document'],
  ['openapi', 'is neither a file nor a git reference'],
  ['old.yaml', 'is not of OpenAPI 3: it says "openapi: undefined"'],
  ['broken.yaml', 'broken.yaml: '],
])('a base that is no contract is refused by name: %s', async (base, problem) => {
  project.write('notes.yaml', 'hello: world\n');
  project.write('old.yaml', 'swagger: "2.0"\npaths: {}\n');
  project.write('broken.yaml', 'openapi: 3.1.0\npaths: {\n');
  await expect(run({ base })).rejects.toThrow(problem);
});

test('code that compiled with the last release and does not today is a major change', async () => {
  symlinkSync(path.join(root, 'node_modules'), path.join(project.directory, 'node_modules'));
  const nodenext = { module: 'nodenext', allowImportingTsExtensions: true };
  const compilerOptions = { strict: true, noEmit: true, types: [], ...nodenext };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions }));
  project.write('src/index.ts', "export const sizes = ['small', 'large'] as const;\n");
  project.write(
    'test/surface/root.test-d.ts',
    [
      "import { sizes } from '../../src/index.ts';",
      "export const first: 'small' = sizes[0];",
      '// @ts-expect-error there is no such size',
      "export const known: (typeof sizes)[number] = 'huge';",
    ].join('\n'),
  );
  project.commit();
  project.git('tag', 'v1.0.0');
  // The line that was refused compiles now, which breaks nobody.
  project.edit('src/index.ts', (text) => text.replace('const sizes', 'const allSizes'));
  const { lines: report, problems } = await run();
  expect(report.filter((line) => line.startsWith(' '))).toEqual([
    '       v1.0.0:test/surface/root.test-d.ts:1:10',
  ]);
  expect(problems).toEqual([expect.stringContaining('ask for 2.0.0 or higher')]);
}, 60_000);

test('a document with nothing but webhooks is compared', async () => {
  const hook = (type: string) => ({
    openapi: '3.1.0',
    info: { title: 'Hooks', version: '1.0.0' },
    webhooks: { done: { post: { requestBody: { content: { 'application/json': { schema: { type } } } } } } },
  });
  project.write('base.json', JSON.stringify(hook('integer')));
  project.write('revision.json', JSON.stringify(hook('number')));
  expect(await run({ base: 'base.json', revision: 'revision.json' })).toEqual({
    lines: [
      'major  Type of request body changed from integer to number.',
      '       revision.json:1:146  #/webhooks/done/post/requestBody/content/application~1json/schema',
      'diff: base.json → revision.json: 1 major, 0 minor, 0 patch.',
    ],
    problems: ['1 change is major, and --fail-on major lets none through.'],
  });
});

test('the command ends with 1 where a document breaks callers, and with 0 where nothing does', async () => {
  const [contract, backend] = ['test/diff/documents/contract.yaml', 'test/diff/documents/backend.json'];
  const [same, other] = await Promise.all([
    runScript('diff.ts', ['--base', contract, '--revision', backend]),
    runScript('diff.ts', ['--base', 'openapi/openapi.yaml', '--revision', contract]),
  ]);
  expect(same).toMatchObject({ code: 0, stderr: '' });
  expect(same.stdout).toContain('0 major, 0 minor, 0 patch, words aside.');
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('and --fail-on major lets none through.\n'),
  });
});

test.each([
  [
    ['--fail-on', 'everything'],
    "option '--fail-on <severity>' argument 'everything' is invalid. It takes major, minor, patch or none.",
  ],
  [
    ['--write', '--revision', 'x.yaml'],
    '--write sets the version of the working contract, so it takes no --revision.',
  ],
])('a wrong command line says what is wrong and ends with 2: %s', async (args, problem) => {
  expect(await runScript('diff.ts', args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${problem}\nSee: npm run diff -- --help\n`,
  });
});
