/** What somebody reads who has made one of the usual mistakes, and what a server says in its own way. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTrainingCatalogClient } from '../../src/client/client.ts';
import type { ClientOptions } from '../../src/client/options.ts';
import type { CatalogQuery } from '../../src/client/types.ts';
import { catalogPath, errorResponses, queryParameters } from '../contract/from-yaml.ts';
import { expired, ofAnotherName, selfSigned } from './certificates.ts';
import { answer, envelope, serve } from './fault-server.ts';
import { runProcess } from './processes.ts';
import { atOnce, clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const origin = 'http://127.0.0.1';
const html = { 'content-type': 'text/html' };
const parameters = queryParameters.map(({ name }) => name).join(', ');

afterEach(() => vi.unstubAllEnvs());

/** Lets a server listen for the length of a test. */
async function portOf(server: ReturnType<typeof createHttpServer> | Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('Where a connection can not be made, the error says why and what to do:', () => {
  test('nobody listens', async () => {
    const { url, close } = await serve();
    await close();
    const error = await failureOf('network', clientOf(url, { retry: atOnce }).listModels());
    expect(error).toMatchObject({
      message: `No complete answer from ${url} after 3 attempts: the connection was refused. Is the server up?`,
      ...{ reason: 'refused', url: url + catalogPath, attempts: 3 },
      cause: { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED' } },
    });
    // All addresses of a name refuse it, which is an error of errors.
    const named = clientOf(url.replace('127.0.0.1', 'localhost'));
    expect(await failureOf('network', named.listModels())).toMatchObject({ reason: 'refused' });
  });

  test('the name is not known', async () => {
    const error = await failureOf('network', clientOf('http://no-such-host.invalid').listModels());
    expect(error.reason).toBe('dns');
    expect(error.message).toContain('the name no-such-host.invalid is not known. Is it spelt right?');
  });

  test('https to a port without TLS', async () => {
    const host = `127.0.0.1:${await portOf(createHttpServer())}`;
    const error = await failureOf('network', clientOf(`https://${host}`).listModels());
    expect(error).toMatchObject({
      message: `No complete answer from https://${host}: no TLS is spoken there. If the server has none, write http://${host}.`,
      reason: 'tls',
    });
  });

  test('http to a port with TLS', async () => {
    const port = await portOf(createServer(selfSigned));
    const error = await failureOf('network', clientOf(`${origin}:${port}`).listModels());
    expect(error.reason).toBe('reset');
    expect(error.message).toContain('If the server wants TLS, write https.');
  });

  test.for<[string, { key: string; cert: string }, string]>([
    ['expired', expired, 'its certificate has expired.'],
    ['its own issuer', selfSigned, 'its certificate is not trusted here. If you trust its issuer, name the'],
  ])('a certificate that is %s, which is asked for once', async ([, certificate, words]) => {
    let connections = 0;
    const server = createServer(certificate).on('connection', () => {
      connections += 1;
    });
    const url = `https://127.0.0.1:${await portOf(server)}`;
    const error = await failureOf('network', clientOf(url, { retry: atOnce }).listModels());
    expect(error).toMatchObject({ reason: 'certificate', attempts: 1 });
    expect(error.message).toContain(`No complete answer from ${url}: ${words}`);
    expect(error.message.includes('NODE_EXTRA_CA_CERTS')).toBe(certificate === selfSigned);
    expect(connections).toBe(1);
  });

  test('a certificate of another name', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'trusted-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'ca.pem');
    writeFileSync(file, ofAnotherName.cert);
    const url = `https://127.0.0.1:${await portOf(createServer(ofAnotherName))}`;
    const error = await runProcess('one-call.ts', [url], { env: { NODE_EXTRA_CA_CERTS: file } });
    expect(error).toMatchObject({
      message: `No complete answer from ${url}: its certificate is not for 127.0.0.1.`,
      reason: 'certificate',
    });
  });

  test.for<[reason: string, code: string, message: string, said?: string]>([
    ['refused', 'ConnectionRefused', 'Unable to connect. Is the computer able to access the url?'],
    ['refused', '', 'tcp connect error: Connection refused (os error 111)'],
    ['dns', 'EAI_AGAIN', 'getaddrinfo EAI_AGAIN catalog.example'],
    ['dns', '', 'dns error: failed to lookup address information'],
    ['certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
    ['certificate', '', 'invalid peer certificate: UnknownIssuer'],
    ['certificate', 'ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname/IP', 'not for catalog.example.'],
    ['tls', '', 'received corrupt message of type InvalidContentType'],
    ['unreachable', 'ENETUNREACH', 'connect', 'there is no way to it. Is the network up?'],
    ['unreachable', 'UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'],
    ['reset', 'ConnectionClosed', 'The socket connection', 'closed before the answer was complete.'],
    ['other', 'E_OF_TOMORROW', 'words of tomorrow', 'words of tomorrow. Is it up?'],
  ])(
    '%s, as platforms say it by the code "%s" or in words: %s',
    async ([reason, code, message, said = '']) => {
      const cause = Object.assign(new Error(message), code && { code });
      const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
      const client = clientOf('https://catalog.example', { fetch });
      const error = await failureOf('network', client.listModels());
      expect(error.reason).toBe(reason);
      expect(error.message.endsWith(said)).toBe(true);
    },
  );

  test.for<[string, object, string]>([
    ['none of Node’s where there is no Node', { process: undefined }, 'its certificate is not trusted here.'],
    ['on CORS in a page', { document: {} }, 'Is it up, and does it allow this page to ask (CORS)?'],
  ])('with advice %s', async ([, globals, words]) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const code = 'process' in globals ? 'CERT_UNTRUSTED' : undefined;
    const fetch = () => Promise.reject(Object.assign(new TypeError('Failed to fetch'), code && { code }));
    const error = await failureOf('network', clientOf(origin, { fetch }).listModels());
    vi.unstubAllGlobals();
    expect(error.message.endsWith(words)).toBe(true);
  });

  test.for(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'a proxy in %s that this Node uses only if it is told to',
    async (name) => {
      const { versions } = process;
      const fetch = () => Promise.reject(new Error('no'));
      vi.stubEnv(name, 'http://proxy.example');
      const said = async (node: string, more: object = {}, use = '') => {
        vi.stubEnv('NODE_USE_ENV_PROXY', use);
        vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...versions, node, ...more });
        const error = await failureOf('network', clientOf(origin, { fetch }).listModels());
        vi.restoreAllMocks();
        return error.message.includes(`(${name} is set, but Node uses it with NODE_USE_ENV_PROXY=1 only.)`);
      };
      for (const node of ['22.21.0', '24.0.0']) expect(await said(node)).toBe(true);
      for (const node of ['20.20.2', '22.20.9']) expect(await said(node)).toBe(false);
      expect(await said('24.0.0', {}, '1')).toBe(false);
      expect(await said('24.0.0', { bun: '1.4.5' })).toBe(false);
    },
  );
});

describe('An answer of something else than the API:', () => {
  const errorOf = async (status: number, body: string, headers: Record<string, string> = {}) =>
    failureOf('response', clientOf((await serve(answer(status, body, headers))).url).listModels());

  test('a page where JSON is wanted has its title in the message', async () => {
    const error = await errorOf(200, '<html><head><title>\n Please\n sign in</title>', html);
    expect(error.message).toBe(
      'Status 200, but not an answer of this API: the body (text/html) is not JSON but a page, "Please sign in"; check the server address.',
    );
  });

  test('a 429 without a body says what to do and how long to wait, and nothing of an address', async () => {
    const error = await errorOf(429, '', { 'retry-after': '3600' });
    expect(error).toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
    const { advice } = errorResponses.find(({ status }) => status === 429) as { advice: string };
    expect(error.message).toBe(
      `Status 429, but not an answer of this API: the body is empty (what to do: ${advice}; wait 3600 s, as the server asks).`,
    );
  });

  test('a 404 names the requested address, and says whether it has the path of the API twice', async () => {
    const { url } = await serve(envelope(404));
    const told = async (prefix: string) =>
      (await failureOf('api', clientOf(url + prefix).listModels({ limit: 1 }))).message;
    expect(await told('')).toContain(`; ${url}${catalogPath} was asked for).`);
    for (const start of [catalogPath, catalogPath.slice(0, catalogPath.lastIndexOf('/')), '/gateway/api']) {
      const again = start.replace('/gateway', '');
      expect(await told(start)).toContain(
        `; ${url}${start}${catalogPath} was asked for, which has ${again} twice: leave it out of the address).`,
      );
    }
  });

  test('a 401 says that no key was sent, if none was', async () => {
    const { url } = await serve(envelope(401));
    const told = async (options: ClientOptions) =>
      (await failureOf('api', clientOf(url, options).listModels())).message;
    const words = 'no key was sent: set DREADNODE_API_KEY or option apiKey';
    expect(await told({ apiKey: null })).toContain(words);
    expect(await told({ apiKey: 'wrong-key' })).not.toContain(words);
    expect(await told({ headers: { authorization: 'Basic wrong' } })).not.toContain(words);
  });
});

describe('What a server says outside of the API’s envelope is reported, with the location of each problem:', () => {
  const errorOf = async (body: string | object, headers: Record<string, string> = {}) => {
    const { url } = await serve(answer(422, body, headers));
    return failureOf('response', clientOf(url).listModels());
  };
  test.for<[string, string | object, string]>([
    ['FastAPI’s own errors', { detail: 'Not authenticated' }, 'Not authenticated'],
    ['an object as detail', { detail: { reason: 'quota', message: 'No quota left' } }, 'No quota left'],
    ['locations as detail', { detail: { a: ['big', 'odd'], b: { c: ['x'] } } }, 'a: big; odd; b: c: x'],
    ['Django', { limit: ['A valid integer is required.'] }, 'limit: A valid integer is required.'],
    ['Rails and .NET', { title: 'Bad', errors: { limit: ['is too large'] } }, 'limit: is too large'],
    [
      'JSON:API',
      {
        errors: [
          { source: { parameter: 'limit' }, title: 'Invalid', detail: 'too large' },
          { detail: 'odd' },
        ],
      },
      'limit: Invalid: too large; odd',
    ],
    ['RFC 9457', { errors: [{ detail: 'must be positive', pointer: '#/age' }] }, '#/age: must be positive'],
    ['express-validator', { errors: [{ msg: 'Invalid value', path: 'limit' }] }, 'limit: Invalid value'],
    ['zod', { error: { issues: [{ path: ['a', 0], message: 'too big' }] } }, 'issues: a.0: too big'],
    ['a gateway of AWS', { message: 'Forbidden' }, 'Forbidden'],
    ['an older one', { Message: 'Forbidden' }, 'Forbidden'],
    ['Google and OpenAI', { error: { code: 403, message: 'Denied' } }, 'Denied'],
    ['OAuth', { error: 'invalid_token', error_description: 'It has expired' }, 'It has expired'],
    [
      'problem+json',
      { type: 'about:blank', title: 'Forbidden', detail: 'No access' },
      'Forbidden: No access',
    ],
    ['a title only', { title: 'Forbidden' }, 'Forbidden'],
    ['a JSON text', '"No such thing"', 'No such thing'],
    ['a page', '<head>\n<title>\n502 Bad\n Gateway</title></head><p>nginx', '502 Bad Gateway'],
    ['a page with a heading only', '<h1 class="x">Who are you?</h1>', 'Who are you?'],
  ])('%s', async ([, body, words]) => {
    const error = await errorOf(body);
    expect(error.message).toContain(`Status 422, not in the API's envelope: ${words} (what to do: `);
  });

  test('a plain text is quoted, but no text of another media type', async () => {
    const text = { 'content-type': 'text/plain; charset=utf-8' };
    expect((await errorOf('upstream error\n', text)).message).toContain('envelope: upstream error (');
    for (const [body, type] of [
      [' <p>a page', 'text/plain'],
      ['words', 'application/not-text/plain'],
    ] as const)
      expect((await errorOf(body, { 'content-type': type })).message).toContain('is not JSON (what to do: ');
  });

  test('a body without words is described by what it lacks', async () => {
    for (const body of ['', 'null', '{}', '[]', '5', '{"detail":{}}', '{"detail":"  "}', '<p>', '{"ok":']) {
      const { message } = await errorOf(body);
      expect(message).toContain('Status 422, but not an answer of this API: ');
      expect(message).toContain('(what to do: ');
    }
    expect((await errorOf({ code: '422', type: 'x', detail: null })).message).toContain(
      'code: Input should be a valid integer',
    );
  });

  test('FastAPI’s list of problems is in errors too, up to a hundred', async () => {
    const problem = { loc: ['query', 'limit'], msg: 'Input should be less', type: 'less', input: '101' };
    const detail = [problem, { loc: ['body', 'models', 3], msg: 'Field required', type: 'missing' }];
    const error = await errorOf({ detail });
    expect(error.errors).toEqual(detail);
    expect(error.message).toContain('query.limit: Input should be less; body.models.3: Field required');
    const many = await errorOf({ detail: Array(5_000).fill(problem) });
    expect(many.errors).toHaveLength(100);
    expect(many.message.length).toBeLessThan(500);
  });
});

describe('A mistake in the program is a usage error that names the option, before anything is sent:', () => {
  test.for<[string, ClientOptions | object, string, string]>([
    ['an empty key', { apiKey: '' }, 'apiKey', 'Option apiKey is empty: pass a key, or null to send none.'],
    [
      'a key with its scheme',
      { apiKey: 'Bearer SECRET' },
      'apiKey',
      'Option apiKey is the key alone: leave out "Bearer ".',
    ],
    [
      'a host without scheme',
      { baseUrl: 'localhost:4010' },
      'baseUrl',
      'Option baseUrl must be an absolute URL: write https:// or http:// before the host.',
    ],
    [
      'a name without scheme',
      { baseUrl: 'catalog.example/api' },
      'baseUrl',
      'Option baseUrl must be an absolute URL: write https:// or http:// before the host.',
    ],
    [
      'a misspelt option',
      { timeoutMS: 5 },
      'timeoutMS',
      'Unknown option timeoutMS (did you mean timeoutMs?);',
    ],
    ['one between two', { totaltimeout: 5 }, 'totaltimeout', 'totaltimeout (did you mean totalTimeoutMs?);'],
    ['one half remembered', { timeout: 5 }, 'timeout', 'Unknown option timeout (did you mean timeoutMs?);'],
    ['one that there is not', { maxAge: 5 }, 'maxAge', 'Unknown option maxAge; known are baseUrl, apiKey,'],
    [
      'one of retry',
      { retry: { limits: 5 } },
      'limits',
      'Unknown option limits (did you mean limit?); known are limit, minDelayMs, maxDelayMs, maxRetryAfterMs,',
    ],
  ])('%s', async ([, options, option, words]) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient({ baseUrl: origin, ...options }));
    expect(error).toMatchObject({ option, errors: [], message: expect.stringContaining(words) });
    expect(error).not.toHaveProperty('url');
  });

  test('a host without scheme in the environment names the variable', async () => {
    vi.stubEnv('DREADNODE_SERVER', 'localhost:4010');
    const error = await usageErrorOf(() => createTrainingCatalogClient({ apiKey: null }));
    expect(error).toMatchObject({
      option: 'baseUrl',
      message: expect.stringMatching(/^DREADNODE_SERVER must/),
    });
  });

  test.for<[object, string]>([
    [{ minSizeB: 7 }, `Unknown parameter minSizeB (did you mean min_size_b?); known are ${parameters}.`],
    [{ mas_size_b: 7 }, `Unknown parameter mas_size_b (did you mean max_size_b?); known are ${parameters}.`],
    [{ famly: 'qwen' }, `Unknown parameter famly (did you mean family?); known are ${parameters}.`],
    [{ page: 2 }, `Unknown parameter page; known are ${parameters}.`],
    [{ limit: '5' }, 'limit: Input should be a valid integer. It is a text: pass a number.'],
  ])('the query %o', async ([query, message]) => {
    const fetch = recordingFetch();
    const error = await failureOf('usage', clientOf(origin, { fetch }).listModels(query as CatalogQuery));
    expect(error).toMatchObject({ option: 'query', message });
    expect(fetch.calls).toHaveLength(0);
  });

  test('a fetch that throws on a status, as ky does, is named with the status, and not tried again', async () => {
    const fetch = recordingFetch(() => {
      const response = new Response('', { status: 401 });
      throw Object.assign(new Error('Request failed with status code 401'), { name: 'HTTPError', response });
    });
    const error = await failureOf('usage', clientOf(origin, { fetch, retry: atOnce }).listModels());
    expect(error).toMatchObject({
      message:
        'Option fetch threw an error for status 401: it has to give each answer as a Response (ky does with throwHttpErrors: false).',
      ...{ option: 'fetch', url: origin + catalogPath, attempts: 1 },
      cause: { name: 'HTTPError' },
    });
    expect(fetch.calls).toHaveLength(1);
  });
});
