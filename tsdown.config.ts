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

/** One file for each entry point (see `exports` in package.json). What several share is in files beside. */
export const modules: UserConfig = {
  entry: {
    cli: 'src/cli/main.ts',
    index: 'src/index.ts',
    mock: 'src/mock/index.ts',
    operations: 'generated/operations.ts',
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

export default defineConfig(modules);
