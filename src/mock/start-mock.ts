/** Runs a Prism mock in this process. */
/// <reference lib="esnext.disposable" preserve="true" />
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import contract from '../../generated/openapi.json' with { type: 'json' };
import { listenError, urlOf } from '../listening.ts';

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
  /** Stops the mock. Requests under way have at most half a second to be answered. May be called again. */
  close(): Promise<void>;
  /** Closes, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a Prism mock in this process, and resolves when it answers.
 *
 * Prism answers with the contract's examples. It checks that there is a key, and the query. Filters do nothing: the
 * list is the same for each query.
 *
 * @throws Error if Prism cannot be loaded, the document cannot be read, or the mock cannot listen there
 * @throws RangeError for an invalid port
 * @example
 * const mock = await startMock();
 * const client = createTrainingCatalogClient({ baseUrl: mock.url, apiKey: 'any' });
 * const { models } = await client.listModels();
 * await mock.close();
 */
export async function startMock({
  port = 0,
  host = '127.0.0.1',
  dynamic = false,
  document = contract,
  log,
}: MockOptions = {}): Promise<Mock> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`The port must be a whole number from 0 to 65535, not ${String(port)}.`);
  }
  const { createLogger, createServer, getHttpOperationsFromSpec } = await loadPrism();
  // Prism resolves references in place.
  const copy = typeof document === 'string' ? document : structuredClone(document);
  const server = createServer(await getHttpOperationsFromSpec(copy), {
    cors: true,
    components: {
      logger: log
        ? createLogger('mock', logOptions, { write: (json: string) => log(formatLine(json)) })
        : createLogger('mock', { level: 'silent' }),
    },
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
  const endConnections = trackConnections(Number(actualPort));
  let closed: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const grace = setTimeout(endConnections, graceMs);
    await server.close();
    clearTimeout(grace);
    endConnections();
  }
  function close(): Promise<void> {
    closed ??= stop();
    return closed;
  }
  return { url: urlOf(actualHost, actualPort), close, [Symbol.asyncDispose]: close };
}

/** How long requests under way have to be answered, in milliseconds. */
const graceMs = 500;

const logOptions = { level: 'info', formatters: { level: (level: string) => ({ level }) } };

function formatLine(json: string): string {
  const { level, input, msg } = JSON.parse(json);
  const request = input ? `${input.method.toUpperCase()} ${input.url.path} ` : '';
  return `${level.padEnd(7)} ${request}${msg}`;
}

/**
 * Prism is an optional peer: only who calls `startMock` needs it.
 *
 * @throws Error with the command that installs it
 */
async function loadPrism() {
  try {
    const [core, http, server] = await Promise.all([
      import('@stoplight/prism-core'),
      import('@stoplight/prism-http'),
      import('@stoplight/prism-http-server'),
    ]);
    if (!('getHttpOperationsFromSpec' in http))
      throw new Error('@stoplight/prism-http is older than version 5');
    return { ...core, ...http, ...server };
  } catch (cause) {
    const [why] = (cause as Error).message.split('\n', 1);
    const install = Object.entries(tested).map(([name, version]) => `${name}@${version}`);
    throw new Error(`The mock needs Prism: ${why}. Run: npm i -D -E ${install.join(' ')}`, { cause });
  }
}

/** The versions for the oldest Node that this package takes. */
export const tested = {
  '@stoplight/prism-core': '5.8.0',
  '@stoplight/prism-http': '5.12.0',
  '@stoplight/prism-http-server': '5.12.2',
};

/**
 * Keeps track of the connections to a port of this process, and returns a function that ends those still open, such
 * as those that a browser opens in advance: Prism's `close` waits for them. Prism does not hand out its server, so
 * they are learned of from Node.
 */
function trackConnections(port: number): () => void {
  const open = new Set<Socket>();
  const add = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) return;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  subscribe('net.server.socket', add);
  return () => {
    unsubscribe('net.server.socket', add);
    for (const socket of open) socket.destroy();
  };
}
