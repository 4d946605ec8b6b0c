/** Puts what goes wrong into the words of the command line, by the codes and fields of the errors. */
import { inWords } from '../client/list-all.ts';
import { type CatalogError, type IncompleteReason, isCatalogError } from '../index.ts';
import { clip } from '../transport/errors.ts';
import { CommandError } from './io.ts';

type Of<Kind extends CatalogError['kind']> = Extract<CatalogError, { kind: Kind }>;

/** What to do where the key is missing or wrong. */
export const keyHint = 'Give the key by --api-key, or set DREADNODE_API_KEY.';

/** Why a list could not be proven to be complete. */
const reasons: Readonly<Record<IncompleteReason, string>> = {
  ...inWords,
  'max-calls': 'it takes too many calls',
};

/** Says what to do about any error of a command. */
export function explain(error: unknown): CommandError {
  if (error instanceof RangeError) return new CommandError(1, 'The data is nested too deeply to be shown.');
  if (!isCatalogError(error))
    return new CommandError(1, error instanceof Error ? error.message : String(error));
  if (error.kind === 'usage') return explainUsage(error);
  if (error.kind === 'incomplete') {
    return new CommandError(
      1,
      `Could list ${error.got} of ${error.total} models only: ${reasons[error.reason]}.`,
    );
  }
  if (error.kind === 'api' && error.status === 401) {
    return new CommandError(1, `${error.status} ${error.type}: ${clip(error.detail, 300)}`, keyHint);
  }
  return new CommandError(1, error.message);
}

/** Names the option that is wrong, or where none was given the variable that stands in for it. */
export function explainUsage(
  error: Of<'usage'>,
  given: { server?: string; apiKey?: string } = {},
): CommandError {
  if (error.errors.length > 0) {
    const problems = error.errors.map(({ loc: [, name], msg }) =>
      name === 'query' ? `The search text: ${msg}.` : `--${String(name).replaceAll('_', '-')}: ${msg}.`,
    );
    return new CommandError(2, problems.join(' '));
  }
  switch (error.option) {
    case 'baseUrl': {
      const name = given.server === undefined ? 'DREADNODE_SERVER' : '--server';
      return new CommandError(
        2,
        `${name} must be an http or https URL such as https://host:8080, with a host and a port that exist and no user, query or hash.`,
        ...hintForAddress(given.server ?? process.env['DREADNODE_SERVER'] ?? ''),
      );
    }
    case 'apiKey': {
      const name = given.apiKey === undefined ? 'DREADNODE_API_KEY' : '--api-key';
      return new CommandError(2, `${name} must be the key alone: visible ASCII, no space, no "Bearer".`);
    }
    case 'headers':
      return new CommandError(2, '--header must have a name and a value that HTTP can carry.');
    case 'allowInsecureHttp':
      return new CommandError(
        2,
        'No key is sent over plain http to another machine; see --allow-insecure-http.',
      );
    default:
      return new CommandError(2, error.message);
  }
}

/** A host without a scheme, with or without port and path. A text that may hold a password does not match. */
const schemeless = /^([\w-]+(\.[\w-]+)+(:\d{1,5})?|[\w-]+:\d{1,5})(\/[\w./~-]*)?$/;

/** The hint, if any, for an address without a scheme. */
export function hintForAddress(address: string): string[] {
  if (!schemeless.test(address)) return [];
  const scheme = /^(localhost|127\.)/i.test(address) ? 'http' : 'https';
  return [`Did you mean ${scheme}://${address}?`];
}
