/** Measures what a page loads that imports the client or another one: one file by esbuild, minified, gzipped. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../contract/read.ts';
import { redocly } from '../redocly.ts';
import { type Benchmark, exactly, type Figure } from './measure.ts';
import { buildModules } from './package.ts';

const gzip = (code: Uint8Array): number => gzipSync(code, { level: 9 }).length;

/** The bundle of a module, and how many bytes of it come from which module. */
async function bundle(code: string, resolveDir: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), modules: output?.inputs ?? {} };
}

/** The import of a page that makes our client, from the package's main module. */
const page = (main: string) => `export { createTrainingCatalogClient } from '${main}';`;

/** The code of a page with our client, minified. */
export const bundleClient = async (main: string) => (await bundle(page(main), root)).code;

const openapiFetch = `export { default as createClient } from 'openapi-fetch';`;
const ky = `export { default as ky } from 'ky';`;
const zod = `export { zodPage } from './schemas/zod.ts';`;
const valibot = `export { valibotPage } from './schemas/valibot.ts'; export { safeParse } from 'valibot';`;

/** From those that only send to those that retry and check, too. */
const peers: Record<string, string> = {
  'openapi-fetch': openapiFetch,
  'hey-api client-fetch': `export { createClient } from '@hey-api/client-fetch';`,
  ky,
  'openai (Stainless)': `export { default } from 'openai';`,
  'openapi-fetch + ky + zod': openapiFetch + ky + zod,
  'openapi-fetch + ky + valibot': openapiFetch + ky + valibot,
};

export const run: Benchmark = async (folder) => {
  const bytes = (what: string, value: number): Figure => ({ what, unit: 'bytes', ...exactly(value) });
  const moduleUrl = await buildModules(folder, { index: 'src/index.ts' });
  const redoclyClient = path.join(folder, 'redocly.ts');
  await redocly(['generate-client', 'generated/openapi.json', '--output', redoclyClient], root);
  const codes = Object.entries({
    ...peers,
    'redocly generate-client': `export * from '${redoclyClient}';`,
  });
  const others = codes.map(async ([name, code]) =>
    bytes(name, gzip((await bundle(code, import.meta.dirname)).code)),
  );

  // Of the source, since the package's files are bundles themselves. gzip takes modules together, so each is
  // given its share.
  const { code, modules } = await bundle(page(path.join(root, 'src/index.ts')), root);
  const parts = Object.entries(modules)
    .map(([name, { bytesInOutput }]) =>
      bytes(name.replace(/^.*node_modules\//, ''), Math.round((gzip(code) / code.length) * bytesInOutput)),
    )
    .filter(({ median }) => median > 0)
    .sort((a, b) => b.median - a.median);

  return {
    'a page that imports createTrainingCatalogClient': [
      {
        ...bytes('ours, everything on', gzip(await bundleClient(fileURLToPath(moduleUrl('index'))))),
        atMost: 15_500,
      },
    ],
    'its parts': parts,
    'other clients': await Promise.all(others),
  };
};
