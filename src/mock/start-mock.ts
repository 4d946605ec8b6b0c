/** Runs a Prism mock in this process. */
import { createRequire } from 'node:module';
import { listenError, urlOf } from '../listening.ts';
import { followConnections } from './connections.ts';
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
   * Receives a line for each request, answer and violation. Without it Prism is silent.
   *
   * @example
   * await startMock({ log: console.error });
   */
  log?: ((line: string) => void) | undefined;
}

/** A running mock. */
export interface Mock {
  /** Where the mock answers, without a slash at the end. */
  readonly url: string;
  /** Frees the port; requests under way have half a second to be answered. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a Prism mock in this process and resolves when it answers.
 *
 * Prism answers with the contract's examples and checks the key's presence and the query. Filters do
 * nothing: the list is the same for each query.
 *
 * @throws Error when Prism is not installed, the document cannot be read or the address cannot be had;
 * RangeError for a bad port.
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
  // Prism reports `http://::1:4010`.
  const [, listening = '', itsPort = ''] = /^http:\/\/(.*):(\d+)$/.exec(address) ?? [];
  const url = urlOf(listening, itsPort);
  const endConnections = followConnections(Number(itsPort));
  let closed: Promise<void> | undefined;
  return {
    url,
    close: () => {
      closed ??= closeGently(server, endConnections);
      return closed;
    },
  };
}

/** Requests under way get this long to be answered, in milliseconds; Prism needs a few of them. */
const graceMs = 500;

async function closeGently(server: { close(): Promise<void> }, endConnections: () => void): Promise<void> {
  const grace = setTimeout(endConnections, graceMs);
  await server.close();
  clearTimeout(grace);
  endConnections();
}

/** Prism resolves references inside the object that it is given, hence the copy. */
function readDocument(document: MockOptions['document']): string | object {
  if (typeof document === 'string') return document;
  // The package's own name finds the file from the sources and from the build alike.
  return structuredClone(document ?? require('training-catalog-contract/openapi.json'));
}

const logOptions = { level: 'info', formatters: { level: (level: string) => ({ level }) } };

function formatLine(json: string): string {
  const { level, input, msg } = JSON.parse(json);
  const request = input ? `${input.method.toUpperCase()} ${input.url.path} ` : '';
  return `${level.padEnd(7)} ${request}${msg}`;
}
