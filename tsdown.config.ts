import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig, type UserConfig } from 'tsdown';

/**
 * What is built in, with its notice: openapi-fetch, so that a page or a service worker can load the client as it is,
 * and what measures columns of a terminal, as it is no dependency of whoever installs the package.
 */
const builtIn: Readonly<Record<string, string>> = {
  'openapi-fetch': 'MIT License, Copyright (c) 2023 Drew Powers',
  'string-width': 'MIT License, Copyright (c) Sindre Sorhus',
  'get-east-asian-width': 'MIT License, Copyright (c) Sindre Sorhus',
  'strip-ansi': 'MIT License, Copyright (c) Sindre Sorhus',
  'ansi-regex': 'MIT License, Copyright (c) Sindre Sorhus',
};

const names = Object.keys(builtIn);

/** One file for each door of the package (see `exports` in package.json); what doors share is in files beside. */
export const modules: UserConfig = {
  entry: {
    cli: 'src/cli/main.ts',
    index: 'src/index.ts',
    mock: 'src/mock/index.ts',
    raw: 'src/client/raw.ts',
    schema: 'generated/schema.ts',
    server: 'src/server/index.ts',
    'server/node': 'src/server/node.ts',
    verify: 'src/verify/index.ts',
  },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  sourcemap: true,
  hash: false,
  dts: false,
  external: [/^node:/],
  noExternal: names,
  inlineOnly: names,
  inputOptions: { checks: { pluginTimings: false } },
  outputOptions: {
    banner: ({ moduleIds }) =>
      names
        .filter((name) => moduleIds.some((id) => id.includes(`/node_modules/${name}/`)))
        .map((name) => `/*! ${name}, ${builtIn[name]} */`)
        .join('\n'),
  },
};

/** Takes our own sources out of the maps: they are in the package, where the maps point to. */
async function keepSourcesOnce({ outDir }: { outDir: string }): Promise<void> {
  const names = await readdir(outDir, { recursive: true });
  for (const name of names.filter((name) => name.endsWith('.js.map'))) {
    const file = path.join(outDir, name);
    const map = JSON.parse(await readFile(file, 'utf8'));
    map.sourcesContent = map.sources.map((source: string, i: number) =>
      source.includes('node_modules') ? map.sourcesContent[i] : null,
    );
    await writeFile(file, JSON.stringify(map));
  }
}

export default defineConfig({ ...modules, onSuccess: keepSourcesOnce });
