/** Derives `generated/` from the contract; with `--check`, only tells whether it is up to date. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { OpenAPI3 } from 'openapi-typescript';
import { findOperation, generateConstants, generateExamples } from './contract/constants.ts';
import { ContractError, contractPath, readContract, root } from './contract/read.ts';
import { generateValidators, querySchema } from './contract/validators.ts';

// By `require`, because `import` first searches the compiler inside for its exports, for longer than all the rest takes.
const { default: openapiTS, astToString }: typeof import('openapi-typescript') = createRequire(
  import.meta.url,
)('openapi-typescript');

const notice = 'Written by `npm run generate` from openapi/openapi.yaml. Do not edit.';
const banner = `// ${notice}\n`;

/** Every generated file by name. The same contract always gives the same text. */
export async function generate(contract: OpenAPI3): Promise<Map<string, string>> {
  // openapi-typescript and Prism must not see the notice as part of the contract, so it goes to the file alone.
  const json = JSON.stringify({ 'x-generated': notice, ...contract }, null, 2);
  const types = astToString(
    await openapiTS(structuredClone(contract), { defaultNonNullable: false, silent: true }),
  );
  const validators = generateValidators(contract, {
    validateTrainingCatalogResponse: { $ref: '#/components/schemas/TrainingCatalogResponse' },
    validateTrainingModel: { $ref: '#/components/schemas/TrainingModel' },
    validateAPIErrorPayload: { $ref: '#/components/schemas/APIErrorPayload' },
    validateQuery: querySchema(findOperation(contract).parameters),
  });
  return new Map([
    ['openapi.json', `${json}\n`],
    ['schema.ts', banner + types],
    ['constants.ts', `${banner}${generateConstants(contract)}`],
    ['examples.ts', `${banner}${generateExamples(contract)}`],
    ['validators.ts', `${banner}${reporterType}${validators}`],
  ]);
}

const reporterType = `
/**
 * Told of each violation: where it is (a JSON pointer), the rule it breaks (a JSON Schema keyword)
 * and the value of that rule where it helps, such as the bound or the type.
 */
export type Report = (path: string, rule: string, expected?: string | number | boolean) => void;

`;

/** Writes all files or none: each goes to a neighbour first and is moved into place at the end. */
export async function writeGenerated(files: Map<string, string>, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const moves = [...files].map(([name, text]) => ({
    from: path.join(directory, `.${name}.tmp`),
    to: path.join(directory, name),
    text,
  }));
  for (const { from, text } of moves) await writeFile(from, text);
  for (const { from, to } of moves) await rename(from, to);
}

/** The names of generated files that are missing or differ, line ends aside. */
export async function findStale(files: Map<string, string>, directory: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of files) {
    const found = await readFile(path.join(directory, name), 'utf8').catch(() => undefined);
    if (found === undefined) stale.push(`${name} is missing`);
    else if (found.replaceAll('\r\n', '\n') !== text) stale.push(`${name} is stale`);
  }
  return stale;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      contract: { type: 'string', default: contractPath },
      out: { type: 'string', default: path.join(root, 'generated') },
    },
  });
  const files = await generate(await readContract(path.resolve(values.contract)));
  if (!values.check) {
    await writeGenerated(files, values.out);
    console.log(`Wrote ${files.size} files to ${path.relative(process.cwd(), values.out)}${path.sep}`);
    return;
  }
  const stale = await findStale(files, values.out);
  if (stale.length === 0) return;
  const shown = path.relative(process.cwd(), values.out);
  for (const line of stale) console.error(path.join(shown, line));
  console.error('Run `npm run generate` and commit the result.');
  process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: unknown) => {
    console.error(error instanceof ContractError ? error.message : error);
    process.exitCode = 1;
  });
}
