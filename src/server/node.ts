/** Serves a web-standard handler over HTTP on Node. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listenError, urlOf } from '../listening.ts';
import { type CatalogHandler, cores } from './handler.ts';
import { envelope, type PlainRequest, type PlainResponse } from './plain.ts';

export interface ListenOptions {
  /** @default 0, any free port */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
}

export interface Listening {
  /** The server's URL, without a slash at the end: `http://127.0.0.1:4010`, `http://[::1]:4010`. */
  url: string;
  /** Stops listening. A connection ends once its response is sent, after a second at the latest. May be called again. */
  close(): Promise<void>;
}

/** How long `close` waits for responses under way, in milliseconds. */
const graceMs = 1000;

function readUrl({ url = '' }: IncomingMessage): string {
  return url.startsWith('/') ? `http://localhost${url}` : url;
}

function send(response: ServerResponse, { status, headers, body }: PlainResponse): void {
  if (body === null) response.writeHead(status, headers);
  else response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body ?? undefined);
}

function toPlainRequest(incoming: IncomingMessage): PlainRequest {
  const get = (name: string): string | null => incoming.headers[name.toLowerCase()]?.toString() ?? null;
  return {
    method: incoming.method as string,
    url: readUrl(incoming),
    headers: { get },
    text: () => readText(incoming),
  };
}

/** The API takes small bodies only. A larger one would fill the memory. */
const maxBodyBytes = 1024 * 1024;

class BodyTooLarge extends Error {}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new BodyTooLarge(`The body is larger than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined where the request can't be a `Request`: the method TRACE is forbidden there. */
function toRequest(incoming: IncomingMessage): Request | undefined {
  try {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const method = incoming.method as string;
    const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as BodyInit);
    return new Request(readUrl(incoming), { method, headers, body, duplex: 'half' } as RequestInit);
  } catch {
    return undefined;
  }
}

async function sendResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (!response.body) return void outgoing.end();
  outgoing.flushHeaders(); // An `intercept` may hold back the body.
  await pipeline(Readable.fromWeb(response.body as never), outgoing);
}

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
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listening> {
  const core = cores.get(handler);
  let underway = 0;
  let closing: Promise<void> | undefined;

  const endConnections = (): void => {
    if (closing && underway === 0) server.closeAllConnections();
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    underway += 1;
    outgoing.once('close', () => {
      underway -= 1;
      endConnections();
    });
    try {
      if (core) return send(outgoing, await core(toPlainRequest(incoming)));
      const request = toRequest(incoming);
      if (!request) return send(outgoing, envelope(400));
      await sendResponse(outgoing, await handler(request));
    } catch (error) {
      if (outgoing.headersSent) return void outgoing.destroy();
      if (error instanceof BodyTooLarge) return send(outgoing, envelope(400, { detail: error.message }));
      const why = error instanceof Error ? `: ${error.message}` : '';
      send(outgoing, envelope(500, { detail: `The handler failed${why}` }));
    }
  };

  // Repeated headers are joined, as `Headers` does. A request without `Host` is answered like any other.
  const server = createServer({ joinDuplicateHeaders: true, requireHostHeader: false }, serve);
  server.on('checkExpectation', serve);
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return void socket.destroy();
    const { body } = envelope(400);
    socket.end(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nconnection: close\r\n` +
        `content-length: ${Buffer.byteLength(body as string)}\r\n\r\n${body}`,
    );
  });

  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => reject(listenError(error, port, host));
    try {
      server.once('error', fail).listen({ port, host }, () => resolve(void server.off('error', fail)));
    } catch (error) {
      fail(error); // `listen` throws for a number that is no port.
    }
  });

  const listening = server.address() as AddressInfo;
  return {
    url: urlOf(listening.address, listening.port),
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        setTimeout(() => server.closeAllConnections(), graceMs).unref();
      });
      endConnections();
      return closing;
    },
  };
}
