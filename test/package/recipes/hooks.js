/** The hooks' query, without a component around it. */
import { QueryClient } from '@tanstack/react-query';

globalThis.location = new URL(process.env.DREADNODE_SERVER);
const { catalog } = await import('./hooks.mts');

const queryOf = (query) => {
  const options = catalog.queryOptions('get', '/api/v1/training/catalog', { params: { query } });
  return new QueryClient().fetchQuery({ ...options, retry: false });
};
const { models } = await queryOf({ limit: 1 });
if (models.length !== 1) throw new Error(`${models.length} models`);
const error = await queryOf({ limit: 0 }).catch((thrown) => thrown);
if (error.type !== 'validation_error') throw new Error(`no envelope: ${error}`);
