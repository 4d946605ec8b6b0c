/**
 * Compiles the callers' code of the last release against today's types.
 *
 * That code is `test/surface/`. If it no longer compiles, there is a break that the contract's changes may not
 * show.
 */
import path from 'node:path';
import type { Change } from './compare.ts';
import { git } from './git.ts';

const folder = 'test/surface';

/** "Unused '@ts-expect-error' directive": more is allowed than before, which is no break. */
const unusedExpectError = 2578;

export async function findTypeBreaks(directory: string, release: string): Promise<Change[]> {
  const names = git(directory, 'ls-tree', '-r', '--name-only', release, '--', folder)
    .split('\n')
    .filter(Boolean);
  if (names.length === 0) return [];
  const { default: ts } = await import('typescript');
  // The old files replace today's in memory, so that their imports lead to today's code.
  const old = new Map(
    names.map((name) => [
      path.join(directory, name).replaceAll('\\', '/'),
      git(directory, 'show', `${release}:${name}`),
    ]),
  );
  const config = ts.readConfigFile(path.join(directory, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, directory);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => old.get(file) ?? readFile(file);
  host.fileExists = (file) => old.has(file) || fileExists(file);
  const program = ts.createProgram([...old.keys()], options, host);
  return [...old.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .filter(({ file, code }) => file && old.has(file.fileName) && code !== unusedExpectError)
    .map(({ file, start, messageText }) => {
      const name = path.relative(directory, file?.fileName ?? '');
      const { line, character } = file?.getLineAndCharacterOfPosition(start ?? 0) ?? {
        line: 0,
        character: 0,
      };
      return {
        severity: 'major',
        message: `Code that compiled with ${release} does not: ${ts.flattenDiagnosticMessageText(messageText, '\n       ')}`,
        where: `${release}:${name}:${line + 1}:${character + 1}`,
      };
    });
}
