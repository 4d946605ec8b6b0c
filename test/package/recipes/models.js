/** The hooks' query, without a component around it. */
import { QueryClient } from '@tanstack/react-query';
import { catalog } from './models.tsx';

const options = catalog.queryOptions('get', '/api/v1/training/catalog', { params: { query: { limit: 1 } } });
const { models } = await new QueryClient().fetchQuery(options);
if (models.length !== 1) throw new Error(`${models.length} models`);
const refused = catalog.queryOptions('get', '/api/v1/training/catalog', { params: { query: { limit: 0 } } });
const error = await new QueryClient().fetchQuery({ ...refused, retry: false }).catch((thrown) => thrown);
if (error.type !== 'validation_error') throw new Error(`no envelope: ${error}`);
