/** Answers with the contract itself, beside what a handler serves. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Answer, answer } from './answer.ts';
import { type CatalogHandler, cores } from './handler.ts';

/** Documents by path. */
export type Documents = ReadonlyMap<string, Answer>;

/** The contract as the package has it, in both of its forms. */
export async function readDocuments(): Promise<Documents> {
  const { resolve } = createRequire(import.meta.url);
  const read = (door: string) => readFile(resolve(`training-catalog-contract/${door}`), 'utf8');
  return new Map([
    ['/openapi.json', answer(200, 'application/json', await read('openapi.json'))],
    ['/openapi.yaml', answer(200, 'application/yaml', await read('openapi.yaml'))],
  ]);
}

/** A handler that answers GET and HEAD of the documents by itself: like Swagger UI, whoever asks needs no key. */
export function withDocuments(handler: CatalogHandler, documents: Documents): CatalogHandler {
  const find = ({ method, url }: { method: string; url: string }): Answer | undefined =>
    (method === 'GET' || method === 'HEAD') && URL.canParse(url)
      ? documents.get(new URL(url).pathname)
      : undefined;
  const both: CatalogHandler = async (request) => {
    const found = find(request);
    return found ? new Response(found.body, found) : handler(request);
  };
  const core = cores.get(handler);
  if (core) cores.set(both, async (request) => find(request) ?? core(request));
  return both;
}
