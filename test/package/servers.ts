/** Starts the other side of the suite: the packed reference server, as it is and scripted to misbehave. */
import type { createCatalogHandler as Create } from '../../src/server/index.ts';
import type { listen as Listen } from '../../src/server/node.ts';
import { unheardOf } from '../contract/from-yaml.ts';
import type { Consumer } from './consumer.ts';
import { models } from './models.js';

export interface Servers {
  urls: Record<'plain' | 'newer' | 'busy' | 'stalling', string>;
  close(): Promise<void>;
}

export async function startServers(consumer: Consumer): Promise<Servers> {
  const { createCatalogHandler } = await consumer.load<{ createCatalogHandler: typeof Create }>('/server');
  const { listen } = await consumer.load<{ listen: typeof Listen }>('/server/node');
  const plain = createCatalogHandler({ models });

  const handlers = {
    plain,
    /** Has a family that the contract does not know. */
    newer: createCatalogHandler({
      async intercept(request) {
        if (request.method !== 'GET') return undefined;
        const page = (await (await plain(request)).json()) as { models: { family: string }[] };
        for (const model of page.models) model.family = unheardOf;
        return Response.json(page);
      },
    }),
    /** Refuses every other request. */
    busy: createCatalogHandler({
      models,
      intercept: (_request, n) =>
        n % 2 === 0 ? new Response(null, { status: 429, headers: { 'retry-after': '0' } }) : undefined,
    }),
    /** Never ends its bodies. */
    stalling: createCatalogHandler({
      intercept: () => {
        const start = (stream: ReadableStreamDefaultController) =>
          stream.enqueue(new TextEncoder().encode('{"models": ['));
        return new Response(new ReadableStream({ start }), {
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
  };

  const entries = Object.entries(handlers).map(
    async ([name, handler]) => [name, await listen(handler)] as const,
  );
  const listening = await Promise.all(entries);
  return {
    urls: Object.fromEntries(listening.map(([name, { url }]) => [name, url])) as Servers['urls'],
    close: async () => void (await Promise.all(listening.map(([, server]) => server.close()))),
  };
}
