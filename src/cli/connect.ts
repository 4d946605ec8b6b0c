/** Makes the client that the commands ask the catalog with. */
import { serverUrl } from '../../generated/info.ts';
import type { CatalogError, TrainingCatalogClient } from '../index.ts';
import { type Io, Refusal, type Values } from './command.ts';

export const connectionOptions = {
  server: { type: 'string', value: '<url>', help: `default: DREADNODE_SERVER, or ${serverUrl}` },
  'api-key': { type: 'string', value: '<key>', help: 'default: DREADNODE_API_KEY' },
  header: {
    type: 'string',
    multiple: true,
    value: "'Name: value'",
    help: 'send this header as well; may be repeated',
  },
  'allow-insecure-http': { type: 'boolean', help: 'send the key over plain http to another machine' },
} as const;

/** From this many milliseconds on, a wait before another attempt is worth a word. */
const longWaitMs = 2000;

/**
 * @throws a CatalogError of the kind `usage` for a bad address or key
 * @throws Refusal for a bad header
 */
export async function connect(
  values: Values<typeof connectionOptions>,
  io: Io,
): Promise<TrainingCatalogClient> {
  const { createTrainingCatalogClient } = await import('../index.ts');
  try {
    return createTrainingCatalogClient({
      baseUrl: values.server,
      apiKey: values['api-key'],
      headers: readHeaders(values.header),
      allowInsecureHttp: values['allow-insecure-http'],
      onAttempt({ status, delayMs = 0 }) {
        if (delayMs < longWaitMs) return;
        const problem = status ? `Status ${status}` : 'No answer';
        io.err(`${problem}: trying again in ${Math.ceil(delayMs / 1000)} s.`);
      },
    });
  } catch (error) {
    const advice = adviseAddress(values.server ?? process.env['DREADNODE_SERVER'] ?? '');
    if (!advice) throw error;
    throw new Refusal(2, toRefusal(error as CatalogError).message, advice);
  }
}

/**
 * The headers of `--header`.
 *
 * @throws Refusal that does not show what was given, which may be a secret
 */
export function readHeaders(given: readonly string[] = []): [name: string, value: string][] {
  return given.map((text) => {
    const colon = text.indexOf(':');
    if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    throw new Refusal(2, "--header takes a name and a value with a colon between: 'Name: value'.");
  });
}

/** A host without its scheme, with or without port and path. What could hold a password is none. */
const schemeless = /^([\w-]+(\.[\w-]+)+(:\d{1,5})?|[\w-]+:\d{1,5})(\/[\w./~-]*)?$/;

/** What to do about an address that lacks its scheme; undefined for any other. */
export function adviseAddress(address: string): string | undefined {
  if (!schemeless.test(address)) return undefined;
  const scheme = /^(localhost|127\.)/i.test(address) ? 'http' : 'https';
  return `Did you mean ${scheme}://${address}?`;
}

/** What to do where a key is missing or wrong. */
export const giveKey = 'Give the key by --api-key, or set DREADNODE_API_KEY.';

/** What the client calls its options, and what the terminal does. */
const names: readonly [RegExp, string][] = [
  [/\b(?:Option )?apiKey\b/g, '--api-key'],
  [/\b(?:Option )?baseUrl\b/g, '--server'],
  [/\bOption headers\b/g, '--header'],
  [/\ballowInsecureHttp\b/g, '--allow-insecure-http'],
];

/** A message of the client's, with options as the terminal has them. */
export function inTerminalWords(message: string): string {
  return names.reduce((text, [from, to]) => text.replace(from, to), message);
}

/** The client's failure in the words of the terminal. */
export function toRefusal(error: CatalogError): Refusal {
  if (error.kind === 'usage' && error.errors.length > 0) {
    const problems = error.errors.map(({ loc: [, name], msg }) => {
      const option = name === 'query' ? 'The search text' : `--${String(name).replaceAll('_', '-')}`;
      // Null is JSON's word for an option that is not given.
      return `${option}: ${msg.replace(/ or null$/, '')}.`;
    });
    return new Refusal(2, problems.join(' '));
  }
  if (error.kind === 'incomplete') {
    const [, reason] = /: (.+)\. Had /.exec(error.message) ?? [];
    return new Refusal(
      1,
      `Could list ${error.got} of ${error.total} models only${reason ? `: ${reason}` : ''}.`,
    );
  }
  const text = inTerminalWords(error.message);
  if (error.kind === 'usage') return new Refusal(2, text);
  const keyless = (error.kind === 'api' || error.kind === 'response') && error.status === 401;
  return new Refusal(1, text, keyless ? giveKey : undefined);
}
