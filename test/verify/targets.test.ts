import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { checks } from '../../src/verify/checks/index.ts';
import { verifyServer } from '../../src/verify/index.ts';
import { limit } from '../contract/from-yaml.ts';
import { catalogs, idsOf, type Model, verifyHandler } from './support.ts';

const everyId = checks.map(({ id }) => id);

describe('The reference server', () => {
  test('passes every check in process, advice too', async () => {
    const report = await verifyHandler(createCatalogHandler(), { strict: true });
    expect(idsOf(report, 'passed')).toEqual(everyId);
    expect(report.outcome).toBe('passed');
    console.log(`${report.checks.length} checks with ${report.calls} calls`);
    expect(report.calls).toBeLessThan(60);
  });

  test('passes every check over HTTP, advice too', async () => {
    const server = await listen(createCatalogHandler({ authorize: (token) => token === 'dn_key_1' }));
    try {
      const report = await verifyServer(server.url, { strict: true, apiKey: 'dn_key_1' });
      expect(idsOf(report, 'passed')).toEqual(everyId);
    } finally {
      await server.close();
    }
  });

  /** For each reason to skip, the catalogs that give it. */
  const excuses: Record<string, (models: Model[]) => boolean> = {
    'the catalog is empty': (models) => models.length === 0,
    'there are fewer than two models': (models) => models.length < 2,
    'no filter tells the models apart': (models) => models.length < 2,
    'no family tells the models apart': (models) => distinct(models, (model) => model.family) < 2,
    'no algorithm tells the models apart': (models) =>
      distinct(models, (model) => `${model.supported_algorithms}`) < 2,
    'all models are of one size': (models) => distinct(models, (model) => model.size_b) < 2,
    'no two filters narrow each other': (models) => models.length < 4,
    'no id or display name has a space': (models) =>
      !models.some((model) => model.display_name.includes(' ')),
    'there are more matches than fit on a page': (models) => models.length > limit.maximum,
  };
  const distinct = (models: Model[], value: (model: Model) => unknown) => new Set(models.map(value)).size;

  test('fails no check on 20 random catalogs, and skips only what they cannot show', async () => {
    const seed = 7;
    const { maximum } = limit;
    const around = [maximum - 1, maximum, maximum + 1, maximum + 30, 2 * maximum + 50];
    const lengths = [0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 60, ...around];
    const skips = new Map<string, number>();
    for (const [index, length] of lengths.entries()) {
      const [models] = fc.sample(catalogs(length, length), { seed: seed + index, numRuns: 1 }) as [Model[]];
      const report = await verifyHandler(createCatalogHandler({ models }), { strict: true });
      expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(report.outcome).toBe('passed');
      expect(report.calls).toBeLessThan(60);
      for (const check of report.checks) {
        if (check.status !== 'skipped') continue;
        expect([check.reason, models.length, excuses[check.reason]?.(models)]).toEqual([
          check.reason,
          models.length,
          true,
        ]);
        skips.set(check.reason, (skips.get(check.reason) ?? 0) + 1);
      }
    }
    console.log(`seed ${seed}; skipped of ${lengths.length * everyId.length}:`, Object.fromEntries(skips));
    const skipped = [...skips.values()].reduce((sum, count) => sum + count, 0);
    expect(skipped / (lengths.length * everyId.length)).toBeLessThan(0.15);
  });
});

test('an empty catalog skips what it cannot show and passes the rest', async () => {
  const report = await verifyHandler(createCatalogHandler({ models: [] }));
  expect(report.outcome).toBe('passed');
  const shown = idsOf(report, 'passed');
  expect(
    shown.filter((id) => /filter|unmatched|inclusive|search|encoding-[^m]|total|applied/.test(id)),
  ).toEqual([]);
  expect(shown).toContain('auth-required');
  expect(shown).toContain('limit-out-of-range');
});

describe('Prism, which takes its answers from the examples,', () => {
  let url: string;
  let prism: ChildProcess;

  beforeAll(async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    url = `http://127.0.0.1:${port}`;
    const cli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
    const contract = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url));
    prism = spawn(process.execPath, [cli, 'mock', contract, '-h', '127.0.0.1', '-p', `${port}`], {
      stdio: 'ignore',
    });
    while (!(await fetch(url).catch(() => undefined))) {
      if (prism.exitCode !== null) throw new Error(`Prism ended with ${prism.exitCode}`);
      await delay(50);
    }
  }, 60_000);

  afterAll(async () => {
    prism.kill();
    await once(prism, 'exit');
  });

  test('meets the checks that need no filtering, and fails the others', async () => {
    const report = await verifyServer(url);
    expect(report.outcome).toBe('failed');
    expect(idsOf(report, 'passed')).toMatchInlineSnapshot(`
      [
        "auth-required",
        "auth-scheme",
        "auth-empty-token",
        "catalog-valid",
        "content-type",
        "limit-out-of-range",
        "limit-not-whole",
        "size-not-a-number",
        "error-envelope",
        "error-code",
        "limit-default",
        "limit-accepted",
        "total-ignores-limit",
        "total-counts-matches",
        "total-narrows",
        "min-size-inclusive",
        "max-size-inclusive",
        "search-id",
        "search-display-name",
        "encoding-space",
        "auth-before-query",
        "search-case",
        "search-part",
        "encoding-form",
        "encoding-malformed",
        "order-stable",
        "ids-distinct",
        "parameter-unknown",
      ]
    `);
    expect(idsOf(report, 'failed')).toMatchInlineSnapshot(`
      [
        "number-empty",
        "limit-echoed",
        "limit-applied",
        "family-filter",
        "family-unmatched",
        "algorithm-filter",
        "algorithm-unmatched",
        "min-size-filter",
        "max-size-filter",
        "size-decimals",
        "size-zero",
        "filters-combine",
        "search-combines",
        "search-unmatched",
        "encoding-plus",
        "encoding-percent",
        "encoding-unicode",
        "size-infinite",
        "bounds-crossed",
        "family-case",
        "parameter-repeated",
        "path-unknown",
        "method-unknown",
        "auth-scheme-case",
      ]
    `);
    expect(idsOf(report, 'skipped')).toMatchInlineSnapshot(`
      [
        "error-names-parameter",
      ]
    `);
  });
});
