import { once } from 'node:events';
import { expect, test } from 'vitest';
import { catalogPath } from '../contract/from-yaml.ts';
import { runSnippet } from './run.ts';

const warmUp = 300;
const requests = 2_000;

test(`${requests} requests leave the mock's memory where it was`, { timeout: 240_000 }, async () => {
  const { child, ended } = runSnippet(`
    import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    import { startMock } from './src/mock/index.ts';
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    const mock = await startMock();
    process.on('message', () => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      process.send(heapUsed + external);
    });
    process.send(mock.url);
  `);
  const [url] = await once(child, 'message');
  const readMemory = async (): Promise<number> => {
    child.send('read');
    const [bytes] = await once(child, 'message');
    return bytes;
  };
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent += 20) {
      const calls = Array.from({ length: 20 }, async () => {
        const response = await fetch(url + catalogPath, { headers: { authorization: 'Bearer any' } });
        await response.text();
        expect(response.status).toBe(200);
      });
      await Promise.all(calls);
    }
  };
  await send(warmUp);
  const before = await readMemory();
  await send(requests);
  const grown = ((await readMemory()) - before) / 2 ** 20;
  console.log(`memory grew by ${grown.toFixed(2)} MiB in ${requests} requests`);
  child.kill();
  await ended;
  expect(grown).toBeLessThan(4);
});
