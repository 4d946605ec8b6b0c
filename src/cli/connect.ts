/** Makes the client of the commands, and puts its errors into the words of the terminal. */
import { serverUrl } from '../../generated/info.ts';
import type { CatalogError, TrainingCatalogClient } from '../index.ts';
import { CommandError, type Io, type Values } from './command.ts';

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

/** A back-off of this many milliseconds or more is announced. */
const longWaitMs = 2000;

/**
 * @throws a CatalogError of the kind `usage` for a bad address or key
 * @throws CommandError for a bad header
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
    const hint = hintForAddress(values.server ?? process.env['DREADNODE_SERVER'] ?? '');
    if (!hint) throw error;
    throw new CommandError(2, toCommandError(error as CatalogError).message, hint);
  }
}

/**
 * Reads the headers of `--header`.
 *
 * @throws CommandError that does not show the header, which may be a secret
 */
export function readHeaders(given: readonly string[] = []): [name: string, value: string][] {
  return given.map((text) => {
    const colon = text.indexOf(':');
    if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    throw new CommandError(2, "--header takes a name and a value with a colon between: 'Name: value'.");
  });
}

/** A host without a scheme, with or without port and path. A text that may hold a password does not match. */
const schemeless = /^([\w-]+(\.[\w-]+)+(:\d{1,5})?|[\w-]+:\d{1,5})(\/[\w./~-]*)?$/;

/** The hint for an address without a scheme; undefined for any other. */
export function hintForAddress(address: string): string | undefined {
  if (!schemeless.test(address)) return undefined;
  const scheme = /^(localhost|127\.)/i.test(address) ? 'http' : 'https';
  return `Did you mean ${scheme}://${address}?`;
}

/** The hint for a key that is missing or wrong. */
export const keyHint = 'Give the key by --api-key, or set DREADNODE_API_KEY.';

/** The names of options in messages of the client, and those on the command line. */
const optionNames: readonly [RegExp, string][] = [
  [/\b(?:Option )?apiKey\b/g, '--api-key'],
  [/\b(?:Option )?baseUrl\b/g, '--server'],
  [/\bOption headers\b/g, '--header'],
  [/\ballowInsecureHttp\b/g, '--allow-insecure-http'],
];

/** A message of the client, with the names of options on the command line. */
export function inTerminalWords(message: string): string {
  return optionNames.reduce((text, [from, to]) => text.replace(from, to), message);
}

/** An error of the client in the words of the terminal. */
export function toCommandError(error: CatalogError): CommandError {
  if (error.kind === 'usage' && error.errors.length > 0) {
    const problems = error.errors.map(({ loc: [, name], msg }) => {
      const option = name === 'query' ? 'The search text' : `--${String(name).replaceAll('_', '-')}`;
      // On the command line, null is an option that is not given.
      return `${option}: ${msg.replace(/ or null$/, '')}.`;
    });
    return new CommandError(2, problems.join(' '));
  }
  if (error.kind === 'incomplete') {
    const [, reason] = /: (.+)\. Had /.exec(error.message) ?? [];
    const why = reason ? `: ${reason}` : '';
    return new CommandError(1, `Could list ${error.got} of ${error.total} models only${why}.`);
  }
  const text = inTerminalWords(error.message);
  if (error.kind === 'usage') return new CommandError(2, text);
  const isUnauthorized = (error.kind === 'api' || error.kind === 'response') && error.status === 401;
  return new CommandError(1, text, isUnauthorized ? keyHint : undefined);
}
