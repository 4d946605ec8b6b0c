/** Serves the contract itself beside a handler. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type CatalogHandler, cores } from './handler.ts';
import { type PlainResponse, respond } from './plain.ts';

/** Documents by path. */
export type Documents = ReadonlyMap<string, PlainResponse>;

/** The contract in both forms that the package has. */
export async function readDocuments(): Promise<Documents> {
  const { resolve } = createRequire(import.meta.url);
  const read = (file: string) => readFile(resolve(`training-catalog-contract/${file}`), 'utf8');
  return new Map([
    ['/openapi.json', respond(200, 'application/json', await read('openapi.json'))],
    ['/openapi.yaml', respond(200, 'application/yaml', await read('openapi.yaml'))],
  ]);
}

/** A handler that answers GET and HEAD of the documents. They need no key, so that tools such as Swagger UI can read them. */
export function withDocuments(handler: CatalogHandler, documents: Documents): CatalogHandler {
  function find({ method, url }: { method: string; url: string }): PlainResponse | undefined {
    const isRead = method === 'GET' || method === 'HEAD';
    return isRead && URL.canParse(url) ? documents.get(new URL(url).pathname) : undefined;
  }
  const both: CatalogHandler = async (request) => {
    const found = find(request);
    return found ? new Response(found.body, found) : handler(request);
  };
  const core = cores.get(handler);
  if (core) cores.set(both, async (request) => find(request) ?? core(request));
  return both;
}
