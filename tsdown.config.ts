import { defineConfig, type UserConfig } from 'tsdown';

/** One file for each door of the package; see `exports` in package.json. */
const doors = {
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
  external: [/^node:/],
  inputOptions: { checks: { pluginTimings: false } },
} satisfies UserConfig;

const { index, ...others } = doors.entry;

const notice = '/*! createFinalURL: openapi-fetch, MIT License, Copyright (c) 2023 Drew Powers */';

/** What runs. */
export const modules: UserConfig[] = [
  {
    ...doors,
    entry: others,
    dts: false,
    plugins: [
      {
        name: 'leave the client to the other build',
        resolveId: (id) => (id === '../index.ts' ? { id: './index.js', external: true } : undefined),
      },
    ],
  },
  // In one file, with the one function of openapi-fetch that it calls: each module more, and above all one
  // looked up in `node_modules`, costs whoever imports the client milliseconds.
  {
    ...doors,
    entry: { index },
    dts: false,
    noExternal: ['openapi-fetch'],
    inlineOnly: ['openapi-fetch'],
    outputOptions: { banner: ({ isEntry }) => (isEntry ? notice : '') },
  },
];

export default defineConfig(modules);
