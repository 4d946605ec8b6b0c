/** Writes everything under `generated/` from the contract, or checks that it is up to date. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { readCommandLine } from './command-line.ts';
import { writeExamples, writeInfo, writeOperations, writeValues } from './contract/facts.ts';
import { findOperations } from './contract/operations.ts';
import { ContractError, contractPath, locate, readContract, root } from './contract/read.ts';
import { Refused } from './contract/resolve.ts';
import { declareValidators, generateValidators } from './contract/validators.ts';

// By `require`, because `import` first searches the compiler inside for its exports, for longer than all the rest takes.
const { default: openapiTS, astToString }: typeof import('openapi-typescript') = createRequire(
  import.meta.url,
)('openapi-typescript');

const notice = 'Written by `npm run generate` from the contract. Do not edit.';
const banner = `// ${notice}\n`;

/** The text of each generated file by its path below the folder. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Parts of the contract can't be turned into code; the other files were made all the same. */
export class Incomplete extends Error {
  override name = 'Incomplete';
  readonly files: GeneratedFiles;
  readonly problems: Refused['problems'];

  constructor(files: GeneratedFiles, { message, problems }: Refused) {
    super(message);
    this.files = files;
    this.problems = problems;
  }
}

/**
 * Every generated file. The same contract always gives the same text.
 *
 * @throws {Incomplete} with the document and its types, for a contract that the rest can't be made for
 */
export async function generate(contract: OpenAPI3): Promise<GeneratedFiles> {
  const files = new Map<string, string>();
  // openapi-typescript and Prism must not see the notice as part of the contract, so it goes to the file alone.
  files.set('openapi.json', `${JSON.stringify({ 'x-generated': notice, ...contract }, null, 2)}\n`);
  const types = await openapiTS(withoutFarExamples(contract), { defaultNonNullable: false, silent: true });
  files.set('schema.ts', banner + astToString(types));
  try {
    for (const [name, text] of await writeCode(contract)) files.set(name, banner + text);
    return files;
  } catch (error) {
    throw error instanceof Refused ? new Incomplete(files, error) : error;
  }
}

/** A copy without the addresses of examples that lie elsewhere: openapi-typescript would fetch them. */
function withoutFarExamples(contract: OpenAPI3): OpenAPI3 {
  return JSON.parse(
    JSON.stringify(contract, (key, value) =>
      key === 'externalValue' && typeof value === 'string' ? undefined : value,
    ),
  );
}

async function writeCode(contract: OpenAPI3): Promise<Map<string, string>> {
  const operations = findOperations(contract);
  const validators = await generateValidators(contract, operations);
  return new Map([
    ['types.ts', await readFile(path.join(root, 'scripts/contract/static/types.ts'), 'utf8')],
    ['info.ts', writeInfo(contract)],
    ['operations.ts', writeOperations(contract, operations)],
    ['values.ts', writeValues(contract)],
    ['examples.ts', writeExamples(operations)],
    [
      'validators/index.ts',
      operations.map(({ name }) => `export * as ${name} from './${name}.mjs';\n`).join(''),
    ],
    ...operations.flatMap((operation): [string, string][] => [
      [`validators/${operation.name}.mjs`, validators.get(operation.name) as string],
      [`validators/${operation.name}.d.mts`, declareValidators(operation)],
    ]),
  ]);
}

/**
 * Writes all files or none: each goes to a neighbour first and is moved into place at the end. What is left over
 * from before is removed, unless the files are not all there are.
 *
 * @throws {ContractError} naming a file that is in the way and was not generated
 */
export async function writeGenerated(
  files: GeneratedFiles,
  directory: string,
  { complete = true } = {},
): Promise<void> {
  await refuseToOverwrite(files, directory);
  const moves = [...files].map(([name, text]) => {
    const to = path.join(directory, name);
    return { from: path.join(path.dirname(to), `.${path.basename(to)}.tmp`), to, text };
  });
  try {
    for (const { from, text } of moves) {
      await mkdir(path.dirname(from), { recursive: true });
      await writeFile(from, text);
    }
    for (const { from, to } of moves) await rename(from, to);
  } finally {
    for (const { from } of moves) await rm(from, { force: true });
  }
  if (!complete) return;
  for (const name of await findLeftOvers(files, directory)) await rm(path.join(directory, name));
}

/** Somebody's own file may have a name that we would take. */
async function refuseToOverwrite(files: GeneratedFiles, directory: string): Promise<void> {
  for (const name of files.keys()) {
    const text = await readFile(path.join(directory, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return notice;
      throw new ContractError(`${path.join(directory, name)} can not be written: ${error.message}`);
    });
    if (text.slice(0, 500).includes(notice)) continue;
    throw new ContractError(
      `${path.join(directory, name)} was not generated and would be overwritten: move it, or give another --out.`,
    );
  }
}

/** The names of generated files that are missing, differ (line ends aside) or are left over, with what is wrong. */
export async function findStale(files: GeneratedFiles, directory: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of files) {
    const found = await readFile(path.join(directory, name), 'utf8').catch(() => undefined);
    if (found === undefined) stale.push(`${name} is missing`);
    else if (found.replaceAll('\r\n', '\n') !== text) stale.push(`${name} is stale`);
  }
  const leftOvers = await findLeftOvers(files, directory);
  return [...stale, ...leftOvers.map((name) => `${name} is left over`)];
}

/** Generated files of former times, as their first line says. Files of others are left alone, and so are other folders. */
async function findLeftOvers(files: GeneratedFiles, directory: string): Promise<string[]> {
  const inFolder = async (folder: string) =>
    (await readdir(path.join(directory, folder)).catch(() => [])).map((name) =>
      path.posix.join(folder, name),
    );
  const names = [...(await inFolder('')), ...(await inFolder('validators'))];
  const others = names.filter((name) => /\.m?ts$|\.mjs$/.test(name) && !files.has(name));
  const texts = await Promise.all(
    others.map((name) => readFile(path.join(directory, name), 'utf8').catch(() => '')),
  );
  return others.filter((_, index) => texts[index]?.startsWith(banner.trimEnd())).sort();
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
  let files: GeneratedFiles;
  try {
    files = await generate(await readContract(file));
  } catch (error) {
    if (!(error instanceof Incomplete)) throw error;
    if (!values.check) {
      await writeGenerated(error.files, out, { complete: false });
      const written = [...error.files.keys()].join(' and ');
      console.error(
        `Wrote ${written} to ${shown}${path.sep}; the other files are left as they were, because of:`,
      );
    }
    throw new ContractError(await locate(file, error.problems));
  }
  if (!values.check) {
    await writeGenerated(files, out);
    console.log(`Wrote ${files.size} files to ${shown}${path.sep}`);
    return;
  }
  const stale = await findStale(files, out);
  if (stale.length === 0) return;
  for (const line of stale) console.error(path.join(shown, line));
  console.error('Run `npm run generate` and commit the result.');
  process.exitCode = 1;
}

/** One line for what the tools below throw, too: their stack would say nothing about the document. */
function describeError(error: unknown): string {
  if (error instanceof ContractError) return error.message;
  if (error instanceof RangeError) {
    return 'The schemas of this document refer to each other too deeply: run `node --stack-size=4000 --import tsx/esm scripts/generate.ts` with the same options.';
  }
  return `The document can not be read: ${error instanceof Error ? error.message : String(error)}.`;
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: unknown) => {
    console.error(describeError(error));
    process.exitCode = 1;
  });
}
