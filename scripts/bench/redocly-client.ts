/** Writes the client that Redocly's CLI generates for the contract, compiled to JavaScript. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from '../../node_modules/typescript/lib/typescript.js';
import { root } from '../contract/read.ts';
import { redocly } from '../redocly.ts';

/** @returns the module's path inside `folder` */
export async function writeRedoclyClient(folder: string): Promise<string> {
  const source = path.join(folder, 'client.ts');
  await redocly(['generate-client', 'generated/openapi.json', '--output', source], root);
  // By TypeScript: a loader would add helpers that slow it down.
  const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const compiled = path.join(folder, 'client.mjs');
  await writeFile(compiled, outputText);
  return compiled;
}
