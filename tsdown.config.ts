import { defineConfig } from 'tsdown';

/** One file for each door of the package; see `exports` in package.json. */
export default defineConfig({
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
  dts: { sourcemap: true },
  hash: false,
  external: [/^node:/],
  inputOptions: { checks: { pluginTimings: false } },
});
