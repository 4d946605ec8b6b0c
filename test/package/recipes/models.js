/** Renders the component in jsdom: what there is, and a word where there is nothing or a gateway fails. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { JSDOM } from 'jsdom';
import { createElement } from 'react';
import { createCatalogHandler } from 'training-catalog-contract/server';
import { listen } from 'training-catalog-contract/server/node';

let badGateway = false;
const catalog = createCatalogHandler();
const server = await listen(async (request) =>
  badGateway ? new Response('<title>Bad gateway</title>', { status: 502 }) : catalog(request),
);

const { window } = new JSDOM('', { url: server.url });
const { document, location } = window;
Object.assign(globalThis, { window, document, location });
// Node has one from 21 on.
globalThis.navigator ??= window.navigator;
const { createRoot } = await import('react-dom/client');
const { Models } = await import('./models.tsx');

async function expectText(query, pattern) {
  const element = document.createElement('main');
  const models = createElement(Models, { query });
  createRoot(element).render(createElement(QueryClientProvider, { client: new QueryClient() }, models));
  for (let tries = 0; !pattern.test(element.innerHTML); tries += 1) {
    if (tries === 200) throw new Error(`It shows: ${element.innerHTML}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await expectText({ limit: 1 }, /^<ul><li>[^<]+<\/li><\/ul>$/);
await expectText({ query: 'no model has this name' }, /No models/);
badGateway = true;
await expectText({ limit: 2 }, /<p role="alert">.*502.*Bad gateway/);
process.exit();
