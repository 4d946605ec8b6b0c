/** Demonstrates the package: starts a mock of the contract and lists its catalog with the typed client. */
import { list_training_catalog_endpoint as operation } from '../generated/operations.ts';
import { stopped } from '../src/cli/stop.ts';
import { formatTable } from '../src/cli/table.ts';
import { createTrainingCatalogClient, isCatalogError } from '../src/index.ts';
import { startMock } from '../src/mock/index.ts';
import { readCommandLine } from './command-line.ts';

const { values } = readCommandLine({
  command: 'npm start',
  summary: 'Starts a mock of the contract and lists its catalog with the typed client.',
  options: { exit: { help: 'end when the catalog is listed, instead of leaving the mock running' } },
});

stopped().then(() => process.exit(0));

const mock = await startMock();
console.log(`A Prism mock of the contract answers at ${mock.url}\n`);

const client = createTrainingCatalogClient({ baseUrl: mock.url, apiKey: 'any-key' });
const { models, total } = await client.listModels();
console.log(formatTable(models));
console.log(`\n${models.length} of ${total} models. The same call without a key throws:\n`);

try {
  await createTrainingCatalogClient({ baseUrl: mock.url, apiKey: null }).listModels();
} catch (error) {
  if (!isCatalogError(error, 'api')) throw error;
  console.log(`  kind '${error.kind}', status ${error.status}, type '${error.type}'`);
  console.log(`  ${error.message}`);
}

console.log(`
Call it yourself:

  curl -H 'Authorization: Bearer any-key' '${mock.url}${operation.path}'

or in TypeScript:

  import { createTrainingCatalogClient } from 'training-catalog-contract';

  const client = createTrainingCatalogClient({ baseUrl: '${mock.url}', apiKey: 'any-key' });
  const { models } = await client.listModels();
  for (const model of models) console.log(model.tinker_id, model.size_b);
`);

if (values.exit) await mock.close();
else console.log('The mock runs until you press Ctrl-C.');
