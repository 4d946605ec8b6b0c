/** Reads the contract from disk once: one parsed, checked, bundled document, or located problems. */
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
import { keysOf } from './pointer.ts';
import type { Problem } from './resolve.ts';

// By `require`, which takes half the time for the hundreds of modules inside where a loader hooks each import.
const redocly: typeof import('@redocly/openapi-core') = createRequire(import.meta.url)(
  '@redocly/openapi-core',
);

/** The project's root, whatever the working directory is. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The one file that people edit. */
export const contractPath = path.join(root, 'openapi', 'openapi.yaml');

/** The contract cannot be used as it stands; the message has a `file:line:column` for each problem. */
export class ContractError extends Error {
  override name = 'ContractError';
}

interface Options {
  /**
   * What is checked.
   *
   * @default what generation relies on: OpenAPI's own structure, references that resolve
   */
  rules?: Config;
  /** Show the offending lines below each problem. @default false */
  frames?: boolean;
}

/** All the rules of `npm run lint`; reading them takes a while, checking by them does not. */
export function loadLintRules(): Promise<Config> {
  return redocly.loadConfig({ configPath: path.join(root, 'redocly.yaml') });
}

/**
 * Reads, checks and bundles a contract.
 *
 * @throws {ContractError} naming file, line and column of each problem
 */
export async function readContract(file = contractPath, options: Options = {}): Promise<OpenAPI3> {
  const shown = path.relative(process.cwd(), file) || '.';
  const describe = (message: string, place: LineColLocationObject): string => {
    const frame = options.frames ? `\n\n${redocly.getCodeframe(place, false)}\n` : '';
    return `${shown}:${place.start.line}:${place.start.col} ${message}${frame}`;
  };
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ContractError(`${shown}: ${cause.message}`, { cause });
  });
  const doc = parse(new redocly.Source(file, text), describe);
  if (!String((doc.parsed as Partial<OpenAPI3> | undefined)?.openapi).startsWith('3.1.')) {
    throw new ContractError(`${shown}:1:1 Expected a document that opens with "openapi: 3.1.x".`);
  }
  const config = options.rules ?? (await redocly.createConfig(minimum));
  const resolver = new redocly.BaseResolver(config.resolve);
  const found = await redocly.lintDocument({ document: doc, config, externalRefResolver: resolver });
  const problems = options.rules ? found : found.filter((problem) => !isTaken(problem));
  if (problems.length > 0) {
    throw new ContractError(problems.map((problem) => describeProblem(problem, shown, describe)).join('\n'));
  }
  const bundled = await redocly.bundle({ doc, config, externalRefResolver: resolver, dereference: false });
  return bundled.bundle.parsed as OpenAPI3;
}

/** Problems of a contract with the place of each in its file, a line each. */
export async function locate(file: string, problems: readonly Problem[]): Promise<string> {
  const shown = path.relative(process.cwd(), file) || '.';
  const source = new redocly.Source(file, await readFile(file, 'utf8'));
  const lines = problems.map(({ pointer, message }) => {
    const { start } = redocly.getLineColLocation({ source, pointer });
    return `${shown}:${start.line}:${start.col} ${message} (${pointer})`;
  });
  return [...new Set(lines)].join('\n');
}

/** Keywords of a schema that are for people. */
const words = ['deprecated', 'description', 'example', 'examples', 'externalDocs', 'title', 'xml'];

/** What generation relies on. */
const minimum: Parameters<typeof redocly.createConfig>[0] = {
  rules: { struct: 'error', 'no-unresolved-refs': 'error', 'operation-operationId-unique': 'error' },
  plugins: [
    {
      id: 'any-schema',
      typeExtension: {
        // A schema may have keywords of anybody's (JSON Schema 2020-12, section 6.5), and FastAPI's often has. What
        // its words look like makes no difference to code.
        oas3: ({ Schema, ...types }) => {
          const properties = {
            ...Schema?.properties,
            ...Object.fromEntries(words.map((word) => [word, null])),
          };
          return { ...types, Schema: { ...Schema, properties, additionalProperties: null } } as never;
        },
      },
    },
  ],
};

/** What Redocly reports and generation takes all the same. */
function isTaken({ message, location: [place] }: NormalizedProblem): boolean {
  // `true` and `false` are schemas, too, which Redocly knows in some places only.
  if (message === 'Expected type `Schema` (object) but got `boolean`') return true;
  // What stands in an extension is the business of whoever made it; a property or a header may be called so, too.
  const keys = keysOf(place?.pointer ?? '');
  return keys.some((key, at) => key.startsWith('x-') && !/^(properties|headers)$/.test(keys[at - 1] ?? ''));
}

type Describe = (message: string, place: LineColLocationObject) => string;

function parse(source: Source, describe: Describe): Document {
  try {
    return redocly.makeDocumentFromString(source.body, source.absoluteRef);
  } catch (error) {
    // js-yaml counts lines and columns from zero.
    const { reason, mark } =
      (error as { originalError?: { reason?: string; mark?: { line: number; column: number } } })
        .originalError ?? {};
    if (!mark) throw error;
    const start = { line: mark.line + 1, col: mark.column + 1 };
    throw new ContractError(describe(String(reason), { source, pointer: undefined, start, end: start }), {
      cause: error,
    });
  }
}

function describeProblem(
  { location: [location], message }: NormalizedProblem,
  shown: string,
  describe: Describe,
) {
  if (!location) return `${shown} ${message}`;
  return describe(`${message} (${location.pointer})`, redocly.getLineColLocation(location));
}
