/** The conformance check of contracts that have grown, against the reference server of the same contract. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { catalogPath, contractOfCatalog } from '../contract/from-yaml.ts';
import { edits } from '../growth/edits.ts';
import { makeProduct } from '../product.ts';
import { answers, type Break, onPage, overlooks, type Page, readsRequest } from './breaks.ts';
import { idsOf } from './support.ts';

type Contract = ReturnType<typeof contractOfCatalog>;

interface Run {
  report: Report;
  methods: string[];
  paths: string[];
}

const removals: (() => void)[] = [];
afterAll(() => {
  for (const remove of removals) remove();
});

/** Makes the product of a changed contract; what comes verifies its reference server, sound or broken. */
async function grown(change: (contract: Contract) => void) {
  const contract = contractOfCatalog();
  change(contract);
  const { load, remove } = await makeProduct(contract);
  removals.push(remove);
  const good: CatalogHandler = (await load('server/index.ts')).createCatalogHandler();
  const { verifyServer } = await load('verify/index.ts');
  return async (breaks: Break = () => good, options = {}): Promise<Run> => {
    const handler = breaks(good);
    const methods = new Set<string>();
    const paths = new Set<string>();
    const report = await verifyServer('http://catalog.test', {
      ...options,
      fetch: (url: string, init: RequestInit) => {
        methods.add(init.method as string);
        paths.add(new URL(url).pathname);
        return handler(new Request(url, init));
      },
    });
    return { report, methods: [...methods].sort(), paths: [...paths] };
  };
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
    { name: 'X-Depth', in: 'header', schema: { type: 'integer', minimum: 1, maximum: 3 } },
  );
  add(
    model,
    { name: 'depth', schema: { type: 'integer', minimum: 1 } },
    { name: 'X-Team', in: 'header', required: true, schema: { type: 'string', minLength: 3 } },
  );
  const { schemas, examples } = contract.components;
  schemas.TrainingModel.properties.grown_license = { type: 'string' };
  for (const { value } of [examples.Catalog, examples.FilteredCatalog] as { value: Page }[]) {
    for (const each of value.models) Object.assign(each, { grown_license: 'MIT' });
  }
}

describe('A contract that has grown', () => {
  let run: Awaited<ReturnType<typeof grown>>;
  beforeAll(async () => {
    run = await grown(grow);
  });

  test('is kept by its reference server, which is asked by GET only', async () => {
    const { report, methods, paths } = await run();
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
    expect(methods).toEqual(['GET']);
    expect([...report.notCalled].sort()).toEqual([
      `DELETE ${catalogPath}/cache`,
      'POST /api/v1/training/jobs',
    ]);
    // The example of the model's answer.
    expect(paths).toContain(`${catalogPath}/meta-llama%2FLlama-3.2-1B`);
  });

  test('has checks of each parameter and each operation that only reads', async () => {
    const ids = (await run()).report.checks.map(({ id }) => id);
    const expected = {
      'grown_ready-': 'refused accepted',
      'grown_tiers-': 'refused accepted',
      'grown_sort-': 'refused empty accepted',
      'grown_since-': 'accepted',
      'X-Depth-': 'refused accepted',
      'get_training_model/':
        'called auth-required auth-scheme tinker_id-refused X-Team-refused depth-refused depth-accepted answer-schema',
      'list_training_catalog_as_table/': 'called auth-required content-type',
    };
    for (const [start, ends] of Object.entries(expected)) {
      for (const end of ends.split(' ')) expect(ids).toContain(start + end);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is asked by other methods where that is allowed, with the example of the body', async () => {
    const { report, methods } = await run(undefined, { unsafe: true });
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(methods).toEqual(['DELETE', 'GET', 'POST']);
    expect(report.notCalled).toEqual([]);
    expect(idsOf(report, 'passed')).toEqual(
      expect.arrayContaining(['create_job/called', 'clear_catalog/content-type']),
    );
  });

  test.each<[name: string, check: string, breaks: Break]>([
    ['a boolean is anything', 'grown_ready-refused', overlooks('grown_ready', (value) => value === 'maybe')],
    [
      'a list has any values',
      'grown_tiers-refused',
      overlooks('grown_tiers', (value) => value === 'no-such-value'),
    ],
    [
      'a header is not bounded',
      'X-Depth-refused',
      readsRequest((_url, headers) => headers.get('x-depth') === '0' && headers.delete('x-depth')),
    ],
    [
      'a required header may be left out',
      'get_training_model/X-Team-refused',
      readsRequest((_url, headers) => headers.has('x-team') || headers.set('x-team', 'abc')),
    ],
    [
      'a path is not checked',
      'get_training_model/tinker_id-refused',
      readsRequest((url) => {
        url.pathname = url.pathname.replace(/\/aa$/, '/aaa');
      }),
    ],
    [
      'the second operation needs no key',
      'get_training_model/auth-required',
      readsRequest((url, headers) => {
        if (/catalog\/[^/]+$/.test(url.pathname) && !headers.has('authorization'))
          headers.set('authorization', 'Bearer any');
      }),
    ],
    [
      'the second operation fails',
      'get_training_model/called',
      answers(
        ({ url, headers }) => url.endsWith('-1B') && headers.has('authorization'),
        () => Response.json({}, { status: 500 }),
      ),
    ],
    [
      'a new field depends on the request',
      'models',
      onPage(
        ({ models }: Page, query) =>
          models &&
          query.has('family') && { models: models.map((each) => ({ ...each, grown_license: 'GPL' })) },
      ),
    ],
    [
      'the table is JSON',
      'list_training_catalog_as_table/content-type',
      answers(
        ({ url }) => url.endsWith('/table'),
        () => Response.json([]),
      ),
    ],
  ])('is broken where %s: %s', async (_name, check, breaks) => {
    expect(idsOf((await run(breaks)).report, 'failed')).toContain(check);
  });
});

test('an operation whose path the contract does not fill in is inconclusive', async () => {
  const run = await grown((contract) => {
    edit('a second operation with a parameter in its path')(contract);
    const item = contract.paths[model];
    delete contract.paths[model];
    item.get.parameters[0].name = 'serial';
    contract.paths[`${catalogPath}/{serial}`] = item;
  });
  const { report } = await run();
  expect(report.outcome).toBe('inconclusive');
  expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([
    {
      id: 'get_training_model/called',
      title: `GET ${catalogPath}/{serial} is answered with a success.`,
      severity: 'must',
      source: 'the contract',
      status: 'skipped',
      reason: 'the contract has no example of the path parameter serial',
    },
  ]);
});

test('an example of the parameter itself comes first', async () => {
  const run = await grown((contract) => {
    edit('a second operation with a parameter in its path')(contract);
    contract.paths[model].get.parameters[0].example = 'Qwen/Qwen3-8B';
  });
  const { report, paths } = await run();
  expect(report.outcome).toBe('passed');
  expect(paths).toContain(`${catalogPath}/Qwen%2FQwen3-8B`);
});

test('all edits of the growth table at once leave a server that passes', async () => {
  const run = await grown((contract) => {
    for (const { change, alone } of edits) if (!alone) change(contract);
  });
  const { report } = await run();
  expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(report.outcome).toBe('passed');
});
