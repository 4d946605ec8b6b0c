/** Stands in for `UsageError.option` and `IncompleteError.reason` until the transport has them. */
import type { CatalogError } from '../index.ts';

type Of<Kind extends CatalogError['kind']> = Extract<CatalogError, { kind: Kind }>;

export type Reason =
  | 'changed'
  | 'indistinguishable'
  | 'max-calls'
  | 'duplicate-ids'
  | 'malformed-models'
  | 'empty-page'
  | 'bounds-ignored';

export function optionOf({ message }: Of<'usage'>): string | undefined {
  if (/allowInsecureHttp/.test(message)) return 'allowInsecureHttp';
  if (/^(Option baseUrl|DREADNODE_SERVER)/.test(message)) return 'baseUrl';
  if (/^(Option apiKey|DREADNODE_API_KEY)/.test(message)) return 'apiKey';
  return /^Option headers/.test(message) ? 'headers' : undefined;
}

export function reasonOf({ message }: Of<'incomplete'>): Reason {
  if (/more than once/.test(message)) return 'duplicate-ids';
  if (/counts some/.test(message)) return 'empty-page';
  if (/bounds/.test(message)) return 'bounds-ignored';
  if (/maxCalls/.test(message)) return 'max-calls';
  if (/without an id/.test(message)) return 'malformed-models';
  return /same size/.test(message) ? 'indistinguishable' : 'changed';
}
