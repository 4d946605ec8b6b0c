/** The typed client's options: those of the transport, and what it does with the contract. */
import { serverUrl } from '../../generated/info.ts';
import { type Settings, type TransportOptions, toSettings, transportRules } from '../transport/options.ts';
import { ofType, type Rules, readOptions } from '../transport/read-options.ts';
import { readEnvironment } from '../transport/runtime.ts';

/** Happens once for each value that is newer than the contract. */
export interface Drift {
  /** Where it was met, such as `models[3].family`, `status` or `code`. */
  readonly at: string;
  /** The value. */
  readonly value: unknown;
}

/** Options of `createTrainingCatalogClient`. */
export interface ClientOptions extends TransportOptions {
  /**
   * Whether to check each page against the contract. Without it a body is taken as it comes.
   * @default true
   */
  validate?: boolean | undefined;
  /**
   * Told of values that are newer than the contract, of each once in an answer, of 50 at most. They are
   * passed on all the same.
   * @example (drift) => console.warn(`new ${drift.at}: ${drift.value}`)
   */
  onDrift?: ((drift: Drift) => unknown) | undefined;
}

/** Options with every default in place. */
export interface ClientSettings extends Settings {
  readonly validate: boolean;
  readonly onDrift: ClientOptions['onDrift'];
}

const clientRules: Rules<ClientOptions> = {
  ...transportRules,
  validate: ofType('boolean'),
  onDrift: ofType('function'),
};

/** @throws a `usage` error that names the option */
export function resolveOptions(options: ClientOptions): ClientSettings {
  const set = readOptions(options, clientRules);
  const { validate = true, onDrift } = set;
  const settings = resolveTransport(set);
  return { ...settings, headers: { accept: 'application/json', ...settings.headers }, validate, onDrift };
}

/**
 * The transport's settings, for which the environment and the contract stand in.
 *
 * @param set - Options that have been read.
 * @throws a `usage` error that names the option, or the variable that stands in for it
 */
export function resolveTransport(set: TransportOptions): Settings {
  const server = set.baseUrl === undefined ? readEnvironment('DREADNODE_SERVER') : undefined;
  // Null says: no key. Only where nothing is said the environment is asked.
  const key = set.apiKey === undefined ? readEnvironment('DREADNODE_API_KEY') : undefined;
  return toSettings(
    { ...set, baseUrl: set.baseUrl ?? server ?? serverUrl, apiKey: set.apiKey ?? key },
    {
      baseUrl: server ? 'DREADNODE_SERVER' : 'Option baseUrl',
      apiKey: key ? 'DREADNODE_API_KEY' : 'Option apiKey',
    },
  );
}
