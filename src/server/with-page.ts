/** Puts a page for people, and the contract that it reads, beside a handler. */
import type { CatalogHandler } from './handler.ts';
import { respond } from './respond.ts';

/**
 * Adds `/`, a page on which the catalog can be looked at and filtered, and the contract as `/openapi.json` and
 * `/openapi.yaml`. None of them needs a key. All other requests are the handler's.
 *
 * @example
 * const server = await listen(withPage(createCatalogHandler()), { port: 4010 });
 */
export function withPage(handler: CatalogHandler): CatalogHandler {
  return async (request) => {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') return handler(request);
    // Imported here and not above, as it needs `import.meta`, which Jest can't read.
    const { readPageFiles } = await import('./page-files.ts');
    const file = readPageFiles().get(new URL(request.url).pathname);
    return file ? respond(200, method === 'HEAD' ? null : file.body, file.headers) : handler(request);
  };
}
