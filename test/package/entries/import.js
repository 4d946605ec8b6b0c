/** The suite over `import`: `node import.js '{"plain": "http://127.0.0.1:…", …}'`, on Bun and Deno too. */
import * as api from 'training-catalog-contract';
import * as operations from 'training-catalog-contract/operations';
import { runSuite } from '../suite.js';

console.log(JSON.stringify(await runSuite({ ...api, ...operations }, JSON.parse(process.argv.at(-1)))));
