/** The types of Cloudflare Workers, where there is no DOM. */
import { compile } from './compile.ts';
import { attempt, link, pinnedVersion, type Target } from './target.ts';

const name = '@cloudflare/workers-types';

export const workersTypes: Target = {
  id: 'workers-types',
  title: name,
  pinned: true,
  version: () => pinnedVersion(name),
  async check({ consumer }) {
    await link(consumer, name);
    return {
      ...(await attempt('worker.ts', () => compile(consumer.folder, ['types/worker.ts'], { types: [name] }))),
      ...(await attempt('client.ts', () => compile(consumer.folder, ['types/client.ts'], { types: [name] }))),
    };
  },
};
