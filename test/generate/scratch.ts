/** What tests do in folders that are gone afterwards: they write files there, and compile them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { onTestFinished } from 'vitest';

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

/** The compiler's messages, each with the name of its file. */
export function compile(files: string[], options: ts.CompilerOptions = {}): string[] {
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    ...options,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

/** The modules that are generated to a folder. */
export const generatedModules = (folder: string): string[] =>
  ['schema', 'info', 'operations', 'values', 'examples'].map((name) => path.join(folder, `${name}.ts`));
