/** What tests do in folders that are gone afterwards: they write files there, and compile them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { tsc } from '../../scripts/run-node.ts';
import { start } from '../run-script.ts';

/** @param onEnd - When the folder goes: by default with the test; `afterAll` for a folder of a whole file. */
export function temporaryFolder(onEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'test-'));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their names below a folder, which are made as needed. */
export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** What the compiler says of the project in a folder, a line for each error. */
export async function compileProject(folder: string): Promise<string[]> {
  const { stdout } = await start(process.execPath, [tsc, '--project', folder, '--pretty', 'false']).ended;
  return stdout.split('\n').filter((line) => /^\S/.test(line));
}

/** What it says of some files and of all that they import. */
export function compile(files: string[], options: object = {}): Promise<string[]> {
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
    ...options,
  };
  const folder = temporaryFolder();
  writeFiles(folder, { 'tsconfig.json': JSON.stringify({ compilerOptions, files }) });
  return compileProject(folder);
}

/** The modules that are generated to a folder. */
export const generatedModules = (folder: string): string[] =>
  ['schema', 'info', 'operations', 'values', 'examples'].map((name) => path.join(folder, `${name}.ts`));
