/** The conformance check of contracts that have grown, against the reference server of the same contract. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readContract, root } from '../../scripts/contract/read.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';
import type { Report } from '../../src/verify/index.ts';
import { catalogPath, contractOfCatalog } from '../contract/from-yaml.ts';
import { edits } from '../growth/edits.ts';

type Contract = ReturnType<typeof contractOfCatalog>;

interface Run {
  report: Report;
  methods: string[];
  paths: string[];
}

interface Runs {
  sound: Run;
  unsafe: Run;
  failed: Record<string, string[]>;
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Makes a copy of the sources for the contract, and runs them. */
async function runGrown(change: (contract: Contract) => void): Promise<Runs> {
  const folder = await mkdtemp(path.join(tmpdir(), 'grown-'));
  folders.push(folder);
  const contract = contractOfCatalog();
  change(contract);
  await writeFile(path.join(folder, 'openapi.json'), JSON.stringify(contract));
  await writeGenerated(
    await generate(await readContract(path.join(folder, 'openapi.json'))),
    path.join(folder, 'generated'),
  );
  await cp(path.join(root, 'src'), path.join(folder, 'src'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const script = path.join(folder, 'test/verify/grown/run.ts');
  await cp(path.join(import.meta.dirname, 'grown/run.ts'), script);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx/esm', script], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

const edit = (title: string) =>
  edits.find((each) => each.title === title)?.change as (contract: Contract) => void;
const model = `${catalogPath}/{tinker_id}`;

/** A second operation, one with text, one that removes, one that creates, and parameters of every sort. */
function grow(contract: Contract): void {
  edit('a second operation with a parameter in its path')(contract);
  edit('a second operation with a body')(contract);
  edit('an operation without a body in its answer, and one with text')(contract);
  const add = (path: string, ...parameters: object[]) => {
    const operation = contract.paths[path].get;
    operation.parameters.push(
      ...parameters.map((parameter) => ({ in: 'query', description: 'A parameter.', ...parameter })),
    );
  };
  add(
    catalogPath,
    { name: 'grown_ready', schema: { type: 'boolean' } },
    {
      name: 'grown_tiers',
      schema: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['free', 'paid'] } },
    },
    { name: 'grown_sort', schema: { anyOf: [{ type: 'string', enum: ['size', 'name'] }, { type: 'null' }] } },
    { name: 'grown_since', schema: { type: 'string', format: 'date-time' } },
    // Their checks would have ids that other checks have: `search-empty` and `content-type`.
    { name: 'search', schema: { type: 'string' } },
    { name: 'content', schema: { type: 'integer' } },
    { name: 'X-Depth', in: 'header', schema: { type: 'integer', minimum: 1, maximum: 3 } },
  );
  add(
    model,
    { name: 'depth', schema: { type: 'integer', minimum: 1 } },
    { name: 'X-Team', in: 'header', required: true, schema: { type: 'string', minLength: 3 } },
  );
}

describe('A contract that has grown', () => {
  let runs: Runs;
  beforeAll(async () => {
    runs = await runGrown(grow);
  });

  const idsOf = ({ report }: Run) => report.checks.map(({ id }) => id);

  test('is kept by its own reference server', () => {
    const { report } = runs.sound;
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
  });

  test('has checks of each parameter and each operation that only reads', () => {
    const ids = idsOf(runs.sound);
    for (const id of [
      ...[
        'grown-ready-type',
        'grown-ready-accepted',
        'grown-tiers-range',
        'grown-tiers-accepted',
        'grown-sort-range',
        'grown-sort-accepted',
      ],
      ...['grown-since-accepted', 'x-depth-type', 'x-depth-range', 'x-depth-accepted'],
      ...['search-empty', 'search-empty-2', 'content-type', 'content-type-2'],
      ...['called', 'auth-required', 'auth-scheme', 'auth-required-with-query', 'tinker-id-range'].map(
        (each) => `get_training_model/${each}`,
      ),
      ...['x-team-required', 'x-team-range', 'depth-type', 'depth-range', 'answer-schema'].map(
        (each) => `get_training_model/${each}`,
      ),
      ...['called', 'auth-required', 'content-type'].map((each) => `list_training_catalog_as_table/${each}`),
    ]) {
      expect(ids).toContain(id);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is asked by GET and HEAD only, and what was left alone is told', () => {
    const { report, methods, paths } = runs.sound;
    expect(methods.sort()).toEqual(['GET', 'HEAD']);
    expect([...report.notCalled].sort()).toEqual([
      `DELETE ${catalogPath}/cache`,
      'POST /api/v1/training/jobs',
    ]);
    // The example of the model's own answer.
    expect(paths).toContain(`${catalogPath}/meta-llama%2FLlama-3.2-1B`);
  });

  test('is asked by other methods where that is allowed, with the example of the body', () => {
    const { report, methods } = runs.unsafe;
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(methods.sort()).toEqual(['DELETE', 'GET', 'HEAD', 'POST', 'PROPFIND']);
    expect(report.notCalled).toEqual([]);
    expect(idsOf(runs.unsafe)).toContain('create_job/called');
    expect(idsOf(runs.unsafe)).toContain('clear_catalog/content-type');
  });

  test.each([
    ['a boolean is anything', 'grown-ready-type'],
    ['a list has any values', 'grown-tiers-range'],
    ['a value beside the list is taken', 'grown-sort-range'],
    ['a header is not bounded', 'x-depth-range'],
    ['a required header may be left out', 'get_training_model/x-team-required'],
    ['a path is not checked', 'get_training_model/tinker-id-range'],
    ['the second operation needs no key', 'get_training_model/auth-required'],
    ['the second operation has another schema', 'get_training_model/answer-schema'],
    ['the table is JSON', 'list_training_catalog_as_table/content-type'],
  ])('is broken where %s: %s', (name, id) => {
    expect(runs.failed[name]).toContain(id);
  });
});

test('an operation whose path the contract does not fill in is inconclusive', async () => {
  const { sound } = await runGrown((contract) => {
    edit('a second operation with a parameter in its path')(contract);
    const item = contract.paths[model];
    delete contract.paths[model];
    item.get.parameters[0].name = 'serial';
    contract.paths[`${catalogPath}/{serial}`] = item;
  });
  expect(sound.report.outcome).toBe('inconclusive');
  expect(sound.report.checks.filter(({ status }) => status !== 'passed')).toEqual([
    {
      id: 'get_training_model/called',
      title: `GET ${catalogPath}/{serial} is answered with a success.`,
      advice: false,
      status: 'skipped',
      reason: 'the contract has no example of the path parameter serial',
    },
  ]);
});

test('an example of the parameter itself comes first', async () => {
  const { sound } = await runGrown((contract) => {
    edit('a second operation with a parameter in its path')(contract);
    contract.paths[model].get.parameters[0].example = 'Qwen/Qwen3-8B';
  });
  expect(sound.report.outcome).toBe('passed');
  expect(sound.paths).toContain(`${catalogPath}/Qwen%2FQwen3-8B`);
});

test('all edits of the growth table at once leave a server that passes', async () => {
  const { sound } = await runGrown((contract) => {
    for (const { change, alone } of edits) if (!alone) change(contract);
  });
  expect(sound.report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(sound.report.outcome).toBe('passed');
});
