/** Calls a handler the way a caller with a key does. */
import type { components } from '../../generated/schema.ts';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { catalogPath } from '../contract/from-yaml.ts';

type Schemas = components['schemas'];

export const address = `http://catalog.test${catalogPath}`;

const defaultHandler = createCatalogHandler();

/** @param search - The query with its `?`, or any other path on the same host. */
export function ask(
  search = '',
  { handler = defaultHandler, headers = {}, ...init }: RequestInit & { handler?: CatalogHandler } = {},
): Promise<Response> {
  const url = search.startsWith('/') ? new URL(search, address) : address + search;
  return handler(new Request(url, { ...init, headers: { authorization: 'Bearer key', ...headers } }));
}

export async function askCatalog(...args: Parameters<typeof ask>) {
  const response = await ask(...args);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const catalog = (await response.json()) as Required<Schemas['TrainingCatalogResponse']>;
  return { ...catalog, ids: catalog.models.map((model) => model.tinker_id) };
}

export async function askEnvelope(...args: Parameters<typeof ask>) {
  const response = await ask(...args);
  return { status: response.status, ...((await response.json()) as Schemas['APIErrorPayload']) };
}
