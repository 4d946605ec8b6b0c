/** Reads the contract from disk once: one parsed, checked, bundled document, or located problems. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lintDocument,
  makeDocumentFromString,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import type { OpenAPI3 } from 'openapi-typescript';

/** The project's root, whatever the working directory is. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The one file that people edit. */
export const contractPath = path.join(root, 'openapi', 'openapi.yaml');

/** The contract cannot be used as it stands; the message has a `file:line:column` for each problem. */
export class ContractError extends Error {
  override name = 'ContractError';
}

/**
 * Reads, checks and bundles a contract. Checked here is what generation relies on (OpenAPI's own
 * structure, references that resolve); style is the linter's business.
 *
 * @throws {ContractError} naming file, line and column of each problem
 */
export async function readContract(file = contractPath): Promise<OpenAPI3> {
  const shown = path.relative(process.cwd(), file);
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ContractError(`${shown}: ${cause.message}`, { cause });
  });
  const doc = parse(text, file, shown);
  if (!String((doc.parsed as Partial<OpenAPI3> | undefined)?.openapi).startsWith('3.1.')) {
    throw new ContractError(`${shown}:1:1 Expected a document that opens with "openapi: 3.1.x".`);
  }
  const config = await createConfig({
    rules: { struct: 'error', 'no-unresolved-refs': 'error', 'operation-operationId-unique': 'error' },
  });
  const resolver = new BaseResolver(config.resolve);
  const problems = await lintDocument({
    document: doc,
    config: config.styleguide,
    externalRefResolver: resolver,
  });
  if (problems.length > 0)
    throw new ContractError(problems.map((problem) => describe(problem, shown)).join('\n'));
  const bundled = await bundle({ doc, config, externalRefResolver: resolver, dereference: false });
  return bundled.bundle.parsed as OpenAPI3;
}

function parse(text: string, file: string, shown: string) {
  try {
    return makeDocumentFromString(text, file);
  } catch (error) {
    // js-yaml counts lines and columns from zero.
    const { reason, mark } =
      (error as { originalError?: { reason?: string; mark?: { line: number; column: number } } })
        .originalError ?? {};
    if (!mark) throw error;
    throw new ContractError(`${shown}:${mark.line + 1}:${mark.column + 1} ${reason}`, { cause: error });
  }
}

function describe(problem: NormalizedProblem, shown: string): string {
  const [location] = problem.location;
  if (!location) return `${shown} ${problem.message}`;
  const { start } = getLineColLocation(location);
  return `${shown}:${start.line}:${start.col} ${problem.message} (${location.pointer})`;
}
