/** Reads each hostile body by the client, as a page and as an error, and tells what came of it. */
import { createTrainingCatalogClient } from '../../../src/index.ts';
import { hostileBody, hostileNames } from '../hostile-bodies.ts';

/** An answer whose body comes as a chunk for each byte. */
function byteByByte(body: string, status: number) {
  const bytes = new TextEncoder().encode(body);
  let at = 0;
  const read = async () => {
    const value = bytes.slice(at, at + 1);
    at += 1;
    return { done: value.length === 0, value };
  };
  return {
    status,
    headers: new Headers(),
    body: { getReader: () => ({ read, cancel: async () => {} }) },
    text: async () => body,
  };
}

const outcomes: object[] = [];
for (const name of hostileNames) {
  // Where the process ends for want of memory, this is the last that is said.
  console.error(name);
  // Of a body whose bytes come one by one a fifth shows the same.
  const inBytes = name.endsWith('byte by byte');
  const body = hostileBody(name, inBytes ? 1_000_000 : 5_000_000);
  for (const status of [200, 422]) {
    let drifts = 0;
    const client = createTrainingCatalogClient({
      baseUrl: 'http://127.0.0.1',
      apiKey: 'SECRET0123456789',
      retry: false,
      fetch: async () => (inBytes ? byteByByte(body, status) : new Response(body, { status })),
      onDrift: () => {
        drifts += 1;
      },
    });
    const start = performance.now();
    const outcome = await client.listModels().then(
      () => ({ kind: 'resolved', problems: 0, shown: 0 }),
      (error) => ({ kind: error.kind, problems: error.errors?.length, shown: JSON.stringify(error).length }),
    );
    outcomes.push({ name, status, ...outcome, drifts, seconds: (performance.now() - start) / 1_000 });
  }
}
console.log(JSON.stringify({ outcomes, peak: process.resourceUsage().maxRSS * 1024 }));
