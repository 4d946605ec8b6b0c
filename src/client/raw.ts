/** A plain openapi-fetch client on the same exchange, for those who bring middleware. */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/schema.ts';
import { failure } from './errors.ts';
import { exchange } from './exchange.ts';
import { type ClientOptions, resolveOptions } from './options.ts';

/** The options that the exchange has; checks and drift are the typed client's. */
export type RawClientOptions = Omit<ClientOptions, 'validate' | 'onDrift'>;

/**
 * An openapi-fetch client with this package's retries, time limits, size limit and key. Middleware sees
 * real `Request` and `Response` objects. Its types are the contract's closed ones, and nothing is checked
 * against them at run time: a body is what the server sent. Failures to get any answer are thrown as by
 * the typed client; error envelopes are returned in `error`, as openapi-fetch does.
 *
 * @throws a `usage` error that names the option that is wrong
 * @example
 * const client = createRawClient({ baseUrl: 'http://127.0.0.1:4010', apiKey: 'any' });
 * client.use({ onRequest: ({ request }) => console.log(request.url) });
 * const { data, error } = await client.GET('/api/v1/training/catalog');
 */
export function createRawClient(options: RawClientOptions = {}): Client<paths> {
  const settings = resolveOptions(options);
  return createClient<paths>({
    baseUrl: settings.baseUrl,
    redirect: 'manual',
    fetch: async (request) => {
      const { status, headers, text, attempts } = await exchange(
        settings,
        request.url,
        { signal: request.signal, headers: request.headers },
        request.method,
      );
      if (text === undefined || !status) {
        const reason = status
          ? `the body is larger than ${settings.maxResponseBytes} bytes (maxResponseBytes)`
          : 'redirects are not followed';
        throw failure('response', `Status ${status}, but nothing to pass on: ${reason}.`, {
          status,
          attempts,
          headers: {},
          snippet: '',
          errors: [],
        });
      }
      // The body is decoded, so what described its encoded form no longer holds.
      const {
        'content-encoding': _encoding,
        'content-length': _length,
        ...kept
      } = Object.fromEntries(headers);
      return new Response(text || null, { status, headers: kept });
    },
  });
}
