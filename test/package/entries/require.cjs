/** The suite over `require()`, which also loads every entry point that needs no peer. */
const api = require('training-catalog-contract');
const operations = require('training-catalog-contract/operations');

for (const entry of [
  'raw',
  'schema',
  'server',
  'server/node',
  'mock',
  'verify',
  'openapi.json',
  'package.json',
]) {
  require(`training-catalog-contract/${entry}`);
}

import('../suite.js')
  .then(({ runSuite }) => runSuite({ ...api, ...operations }, JSON.parse(process.argv.at(-1))))
  .then((results) => console.log(JSON.stringify(results)));
