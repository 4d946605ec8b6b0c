/** A server over real sockets that misbehaves as told: each request is given the next fault of its script. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { exampleOf } from '../contract/from-yaml.ts';

/** A request as it came over the wire. */
interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  /** The request target, byte for byte. */
  readonly target: string;
  /** Each header line, so that a header sent twice is seen twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The values of a header, by lower-case name. */
  header(name: string): string[];
  /** Settles when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;
}

/** What the server does with a request. */
export type Fault = (socket: Socket, request: SeenRequest) => unknown;

export interface FaultServer {
  readonly url: string;
  /** Every request so far. */
  readonly requests: SeenRequest[];
  /** How many connections are open now. */
  connections(): number;
  close(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;
type Body = string | Uint8Array | object;

function bytesOf(body: Body): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function head(status: number, headers: Headers): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`;
}

const json = { 'content-type': 'application/json' };

/** A whole answer; the headers given are added to its type and length, or replace them. */
export function answer(status: number, body: Body = '', headers: Headers = {}): Fault {
  const bytes = bytesOf(body);
  const start = Buffer.from(head(status, { ...json, 'content-length': `${bytes.length}`, ...headers }));
  // In one packet: the second of two would wait for the client to acknowledge the first, 40 ms a call.
  return (socket) => socket.write(Buffer.concat([start, bytes]));
}

/** The contract's own example of a page. */
export const page = exampleOf(200);
export const ok = answer(200, page);

/** The envelope of a status, with its own code, as the API would send it. */
export function envelope(status: number, headers: Headers = {}, fields: object = {}): Fault {
  return answer(status, { code: status, type: 'server_error', detail: 'Sorry', ...fields }, headers);
}
export const rateLimited = exampleOf(429);

/** An answer that has no length and ends with its connection. */
export function unmeasured(status: number, body: Body = ''): Fault {
  return (socket) => socket.end(Buffer.concat([Buffer.from(head(status, json)), bytesOf(body)]));
}

/** An answer that stops after its first part, without a word, while the connection stays open. */
export function stall(status = 200, part: Body = '{"limit":20,'): Fault {
  return (socket) => {
    socket.write(head(status, { ...json, 'content-length': '500' }));
    socket.write(bytesOf(part));
  };
}

/** Nothing: the request is read and not answered. */
export const silence: Fault = () => {};

/** The start of an answer's head and no more. */
export const slowHead: Fault = (socket) =>
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n');

/** A body cut in its middle: more is promised than comes. */
export function cut(status = 200, part: Body = '{"limit":20,'): Fault {
  return (socket, request) => {
    stall(status, part)(socket, request);
    setTimeout(() => socket.destroy(), 20);
  };
}

/** A connection that is closed (or reset) before anything is said. */
export const hangUp: Fault = (socket) => socket.destroy();
export const reset: Fault = (socket) => socket.resetAndDestroy();

/** Something that is not HTTP. */
export const garbage: Fault = (socket) => socket.end('220 mail.example.com ESMTP ready\r\n');

/** A body in pieces of so many bytes, each a packet of its own. */
export function drip(status: number, body: Body, size: number): Fault {
  const bytes = bytesOf(body);
  return async (socket) => {
    socket.setNoDelay(true);
    socket.write(head(status, { ...json, 'content-length': `${bytes.length}` }));
    for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
      socket.write(bytes.subarray(at, at + size));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
}

/** A body without end, written for as long as it is read. */
export function endless(status = 200): Fault {
  return (socket) => {
    socket.write(head(status, json));
    const more = () => {
      while (!socket.destroyed && socket.write(' '.repeat(16_384)));
    };
    socket.on('drain', more);
    more();
  };
}

/**
 * Starts a server that answers the first request with the first fault, and so on; the last one repeats.
 * The caller closes it.
 */
async function startFaultServer(...faults: readonly Fault[]): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => {
        sockets.delete(socket);
        resolve();
      });
    });
    socket.on('error', () => {});
    let received = '';
    socket.setEncoding('latin1').on('data', (data) => {
      received += data;
      // Requests have no bodies, so a blank line is always the end of one.
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const request = parse(received.slice(0, end), closed);
        received = received.slice(end + 4);
        const fault = faults[Math.min(requests.push(request), faults.length) - 1] ?? ok;
        fault(socket, request);
      }
    });
  });

  const parse = (text: string, closed: Promise<void>): SeenRequest => {
    const [start = '', ...lines] = text.split('\r\n');
    const [method = '', target = ''] = start.split(' ');
    const headers = lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    });
    const header = (name: string) =>
      headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
    return { method, target, url: new URL(target, url), headers, header, closed };
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** As {@link startFaultServer}, for the length of one test. */
export async function serve(...faults: readonly Fault[]): Promise<FaultServer> {
  const server = await startFaultServer(...faults);
  onTestFinished(() => server.close());
  return server;
}
