/** Reads a hostile body by `JSON.parse`, then by the client, and tells how much memory there was at most each time. */
import { createTrainingCatalogClient } from '../../../src/index.ts';
import { hostileBody } from '../hostile-bodies.ts';

const name = process.argv[2] as string;
const body = hostileBody(name, 10_000_000);
const peak = () => process.resourceUsage().maxRSS * 1024;

const before = peak();
try {
  JSON.parse(body);
} catch {}
const parsed = peak();

/** An answer whose body comes as a chunk for each byte. */
function byteByByte(status: number) {
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
for (const status of [200, 422]) {
  let drifts = 0;
  const client = createTrainingCatalogClient({
    baseUrl: 'http://127.0.0.1',
    apiKey: 'SECRET0123456789',
    retry: false,
    fetch: async () => (name.endsWith('byte by byte') ? byteByByte(status) : new Response(body, { status })),
    onDrift: () => {
      drifts += 1;
    },
  });
  const outcome = await client.listModels().then(
    () => ({ kind: 'resolved', problems: 0, shown: 0 }),
    (error) => ({ kind: error.kind, problems: error.errors?.length, shown: JSON.stringify(error).length }),
  );
  outcomes.push({ ...outcome, drifts });
}
console.log(JSON.stringify({ outcomes, parse: parsed - before, client: peak() - before }));
