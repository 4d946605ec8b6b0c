import { defineConfig, type UserConfig } from 'tsdown';

/** openapi-fetch is built in, so that a page or a service worker can load the client as it is. */
const builtIn = 'openapi-fetch';

const notice = `/*! ${builtIn}, MIT License, Copyright (c) 2023 Drew Powers */`;

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
  noExternal: [builtIn],
  inlineOnly: [builtIn],
  inputOptions: { checks: { pluginTimings: false } },
  outputOptions: {
    banner: ({ moduleIds }) => (moduleIds.some((id) => id.includes(`/${builtIn}/`)) ? notice : ''),
  },
};

export default defineConfig(modules);
