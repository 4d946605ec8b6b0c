/** Measures the start of the built package, one process for each call, against a bare Node. */
import { fileURLToPath } from 'node:url';
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import { runNode } from '../run-node.ts';
import { compare, rowOf, scale } from './measure.ts';
import { dist, startServer } from './processes.ts';
import { runs, type Suite } from './suite.ts';
import { timesBaseline } from './verdict.ts';

const program = fileURLToPath(dist('cli.js'));
const client = fileURLToPath(dist('index.js'));
/** It has types only, so its time is that of Node's loader. */
const emptyModule = fileURLToPath(dist('schema.js'));

/** The shortest script for one call, without a check, retries or a table. */
const script = `
  const response = await fetch(process.env.DREADNODE_SERVER + '${catalog.path}', {
    headers: { authorization: 'Bearer ' + process.env.DREADNODE_API_KEY },
  });
  console.log(JSON.stringify(await response.json(), null, 2));`;

const server = `
  import { createCatalogHandler } from '${dist('server.js')}';
  import { listen } from '${dist('server/node.js')}';
  console.log((await listen(createCatalogHandler())).url);`;

export const run: Suite = async () => {
  const once = { calls: runs, warmUp: 1 };
  const starts = await compare(
    {
      'node -e 0': () => runNode(['-e', '0']),
      'an empty module': () => runNode([emptyModule]),
      'import of the client': () => runNode([client]),
      'training-catalog --help': () => runNode([program, '--help']),
    },
    // The differences are a few milliseconds, so there are twice as many runs.
    { ...once, calls: 2 * runs },
  );
  const { url, stop } = await startServer(['--input-type=module', '-e', server]);
  try {
    const env = { DREADNODE_SERVER: url, DREADNODE_API_KEY: 'bench-key' };
    const lists = await compare(
      {
        'node with the same fetch': () => runNode(['--input-type=module', '-e', script], { env }),
        'list --json': () => runNode([program, 'list', '--json'], { env }),
      },
      once,
    );
    const [bare] = starts;
    return {
      goals: [
        {
          what: 'import of the client in a fresh Node, over `node -e 0`',
          figure: scale(rowOf(starts, 'import of the client'), (time) => (time - bare.median) / 1000),
          unit: 'ms',
          atMost: 10,
        },
        timesBaseline('`training-catalog --help` ÷ `node -e 0`', starts, 'training-catalog --help', 1.5),
        timesBaseline(
          '`training-catalog list --json` ÷ a script with the same bare fetch',
          lists,
          'list --json',
          1.3,
        ),
      ],
      details: {
        [`a start, ${2 * runs} processes each`]: starts,
        [`a list of 20 models, ${runs} processes each, over loopback`]: lists,
      },
    };
  } finally {
    await stop();
  }
};
