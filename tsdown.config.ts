import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rolldown';
import { esmExternalRequirePlugin } from 'rolldown/plugins';
import { defineConfig, type UserConfig } from 'tsdown';

/**
 * What may be built in; the build fails if it takes in anything else. openapi-fetch is, so that a page or a service
 * worker can load the client as it is. The others spare whoever installs the package a dependency: what listens for
 * the reference server, reads the command line and measures columns of a terminal.
 */
const builtIn = [
  'openapi-fetch',
  '@hono/node-server',
  'hono',
  'commander',
  'string-width',
  'get-east-asian-width',
  'strip-ansi',
  'ansi-regex',
];

/** Writes the licences of what was built in, in full and as the packages have them. */
const licences: Plugin = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    const folders = modules.map(
      (module) => /^.*[\\/]node_modules[\\/](?:@.+?[\\/])?.+?(?=[\\/])/.exec(module)?.[0],
    );
    const source = [...new Set(folders)].flatMap((folder) => (folder ? [licenceIn(folder)] : [])).sort();
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: source.join('\n\n') });
  },
};

function licenceIn(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${name} can't be built in: it has no file with its licence.`);
  return `${name} ${version}\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}

/** Of these a page takes the second in place of the first (see `browser` in package.json). */
export const replaced = {
  'network-on-server': 'src/transport/network-on-server.ts',
  'network-in-page': 'src/transport/network-in-page.ts',
};

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
    ...replaced,
  },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  sourcemap: true,
  hash: false,
  dts: false,
  noExternal: builtIn,
  inlineOnly: builtIn,
  inputOptions: { checks: { pluginTimings: false } },
  // What commander requires of Node is imported.
  plugins: [esmExternalRequirePlugin({ external: [/^node:/] }), licences],
};

export default defineConfig({
  ...modules,
  // The compiler writes the declarations of TypeScript only.
  copy: { from: 'generated/validators/*.d.mts', to: 'dist/types/generated/validators' },
});
