/** Type-checks a project repeatedly in one process, each time only what changed. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import ts from 'typescript';

/** Returns a function that checks the project on disk and returns its errors as text, `''` if there are none. */
export function createTypeChecker(tsconfig: string): () => string {
  const directory = path.dirname(tsconfig);
  const formatHost: ts.FormatDiagnosticsHost = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => '\n',
  };
  const known = new Map<string, { changed: number; file: ts.SourceFile | undefined }>();
  let builder: ts.SemanticDiagnosticsBuilderProgram | undefined;

  return () => {
    const config = ts.readConfigFile(tsconfig, ts.sys.readFile);
    const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config.config, ts.sys, directory);
    const host = ts.createIncrementalCompilerHost({ ...options, incremental: true });
    const read = host.getSourceFile;
    host.getSourceFile = (name, ...rest) => {
      // Dependencies do not change during an editing session.
      const changed = name.includes('/node_modules/')
        ? 0
        : (statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? -1);
      const before = known.get(name);
      if (before?.changed === changed) return before.file;
      const file = read(name, ...rest);
      known.set(name, { changed, file });
      return file;
    };
    builder = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, builder, errors);
    const found = [
      ...builder.getConfigFileParsingDiagnostics(),
      ...builder.getOptionsDiagnostics(),
      ...builder.getSyntacticDiagnostics(),
      ...builder.getSemanticDiagnostics(),
    ];
    // This format alone shows the lines with errors.
    const text = ts.formatDiagnosticsWithColorAndContext(found, formatHost);
    return process.stdout.isTTY ? text : stripVTControlCharacters(text);
  };
}
