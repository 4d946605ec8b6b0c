/** What a module of a CommonJS package does with the hooks. */
import { catalog } from './hooks.mjs';

export const useModels = (family: string) =>
  catalog.useQuery('get', '/api/v1/training/catalog', { params: { query: { family } } });

export const useWrong = () =>
  // @ts-expect-error: the query has the contract's types
  catalog.useQuery('get', '/api/v1/training/catalog', { params: { query: { limit: 'a' } } });
