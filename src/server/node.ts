/** Serves a web-standard handler over HTTP on Node. */
/// <reference lib="esnext.disposable" preserve="true" />
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { listenError, urlOf } from '../listening.ts';
import type { CatalogHandler } from './handler.ts';
import { envelope } from './respond.ts';

export { withPage } from './with-page.ts';

export interface ListenOptions {
  /** @default 0, any free port */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
  /**
   * Receives a line for each request, in plain ASCII: `GET /api/v1/training/catalog?limit=5 200 3 ms`. No header is in it.
   *
   * @default none
   * @example
   * await listen(handler, { log: console.error });
   */
  log?: ((line: string) => void) | undefined;
}

export interface Listening {
  /** The server's URL, without a slash at the end: `http://127.0.0.1:4010`, `http://[::1]:4010`. */
  readonly url: string;
  /** Stops listening. A connection ends once its response is sent, after a second at the latest. May be called again. */
  close(): Promise<void>;
  /** Closes, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How long `close` waits for responses under way, in milliseconds. */
const graceMs = 1000;

/**
 * Serves a handler: that of `createCatalogHandler`, or any other `(request) => Promise<Response>`. If the handler
 * throws, the answer is the 500 envelope. The reference server reads bodies of up to 1 MiB.
 *
 * @throws Error of one line, by rejecting, if it cannot listen there
 * @example
 * const server = await listen(createCatalogHandler(), { port: 4010 });
 * console.log(server.url);
 * await server.close();
 */
export async function listen(
  handler: CatalogHandler,
  { port = 0, host = '127.0.0.1', log }: ListenOptions = {},
): Promise<Listening> {
  let underway = 0;
  let closing: Promise<void> | undefined;

  const answer = getRequestListener(handler, {
    overrideGlobalObjects: false,
    // Stands in for the header `Host` where a request has none.
    hostname: 'localhost',
    errorHandler(error) {
      if (error instanceof RequestError) return envelope(400);
      const why = error instanceof Error ? `: ${error.message}` : '';
      return envelope(500, { detail: `The handler failed${why}` });
    },
  });

  function serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const start = performance.now();
    underway += 1;
    outgoing.once('close', () => {
      underway -= 1;
      endConnections();
      log?.(describe(incoming, outgoing, performance.now() - start));
    });
    answer(incoming, outgoing);
  }

  function endConnections(): void {
    if (closing && underway === 0) server.closeAllConnections();
  }

  function close(): Promise<void> {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      setTimeout(() => server.closeAllConnections(), graceMs).unref();
    });
    endConnections();
    return closing;
  }

  const server = createServer({ requireHostHeader: false }, serve);
  server.on('checkExpectation', serve);
  server.on('clientError', async (_error, socket) => {
    if (!socket.writable) return void socket.destroy();
    const body = await envelope(400).text();
    socket.end(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nconnection: close\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });

  try {
    await once(server.listen({ port, host }), 'listening');
  } catch (error) {
    throw listenError(error, port, host);
  }
  const address = server.address() as AddressInfo;
  return { url: urlOf(address.address, address.port), close, [Symbol.asyncDispose]: close };
}

/** Node's parser takes nothing but printable ASCII in a target. */
function describe({ method, url }: IncomingMessage, outgoing: ServerResponse, ms: number): string {
  const outcome = outgoing.writableFinished ? outgoing.statusCode : 'closed early';
  return `${method} ${url} ${outcome} ${Math.round(ms)} ms`;
}
