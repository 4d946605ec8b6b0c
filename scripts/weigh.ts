/** Measures the size of modules as a page loads them: bundled by esbuild, minified, gzipped. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './contract/read.ts';

/** The most that the client may have, in bytes: 13 kB. */
export const limit = 13_312;

export const clientEntry = path.join(root, 'src/client/client.ts');

export const gzip = (code: Uint8Array | string): number => gzipSync(code, { level: 9 }).length;

/** The bundle of a module, and how many bytes of it come from which module. */
export async function bundle(input: string): Promise<{ code: Uint8Array; modules: Record<string, number> }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [input],
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
  const inputs = Object.entries(output?.inputs ?? {});
  const modules = Object.fromEntries(inputs.map(([name, { bytesInOutput }]) => [name, bytesInOutput]));
  return { code: outputFiles[0]?.contents as Uint8Array, modules };
}
