/** Measures how long the reference server and Prism take for the same requests. */
import autocannon from 'autocannon';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { type Benchmark, compare } from './measure.ts';
import { buildModules } from './package.ts';
import { pageOf } from './page.ts';
import { startServer } from './processes.ts';

const requests = 3000;

async function send(url: string): Promise<void> {
  const { non2xx, errors } = await autocannon({
    url: `${url}${operation.path}?limit=20`,
    headers: { authorization: 'Bearer any' },
    connections: 10,
    amount: requests,
    // In ms. It ends with a sample, by default once a second.
    sampleInt: 5,
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers other than 2xx, ${errors} errors.`);
}

export const run: Benchmark = async (folder) => {
  const moduleUrl = await buildModules(folder, {
    mock: 'src/mock/index.ts',
    server: 'src/server/index.ts',
    'server/node': 'src/server/node.ts',
  });
  // In processes of their own, since the load would slow them down.
  const start = (script: string) => startServer(['--input-type=module', '-e', script]);
  await using reference = await start(`
    import { createCatalogHandler } from '${moduleUrl('server')}';
    import { listen } from '${moduleUrl('server/node')}';
    console.log((await listen(createCatalogHandler())).url);`);
  await using prism = await start(`
    import { startMock } from '${moduleUrl('mock')}';
    console.log((await startMock()).url);`);
  // What the adapter and the platform's Response leave to be gained.
  await using fixed = await start(`
    import { listen } from '${moduleUrl('server/node')}';
    const body = ${JSON.stringify(JSON.stringify(pageOf(20)))};
    const headers = { 'content-type': 'application/json' };
    console.log((await listen(async () => new Response(body, { headers }))).url);`);
  const { times, ratio } = await compare(
    {
      'reference server': () => send(reference.url),
      'a fixed answer, listened to alike': () => send(fixed.url),
      'Prism, in process': () => send(prism.url),
    },
    { rounds: 10, warmUp: 2 },
  );
  return {
    [`${requests} requests by 10 connections, 10 times each`]: times,
    "requests a second ÷ Prism's": [
      {
        what: 'reference server',
        ...ratio('Prism, in process', 'reference server'),
        atLeast: 2,
      },
      {
        what: 'a fixed answer, listened to alike',
        ...ratio('Prism, in process', 'a fixed answer, listened to alike'),
      },
    ],
  };
};
