/** Reads a contract from disk: one parsed, checked and bundled document, or located problems. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  Config,
  Document,
  LineColLocationObject,
  NormalizedProblem,
  Source,
} from '@redocly/openapi-core';
import type { OpenAPI3 } from 'openapi-typescript';
import { annotations } from './json-schema.ts';
import { keysOf } from './pointer.ts';
import type { Problem } from './resolve.ts';

// By `require`: it takes half the time of `import`, where a loader hooks each of several hundred modules.
const redocly: typeof import('@redocly/openapi-core') = createRequire(import.meta.url)(
  '@redocly/openapi-core',
);

/** The project's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The one file that people edit. */
export const contractPath = path.join(root, 'openapi', 'openapi.yaml');

/** The contract cannot be used. The message has a line for each problem, with `file:line:column`. */
export class ContractError extends Error {
  override name = 'ContractError';
}

interface Options {
  /**
   * The rules that the contract has to keep.
   *
   * @default those that generation relies on: OpenAPI's structure, references that resolve
   */
  rules?: Config;
  /** Whether the lines in question are shown below each problem. @default false */
  frames?: boolean;
}

/** The rules of `npm run lint`. Loading them is slow, checking by them is not. */
export function loadLintRules(): Promise<Config> {
  return redocly.loadConfig({ configPath: path.join(root, 'redocly.yaml') });
}

/**
 * Reads, checks and bundles a contract.
 *
 * @throws {ContractError} naming file, line and column of each problem
 */
export async function readContract(
  file = contractPath,
  { rules, frames = false }: Options = {},
): Promise<OpenAPI3> {
  const doc = parse(await sourceOf(file), frames);
  if (!String((doc.parsed as Partial<OpenAPI3> | undefined)?.openapi).startsWith('3.1.')) {
    throw new ContractError(`${shown(file)}:1:1 Expected a document that opens with "openapi: 3.1.x".`);
  }
  const config = rules ?? (await redocly.createConfig(minimum));
  const resolver = new redocly.BaseResolver(config.resolve);
  const found = await redocly.lintDocument({ document: doc, config, externalRefResolver: resolver });
  const problems = rules ? found : found.filter((problem) => !isHarmless(problem));
  if (problems.length > 0) {
    const lines = problems.map(({ message, location: [position] }) =>
      position
        ? lineAt(redocly.getLineColLocation(position), `${message} (${position.pointer})`, frames)
        : `${shown(file)} ${message}`,
    );
    throw new ContractError(lines.join('\n'));
  }
  const bundled = await redocly.bundle({ doc, config, externalRefResolver: resolver, dereference: false });
  return bundled.bundle.parsed as OpenAPI3;
}

/** A line for each problem, with its position in the file. */
export async function locate(file: string, problems: readonly Problem[]): Promise<string> {
  const source = await sourceOf(file);
  const lines = problems.map(({ pointer, message }) =>
    lineAt(redocly.getLineColLocation({ source, pointer }), `${message} (${pointer})`),
  );
  return [...new Set(lines)].join('\n');
}

const shown = (file: string) => path.relative(process.cwd(), file) || '.';

function lineAt(position: LineColLocationObject, message: string, frame = false): string {
  const { source, start } = position;
  const lines = frame ? `\n\n${redocly.getCodeframe(position, false)}\n` : '';
  return `${shown(source.absoluteRef)}:${start.line}:${start.col} ${message}${lines}`;
}

async function sourceOf(file: string): Promise<Source> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ContractError(`${shown(file)}: ${cause.message}`, { cause });
  });
  return new redocly.Source(file, text);
}

/** What generation relies on. */
const minimum: Parameters<typeof redocly.createConfig>[0] = {
  rules: { struct: 'error', 'no-unresolved-refs': 'error', 'operation-operationId-unique': 'error' },
  plugins: [
    {
      id: 'any-schema',
      typeExtension: {
        // A schema may have unknown keywords (JSON Schema 2020-12, section 6.5), as FastAPI's often has, and
        // annotations of any form: no code is made from them.
        oas3: ({ Schema, ...types }) => {
          const properties = {
            ...Schema?.properties,
            ...Object.fromEntries(annotations.map((keyword) => [keyword, null])),
          };
          return { ...types, Schema: { ...Schema, properties, additionalProperties: null } } as never;
        },
      },
    },
  ],
};

/** Whether generation does not depend on what Redocly reports. */
function isHarmless({ message, location: [position] }: NormalizedProblem): boolean {
  // `true` and `false` are schemas, too. Redocly accepts them in some keywords only.
  if (message === 'Expected type `Schema` (object) but got `boolean`') return true;
  // Extensions may hold anything. A property or a header whose name starts with `x-` is no extension.
  const keys = keysOf(position?.pointer ?? '');
  return keys.some((key, at) => key.startsWith('x-') && !/^(properties|headers)$/.test(keys[at - 1] ?? ''));
}

function parse(source: Source, frames: boolean): Document {
  try {
    return redocly.makeDocumentFromString(source.body, source.absoluteRef);
  } catch (error) {
    const { reason, mark } = (error as { originalError?: SyntaxError }).originalError ?? {};
    if (!mark) throw error;
    // js-yaml counts lines and columns from zero.
    const start = { line: mark.line + 1, col: mark.column + 1 };
    const position = { source, pointer: undefined, start, end: start };
    throw new ContractError(lineAt(position, String(reason), frames), { cause: error });
  }
}

/** What js-yaml throws. */
interface SyntaxError {
  reason?: string;
  mark?: { line: number; column: number };
}
