/** Writes all files of `generated/` from the contract, or checks that they are up to date. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { readCommandLine } from './command-line.ts';
import { writeExamples, writeInfo, writeOperations, writeSentences, writeValues } from './contract/facts.ts';
import { findOperations } from './contract/operations.ts';
import { ContractError, contractPath, locate, readContract, root } from './contract/read.ts';
import type { Problem } from './contract/resolve.ts';
import { typesCopy } from './contract/types-copy.ts';
import { generateValidators } from './contract/validators.ts';

// By `require`: `import` would first search the TypeScript compiler for its exports, which takes longer than generating.
const { default: openapiTS, astToString }: typeof import('openapi-typescript') = createRequire(
  import.meta.url,
)('openapi-typescript');

const notice = 'Written by `npm run generate` from the contract. Do not edit.';
const banner = `// ${notice}\n`;

/** The text of each generated file, by its path in the folder. */
export type GeneratedFiles = ReadonlyMap<string, string>;

export interface Generated {
  files: GeneratedFiles;
  /** Schemas that can't be turned into code. The operations that reach one have no validators. */
  problems: Problem[];
  /** Where `nullable` of OpenAPI 3.0 is read as it was meant. */
  nullable: string[];
}

/** Makes every generated file. The same contract always gives the same text. */
export async function generate(contract: OpenAPI3): Promise<Generated> {
  const operations = findOperations(contract);
  const validators = generateValidators(contract, operations);
  const validated = new Set(
    operations.map(({ name }) => name).filter((name) => validators.files.has(`${name}.mjs`)),
  );
  const types = await openapiTS(typesCopy(contract, operations), {
    defaultNonNullable: false,
    silent: true,
  });
  const code: [string, string][] = [
    ['schema.ts', astToString(types)],
    ['types.ts', readFileSync(path.join(root, 'scripts/contract/static/types.ts'), 'utf8')],
    ['info.ts', writeInfo(contract, operations)],
    ['operations.ts', writeOperations(contract, operations, validated)],
    ['sentences.ts', writeSentences(validators.files.values())],
    ['values.ts', writeValues(contract)],
    ['examples.ts', writeExamples(operations)],
    ...[...validators.files].map(([name, text]): [string, string] => [`validators/${name}`, text]),
  ];
  // The notice is added to the file alone: for openapi-typescript and Prism it would be part of the contract.
  const document = `${JSON.stringify({ 'x-generated': notice, ...contract }, null, 2)}\n`;
  return {
    files: new Map([
      ['openapi.json', document],
      ...code.map(([name, text]) => [name, banner + text] as const),
    ]),
    problems: validators.problems,
    nullable: validators.nullable,
  };
}

/**
 * Every generated file.
 *
 * @param file - Where the contract was read from.
 * @throws {ContractError} naming file, line and column of each schema that can't be turned into code
 */
export async function generateAll(contract: OpenAPI3, file: string): Promise<GeneratedFiles> {
  const { files, problems } = await generate(contract);
  if (problems.length > 0) throw new ContractError(await locate(file, problems));
  return files;
}

/**
 * Writes the files, and removes generated ones that are not among them.
 *
 * @throws {ContractError} naming a file that was not generated and would be overwritten, before anything is written
 */
export function writeGenerated(files: GeneratedFiles, directory: string): void {
  refuseToOverwrite(files, directory);
  for (const [name, text] of files) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const name of findObsolete(files, directory)) rmSync(path.join(directory, name));
}

/** A file of the user's may have the name of a generated one. */
function refuseToOverwrite(files: GeneratedFiles, directory: string): void {
  for (const name of files.keys()) {
    const file = path.join(directory, name);
    if (readIfThere(file)?.slice(0, 500).includes(notice) ?? true) continue;
    throw new ContractError(
      `${file} was not generated and would be overwritten: move it, or give another --out.`,
    );
  }
}

/** What is wrong with the files in a folder, a line each. Line ends make no difference. */
export function findStale(files: GeneratedFiles, directory: string): string[] {
  const stale: string[] = [];
  for (const [name, text] of files) {
    const found = readIfThere(path.join(directory, name));
    if (found === undefined) stale.push(`${name} is missing`);
    else if (found.replaceAll('\r\n', '\n') !== text) stale.push(`${name} is stale`);
  }
  return [...stale, ...findObsolete(files, directory).map((name) => `${name} is left over`)];
}

/** Generated files that would not be written any more. Their first line tells them from other files. */
function findObsolete(files: GeneratedFiles, directory: string): string[] {
  const folders = ['', 'validators', 'validators/shared'].filter((name) =>
    existsSync(path.join(directory, name)),
  );
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(directory, folder)).map((name) => path.posix.join(folder, name)),
    )
    .filter((name) => !files.has(name) && /\.(?:m?ts|mjs)$/.test(name))
    .filter((name) => readIfThere(path.join(directory, name))?.startsWith(banner.trimEnd()))
    .sort();
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ContractError(`${file} can not be read: ${(error as Error).message}`);
  }
}

async function main(): Promise<void> {
  const { values } = readCommandLine({
    command: 'npm run generate',
    summary: 'Writes types, facts, validators and examples from an OpenAPI 3.1 document.',
    options: {
      check: { help: 'write nothing; fail if a file is not what would be written' },
      contract: { value: '<file>', help: 'the document; default: openapi/openapi.yaml' },
      out: { value: '<folder>', help: 'where to; default: generated' },
    },
  });
  const file = path.resolve(values.contract ?? contractPath);
  const out = path.resolve(values.out ?? path.join(root, 'generated'));
  const shown = path.relative(process.cwd(), out) || '.';
  const { files, problems, nullable } = await generate(await readContract(file));
  const [first, ...others] = nullable;
  if (first !== undefined) {
    const where = others.length > 0 ? `, here and in ${others.length} other places` : '';
    const message = `"nullable" is of OpenAPI 3.0, and is read as "or null"${where}. In 3.1 write a list of types, or anyOf with { type: "null" }.`;
    console.error(await locate(file, [{ pointer: `${first}/nullable`, message }]));
  }
  if (problems.length > 0) {
    console.error(await locate(file, problems));
    console.error('Operations that reach these schemas have no validators.');
    process.exitCode = 1;
  }
  if (!values.check) {
    writeGenerated(files, out);
    console.log(`Wrote ${files.size} files to ${shown}${path.sep}`);
    return;
  }
  const stale = findStale(files, out);
  if (stale.length === 0) return;
  for (const line of stale) console.error(path.join(shown, line));
  console.error('Run `npm run generate` and commit the result.');
  process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: Error) => {
    // The stack of an error in a library says nothing about the document.
    console.error(error instanceof ContractError ? error.message : `Can not generate: ${error.message}`);
    process.exitCode = 1;
  });
}
