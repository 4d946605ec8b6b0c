/** What an editor makes of the installed package, asked from TypeScript's language service. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Settings as strict as they get, where there is nothing but ECMAScript. */
const strict: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2022.d.ts'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
  noEmit: true,
  types: [],
};

/** An editor that has one file open. */
function open(folder: string, text: string): { service: ts.LanguageService; file: string } {
  const file = path.join(folder, 'opened.ts');
  const service = ts.createLanguageService({
    getCompilationSettings: () => strict,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      if (name === file) return ts.ScriptSnapshot.fromString(text);
      return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined;
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    realpath: (name) => ts.sys.realpath?.(name) ?? name,
  });
  return { service, file };
}

/**
 * What is offered between the last quotes of a text.
 *
 * @param folder where the package is installed
 */
export function completions(folder: string, text: string): string[] {
  const { service, file } = open(folder, text);
  const offered = service.getCompletionsAtPosition(file, text.lastIndexOf("'"), undefined);
  service.dispose();
  return (offered?.entries ?? []).map(({ name }) => name);
}

/** What an editor shows of a name, each in one line. */
export interface Hover {
  type: string;
  description: string;
}

/**
 * What shows when the pointer rests on the last name of each expression.
 *
 * @param folder where the package is installed
 * @param preamble the imports and declarations that the expressions need
 */
export function hover(folder: string, preamble: string, expressions: string[]): Hover[] {
  const lines = [preamble, ...expressions.map((expression) => `${expression};`)];
  const { service, file } = open(folder, lines.join('\n'));
  let end = preamble.length;
  const shown = expressions.map((expression) => {
    // Two characters before the line's end: the last of the name, or of the name in brackets.
    end += expression.length + 2;
    const info = service.getQuickInfoAtPosition(file, end - (expression.endsWith(']') ? 4 : 2));
    // openapi-typescript writes a description as a tag; editors show both.
    const tags = (info?.tags ?? []).filter(({ name }) => name === 'description').map((tag) => tag.text);
    return {
      type: oneLine(ts.displayPartsToString(info?.displayParts)),
      description: oneLine([info?.documentation, ...tags].map(ts.displayPartsToString).join(' ')),
    };
  });
  service.dispose();
  return shown;
}

/** Line breaks and indents are the formatter's. */
export const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
