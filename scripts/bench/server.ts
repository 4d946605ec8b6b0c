/** Measures the requests a second of the reference server against those of Prism, same calls and same load. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger } from '@stoplight/prism-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer } from '@stoplight/prism-http-server';
import { catalogPath } from '../../generated/constants.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';

const rounds = 3;
const secondsEach = 3;
const autocannon = createRequire(import.meta.url).resolve('autocannon');

interface Load {
  perSecond: number;
  /** Of this process, in microseconds: steadier than `perSecond` where other programs use the machine. */
  cpuPerRequest: number;
}

/** The load comes from a process of its own, so it does not slow down the server it measures. */
async function measure(url: string): Promise<Load> {
  const before = process.cpuUsage();
  const { stdout } = await promisify(execFile)(process.execPath, [
    autocannon,
    ...['--json', '--connections', '10', '--duration', String(secondsEach)],
    ...['--headers', 'authorization=Bearer any', `${url}${catalogPath}?family=qwen&limit=20`],
  ]);
  const { user, system } = process.cpuUsage(before);
  const { requests, non2xx, errors } = JSON.parse(stdout);
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers other than 2xx, ${errors} errors`);
  return { perSecond: requests.average, cpuPerRequest: (user + system) / requests.total };
}

const document = fileURLToPath(import.meta.resolve('../../openapi/openapi.yaml'));
const prism = createServer(await getHttpOperationsFromSpec(document), {
  components: { logger: createLogger('prism', { level: 'silent', customLevels: { success: 11 } }) },
  config: {
    mock: { dynamic: false },
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    isProxy: false,
    errors: false,
  },
  cors: true,
} as unknown as Parameters<typeof createServer>[1]);
const prismUrl = await prism.listen(0, '127.0.0.1');
const handler = createCatalogHandler();
const light = await listen(handler);
const web = await listen((request) => handler(request));

const servers = { reference: light.url, 'any handler': web.url, Prism: prismUrl };
for (let round = 0; round <= rounds; round++) {
  const loads: Record<string, Load> = {};
  for (const [name, url] of Object.entries(servers)) loads[name] = await measure(url);
  const { reference, Prism } = loads as { reference: Load; Prism: Load };
  console.log(round === 0 ? 'warm-up' : `round ${round}`);
  console.table(loads);
  console.log(
    `reference / Prism: ${(reference.perSecond / Prism.perSecond).toFixed(1)} requests a second, ` +
      `${(Prism.cpuPerRequest / reference.cpuPerRequest).toFixed(1)} requests a second of CPU`,
  );
}
await Promise.all([light.close(), web.close(), prism.close()]);
