/** Calls a handler the way a caller with a key does, or a server by bytes. */
import { connect } from 'node:net';
import type { components } from '../../generated/schema.ts';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { catalogPath } from '../contract/from-yaml.ts';

type Schemas = components['schemas'];

export const address = `http://catalog.test${catalogPath}`;

const defaultHandler = createCatalogHandler();

/** @param search - The query with its `?`, or any other path on the same host. */
export function ask(
  search = '',
  { handler = defaultHandler, headers = {}, ...init }: RequestInit & { handler?: CatalogHandler } = {},
): Promise<Response> {
  const url = search.startsWith('/') ? new URL(search, address) : address + search;
  return handler(new Request(url, { ...init, headers: { authorization: 'Bearer key', ...headers } }));
}

export async function askCatalog(...args: Parameters<typeof ask>) {
  const response = await ask(...args);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const catalog = (await response.json()) as Required<Schemas['TrainingCatalogResponse']>;
  return { ...catalog, ids: catalog.models.map((model) => model.tinker_id) };
}

export async function askEnvelope(...args: Parameters<typeof ask>) {
  const response = await ask(...args);
  return { status: response.status, ...((await response.json()) as Schemas['APIErrorPayload']) };
}

interface Answer {
  /** Undefined where the connection was closed without an answer. */
  status: number | undefined;
  headers: Record<string, string>;
  body: string;
}

/** Sends bytes over a socket, then their end; resolves with the first answer once the server has closed it. */
export function exchange(url: string, bytes: string | Uint8Array): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {}).on('close', () => resolve(readAnswer(text)));
  });
}

function readAnswer(text: string): Answer {
  const [top = '', rest = ''] = text.replace('HTTP/1.1 100 Continue\r\n\r\n', '').split('\r\n\r\n', 2);
  const [line = '', ...fields] = top.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1];
  if (status === undefined) return { status, headers: {}, body: text };
  const headers = Object.fromEntries(
    fields.map((field) => [field.replace(/:.*/, '').toLowerCase(), field.replace(/^.*?: /, '')]),
  );
  // A 204 has no body: what follows is the answer to the next message.
  const length = status === '204' ? '0' : headers['content-length'];
  // A chunked body is one chunk here, and any other ends with its connection.
  const [, size, chunk] = /^([0-9a-f]+)\r\n([\s\S]*)$/.exec(rest) ?? [];
  const body =
    length === undefined
      ? (chunk?.slice(0, Number.parseInt(`${size}`, 16)) ?? rest)
      : rest.slice(0, Number(length));
  return { status: Number(status), headers, body };
}
