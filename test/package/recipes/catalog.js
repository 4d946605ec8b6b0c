/** Outside of a render `cache` does nothing; the call itself must go well, and what is Next's must reach fetch. */
import { listModels } from './catalog.ts';

const seen = [];
const { fetch } = globalThis;
globalThis.fetch = (url, init) => {
  seen.push(init.next);
  return fetch(url, init);
};
const { total } = await listModels('qwen');
if (total === 0) throw new Error('no models');
if (seen[0]?.revalidate !== 60) throw new Error('next did not reach fetch');
