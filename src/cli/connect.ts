/** Makes the client that the commands ask the catalog with. */
import { serverUrl } from '../../generated/info.ts';
import type { CatalogError, TrainingCatalogClient } from '../index.ts';
import { type Io, Refusal, type Values } from './command.ts';

export const connectionOptions = {
  server: { type: 'string', value: '<url>', help: `default: DREADNODE_SERVER, or ${serverUrl}` },
  'api-key': { type: 'string', value: '<key>', help: 'default: DREADNODE_API_KEY' },
  'allow-insecure-http': { type: 'boolean', help: 'send the key over plain http to another machine' },
} as const;

/** From this many milliseconds on, a wait before another attempt is worth a word. */
const longWaitMs = 2000;

/** @throws a CatalogError of the kind `usage` for a bad address or key */
export async function connect(
  values: Values<typeof connectionOptions>,
  io: Io,
): Promise<TrainingCatalogClient> {
  const { createTrainingCatalogClient } = await import('../index.ts');
  return createTrainingCatalogClient({
    baseUrl: values.server,
    apiKey: values['api-key'],
    allowInsecureHttp: values['allow-insecure-http'],
    onAttempt({ status, delayMs = 0 }) {
      if (delayMs < longWaitMs) return;
      io.err(`${status ? `Status ${status}` : 'No answer'}: trying again in ${Math.ceil(delayMs / 1000)} s.`);
    },
  });
}

/** What to do where a key is missing or wrong. */
export const giveKey = 'Give the key by --api-key, or set DREADNODE_API_KEY.';

/** What the client calls its options, and what the terminal does. */
const names: readonly [RegExp, string][] = [
  [/\b(?:Option )?apiKey\b/g, '--api-key'],
  [/\b(?:Option )?baseUrl\b/g, '--server'],
  [/\ballowInsecureHttp\b/g, '--allow-insecure-http'],
];

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
    return new Refusal(1, `Could list ${error.got} of ${error.total} models only: narrow it by the filters.`);
  }
  const text = names.reduce((message, [from, to]) => message.replace(from, to), error.message);
  if (error.kind === 'usage') return new Refusal(2, text);
  const keyless = (error.kind === 'api' || error.kind === 'response') && error.status === 401;
  return new Refusal(1, text, keyless ? giveKey : undefined);
}
