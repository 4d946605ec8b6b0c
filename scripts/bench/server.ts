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

const rounds = 9;
const secondsEach = 2;
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
const reference = await listen(createCatalogHandler());

const ratios: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const [ours, theirs] = [await measure(reference.url), await measure(prismUrl)];
  const ratio = ours.perSecond / theirs.perSecond;
  console.log(
    `${round === 0 ? 'warm-up' : `round ${round}`}: reference ${ours.perSecond.toFixed(0)}/s ` +
      `(${ours.cpuPerRequest.toFixed(0)} µs of CPU each), Prism ${theirs.perSecond.toFixed(0)}/s ` +
      `(${theirs.cpuPerRequest.toFixed(0)} µs), ${ratio.toFixed(1)} times as many`,
  );
  if (round > 0) ratios.push(ratio);
}
ratios.sort((a, b) => a - b);
console.log(`median: ${ratios[Math.floor(rounds / 2)]?.toFixed(1)} times as many requests a second as Prism`);
await Promise.all([reference.close(), prism.close()]);
