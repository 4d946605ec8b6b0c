import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isMistake, networkAdvice, reasonOf } from '../../src/transport/network.ts';
import { hangUp, serve } from '../client/fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from '../client/support.ts';
import { selfSigned } from './certificate.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('A mistake inside of a custom fetch is shown once, with its own message:', () => {
  test.for<[string, () => unknown]>([
    ['a TypeError', () => (undefined as never as { json: unknown }).json],
    ['a ReferenceError', () => new Function('return nothingByThisName')()],
    ['a RangeError', () => new Array(-1)],
    ['a SyntaxError', () => JSON.parse('{')],
  ])('%s', async ([name, mistake]) => {
    const fetch = recordingFetch(mistake);
    const error = await failureOf(
      'usage',
      clientOf('http://127.0.0.1', { fetch, retry: atOnce }).listModels(),
    );
    expect(fetch.calls).toHaveLength(1);
    expect(error.message).toContain(`Option fetch threw ${name}: `);
    expect(error.cause).toMatchObject({ name: name.slice(2), message: expect.any(String) });
    expect(error.message).toContain((error.cause as Error).message);
  });
});

test.for<[string, Error, boolean]>([
  ['a code', Object.assign(new TypeError('words of tomorrow'), { code: 'ECONNRESET' }), false],
  ['a cause', new TypeError('words of tomorrow', { cause: new Error('reset') }), false],
  ['the words of a platform', new TypeError('Load failed'), false],
  ['neither', new TypeError('words of tomorrow'), true],
])(
  'A TypeError with %s is taken for what it is, a mistake or a failure of the network',
  ([, error, expected]) => {
    expect(isMistake(error)).toBe(expected);
  },
);

test('A failure of the global fetch is one of the network, in whatever words', async () => {
  const fetch = recordingFetch(() => Promise.reject(new TypeError('words of tomorrow')));
  vi.stubGlobal('fetch', fetch);
  await failureOf('network', clientOf('http://127.0.0.1', { retry: atOnce }).listModels());
  expect(fetch.calls).toHaveLength(3);
});

describe('A certificate that can not be trusted', () => {
  test('is asked once, and the advice is what helps', async () => {
    let connections = 0;
    const server = createServer(selfSigned).on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await failureOf('network', clientOf(url, { retry: atOnce }).listModels());
    expect(connections).toBe(1);
    expect(error.attempts).toBe(1);
    expect(error.message).toContain('self-signed certificate');
    expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
    expect(error.message).not.toMatch(/Is it up|proxy/i);
  });

  test('because it has expired is not helped by trust', async () => {
    const cause = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    const fetch = recordingFetch(() => Promise.reject(new TypeError('fetch failed', { cause })));
    const error = await failureOf('network', clientOf('https://api.example', { fetch }).listModels());
    expect(error.message).toBe('No complete answer from https://api.example: certificate has expired.');
  });

  test('has no advice of Node where there is no Node', () => {
    const cause = Object.assign(new Error('no'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    vi.stubGlobal('process', undefined);
    expect(networkAdvice(new TypeError('fetch failed', { cause }))).toBe('');
  });
});

describe('The hint on a proxy', () => {
  const failed = new TypeError('fetch failed');
  const on = (versions: object, env: Record<string, string>) => {
    vi.stubGlobal('process', { versions, env });
    return networkAdvice(failed);
  };

  test.for([{ node: '22.21.0' }, { node: '24.0.0' }, { node: '26.1.0' }])('is given on %o', (versions) => {
    expect(on(versions, { https_proxy: 'http://proxy' })).toBe(
      'Is it up? (https_proxy is set, but Node uses it with NODE_USE_ENV_PROXY=1 only.)',
    );
  });

  test.for(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])('names %s', (name) => {
    expect(on({ node: '24.0.0' }, { [name]: 'http://proxy' })).toContain(`(${name} is set, but Node`);
  });

  test.for<[string, object, Record<string, string>]>([
    ['no proxy is set', { node: '24.0.0' }, {}],
    ['Node uses it already', { node: '24.0.0' }, { HTTPS_PROXY: 'x', NODE_USE_ENV_PROXY: '1' }],
    ['this Node knows no such setting', { node: '20.20.2' }, { HTTPS_PROXY: 'x' }],
    ['nor does this', { node: '22.20.9' }, { HTTPS_PROXY: 'x' }],
    ['nor this', { node: '20.21.0' }, { HTTPS_PROXY: 'x' }],
    ['Bun has its own way', { node: '24.0.0', bun: '1.4.5' }, { HTTPS_PROXY: 'x' }],
    ['there are no versions', {}, { HTTPS_PROXY: 'x' }],
  ])('is not, where %s', ([, versions, env]) => {
    expect(on(versions, env)).toBe('Is it up?');
  });
});

test('The reason is the innermost that has words, else a code', () => {
  const code = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
  expect(reasonOf(new TypeError('fetch failed', { cause: new Error('reset') }))).toBe('reset');
  expect(reasonOf(new TypeError('fetch failed', { cause: code }))).toBe('ECONNREFUSED');
  expect(reasonOf(new Error(''))).toBe('no reason given');
});

test('A connection that is refused by all addresses of a name says so', async () => {
  const { url, close } = await serve(hangUp);
  await close();
  const error = await failureOf('network', clientOf(url.replace('127.0.0.1', 'localhost')).listModels());
  expect(error.message).toContain('ECONNREFUSED');
});
