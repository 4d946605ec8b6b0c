/** Measures the requests per second of the reference server against those of Prism. */
import { createRequire } from 'node:module';
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import { startMock } from '../../src/mock/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { runNode } from '../run-node.ts';
import { spread } from './measure.ts';
import { longRuns, type Suite } from './suite.ts';

const secondsEach = 2;
const autocannon = createRequire(import.meta.url).resolve('autocannon');

interface Load {
  perSecond: number;
  /** Of this process, in microseconds: steadier than `perSecond` where other programs use the machine. */
  cpuPerRequest: number;
}

/** The load comes from another process, so that it does not slow down the server. */
async function measure(url: string): Promise<Load> {
  const before = process.cpuUsage();
  const printed = await runNode([
    autocannon,
    ...['--json', '--connections', '10', '--duration', String(secondsEach)],
    ...['--headers', 'authorization=Bearer any', `${url}${catalog.path}?family=qwen&limit=20`],
  ]);
  const { user, system } = process.cpuUsage(before);
  const { requests, non2xx, errors } = JSON.parse(printed);
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers other than 2xx, ${errors} errors`);
  return { perSecond: requests.average, cpuPerRequest: (user + system) / requests.total };
}

const describe = ({ perSecond, cpuPerRequest }: Load) =>
  `${perSecond.toFixed(0)}/s (${cpuPerRequest.toFixed(0)} µs of CPU each)`;

export const run: Suite = async () => {
  const reference = await listen(createCatalogHandler());
  const prism = await startMock();
  try {
    const ratios: number[] = [];
    const lines: string[] = [];
    for (let round = 0; round <= longRuns; round += 1) {
      const [ours, theirs] = [await measure(reference.url), await measure(prism.url)];
      const ratio = ours.perSecond / theirs.perSecond;
      if (round > 0) ratios.push(ratio);
      lines.push(
        `${round === 0 ? 'warm-up' : `round ${round}`}: reference ${describe(ours)}, ` +
          `Prism ${describe(theirs)}, ${ratio.toFixed(1)} times as many`,
      );
    }
    return {
      goals: [
        {
          what: 'reference server ÷ Prism in process, requests a second',
          figure: spread(ratios),
          unit: 'times',
          atLeast: 5,
        },
      ],
      details: { [`requests a second, ${secondsEach} s each`]: lines },
    };
  } finally {
    await Promise.all([reference.close(), prism.close()]);
  }
};
