/** Runs a Prism mock in this process. */
import { createRequire } from 'node:module';
import { listenError, urlOf } from '../listening.ts';
import { trackConnections } from './connections.ts';
import { loadPrism } from './prism.ts';

const require = createRequire(import.meta.url);

/** Options of `startMock`. */
export interface MockOptions {
  /**
   * The port to listen on, 0 to 65535. 0 picks a free one.
   *
   * @default 0
   */
  port?: number | undefined;
  /**
   * The name or address to listen on.
   *
   * @default '127.0.0.1'
   */
  host?: string | undefined;
  /**
   * Answer with random bodies that fit the schema rather than with the examples.
   *
   * @default false
   */
  dynamic?: boolean | undefined;
  /**
   * The OpenAPI document to mock: a path, or the parsed document.
   *
   * @default the contract of this package
   */
  document?: string | object | undefined;
  /**
   * Receives a line for each request, answer and violation.
   *
   * @default none: Prism is silent
   * @example
   * await startMock({ log: console.error });
   */
  log?: ((line: string) => void) | undefined;
}

/** A running mock. */
export interface Mock {
  /** The mock's URL, without a slash at the end. */
  readonly url: string;
  /** Stops the mock. Requests under way have half a second to be answered. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a Prism mock in this process, and resolves when it answers.
 *
 * Prism answers with the contract's examples. It checks that there is a key, and the query. Filters do nothing: the
 * list is the same for each query.
 *
 * @throws Error if Prism is not installed, the document cannot be read, or the mock cannot listen there
 * @throws RangeError for an invalid port
 * @example
 * const mock = await startMock();
 * const client = createTrainingCatalogClient({ baseUrl: mock.url, apiKey: 'any' });
 * const { models } = await client.listModels();
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', dynamic = false, log } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`The port must be a whole number from 0 to 65535, not ${String(port)}.`);
  }
  const prism = loadPrism();
  const operations = await prism.getHttpOperationsFromSpec(readDocument(options.document));
  const logger = log
    ? prism.createLogger('mock', logOptions, { write: (json: string) => log(formatLine(json)) })
    : prism.createLogger('mock', { level: 'silent' });
  const server = prism.createServer(operations, {
    cors: true,
    components: { logger },
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic },
    },
  });
  const address = await server.listen(port, host).catch((reason: unknown) => {
    throw listenError(reason, port, host);
  });
  // Prism gives IPv6 addresses without brackets: `http://::1:4010`.
  const [, actualHost = '', actualPort = ''] = /^http:\/\/(.*):(\d+)$/.exec(address) ?? [];
  const url = urlOf(actualHost, actualPort);
  const endConnections = trackConnections(Number(actualPort));
  let closed: Promise<void> | undefined;
  return {
    url,
    close: () => {
      closed ??= closeGently(server, endConnections);
      return closed;
    },
  };
}

/** How long requests under way have to be answered, in milliseconds. */
const graceMs = 500;

async function closeGently(server: { close(): Promise<void> }, endConnections: () => void): Promise<void> {
  const grace = setTimeout(endConnections, graceMs);
  await server.close();
  clearTimeout(grace);
  endConnections();
}

/** A parsed document is copied, as Prism resolves references in place. */
function readDocument(document: MockOptions['document']): string | object {
  if (typeof document === 'string') return document;
  // By the package's name, the file is found from the sources and from the build.
  return structuredClone(document ?? require('training-catalog-contract/openapi.json'));
}

const logOptions = { level: 'info', formatters: { level: (level: string) => ({ level }) } };

function formatLine(json: string): string {
  const { level, input, msg } = JSON.parse(json);
  const request = input ? `${input.method.toUpperCase()} ${input.url.path} ` : '';
  return `${level.padEnd(7)} ${request}${msg}`;
}
