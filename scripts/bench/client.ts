/** Measures `listModels` with everything on against bare `fetch` and against the clients people use instead. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient as createHeyApi } from '@hey-api/client-fetch';
import ky from 'ky';
import createOpenapiFetch from 'openapi-fetch';
import { catalogPath } from '../../generated/constants.ts';
import { examples200 } from '../../generated/examples.ts';
import type { paths } from '../../generated/schema.ts';
import { root } from '../contract/read.ts';
import { compare, type Row } from './measure.ts';

const apiKey = 'bench-key';
/** Resolves from the project's own tree, as the peers bring a TypeScript of theirs. */
const rootRequire = createRequire(path.join(root, 'package.json'));
const ts = rootRequire('typescript') as typeof import('../../node_modules/typescript/lib/typescript.js');

/** A server in a process of its own that answers with a fixed page of `count` models. */
function startServer(count: number): Promise<{ child: ChildProcess; url: string }> {
  const { models } = examples200.catalog;
  const page = {
    limit: 100,
    total: count,
    models: Array.from({ length: count }, (_, i) => models[i % models.length]),
  };
  const program = `
    const body = Buffer.from(process.env.PAGE);
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const server = require('node:http').createServer((_, response) => response.writeHead(200, headers).end(body));
    server.keepAliveTimeout = 60_000;
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, PAGE: JSON.stringify(page) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout?.once('data', (port) => resolve({ child, url: `http://127.0.0.1:${String(port).trim()}` }));
  });
}

/** The client that Redocly's CLI writes for the same contract, loaded from a folder that is removed again. */
async function loadRedoclyClient() {
  const folder = await mkdtemp(path.join(tmpdir(), 'redocly-client-'));
  const file = path.join(folder, 'client.ts');
  const cli = path.join(path.dirname(rootRequire.resolve('@redocly/cli/package.json')), 'bin/cli.js');
  execFileSync(process.execPath, [cli, 'generate-client', 'generated/openapi.json', '--output', file], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  // Compiled as a user's build would; a loader's own helpers would slow it down.
  const { outputText } = ts.transpileModule(await readFile(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const compiled = path.join(folder, 'client.mjs');
  await writeFile(compiled, outputText);
  const loaded = await import(pathToFileURL(compiled).href);
  await rm(folder, { recursive: true });
  return loaded;
}

/** One comparison over loopback; the built package is measured, not the sources. */
export async function benchClient(models: number, calls: number): Promise<Row[]> {
  const { createTrainingCatalogClient } = (await import(
    pathToFileURL(path.join(root, 'dist/index.js')).href
  )) as typeof import('../../src/index.ts');
  const redocly = await loadRedoclyClient();
  const { child, url } = await startServer(models);
  try {
    const headers = { authorization: `Bearer ${apiKey}` };
    const target = `${url}${catalogPath}?limit=100`;
    const ours = createTrainingCatalogClient({
      baseUrl: url,
      apiKey,
      onDrift: () => {},
      onAttempt: () => {},
    });
    const raw = createOpenapiFetch<paths>({ baseUrl: url, headers });
    const heyApi = createHeyApi({ baseUrl: url, headers });
    const kyClient = ky.create({ prefixUrl: url, headers });
    redocly.configure({ serverUrl: url, auth: { bearer: apiKey } });
    const query = { limit: 100 };
    const bare = async () => (await fetch(target, { headers })).json();
    return await compare(
      {
        'fetch + json()': bare,
        'fetch + json() again (control)': bare,
        'listModels, everything on': () => ours.listModels(query),
        'openapi-fetch': () => raw.GET(catalogPath, { params: { query } }),
        'hey-api client-fetch': () => heyApi.get({ url: catalogPath, query }),
        ky: () => kyClient.get(catalogPath.slice(1), { searchParams: query }).json(),
        'redocly generate-client': () => redocly.list_training_catalog_endpoint({ query }),
      },
      calls,
    );
  } finally {
    child.kill();
  }
}
