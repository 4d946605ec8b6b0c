/** Shows the package at work: a page to look at, a mock beside it, and the catalog by the typed client. */
import { list_training_catalog_endpoint as operation } from '../generated/operations.ts';
import { stopped } from '../src/cli/stop.ts';
import { formatTable } from '../src/cli/table.ts';
import { wrap } from '../src/columns.ts';
import { createTrainingCatalogClient } from '../src/index.ts';
import { startMock } from '../src/mock/index.ts';
import { createCatalogHandler } from '../src/server/index.ts';
import { listen, withPage } from '../src/server/node.ts';
import { readCommandLine } from './command-line.ts';

const { values } = readCommandLine({
  command: 'npm start',
  summary:
    'Serves the catalog with a page to look at and a mock beside it, and lists it with the typed client.',
  options: { exit: { help: 'end when the catalog is listed, instead of leaving both servers running' } },
});

const columns = (process.stdout.isTTY && process.stdout.columns) || undefined;
const say = (text: string) => console.log(`${wrap(text, Math.min(columns ?? 80, 80))}\n`);
/** Code and addresses are never wrapped, as they are there to be copied. */
const show = (...lines: string[]) => console.log(`${lines.map((line) => `  ${line}`).join('\n')}\n`);

stopped().then(() => process.exit(0));

const server = await listen(withPage(createCatalogHandler()));
say('The catalog is the list of base models that hosted training accepts. Look at it in a browser:');
show(server.url);
say(
  'The page filters, sorts, and shows each request and its answer. Behind it is the reference server, which behaves ' +
    'like the API: build a UI or a service against this address.',
);

const mock = await startMock();
say(
  "Beside it runs Prism's mock. It gives the examples of the contract whatever the filters, so that a test knows " +
    'what it will get:',
);
show(mock.url);

const client = createTrainingCatalogClient({ baseUrl: server.url, apiKey: 'any-key' });
const { models, total } = await client.listModels();
say('Both take any key. The same list, by the typed client:');
console.log(`${formatTable(models, columns)}\n`);
say(`${models.length} of ${total} models. Call it yourself, in a terminal or in TypeScript:`);
show(`curl -H 'Authorization: Bearer any-key' '${server.url}${operation.path}'`);
show(
  "import { createTrainingCatalogClient } from 'training-catalog-contract';",
  `const client = createTrainingCatalogClient({ baseUrl: '${server.url}', apiKey: 'any-key' });`,
  'const { models } = await client.listModels();',
);

if (values.exit) await Promise.all([server.close(), mock.close()]);
else say('Both servers run until you press Ctrl-C.');
