/** The typed client's options: those of the transport, and two about the contract. */
import { serverUrl } from '../../generated/info.ts';
import { ofType, type Rules, readOptions } from '../transport/check.ts';
import { readEnvironment } from '../transport/environment.ts';
import { type Settings, type TransportOptions, toSettings, transportRules } from '../transport/options.ts';

/** What `onDrift` is told of one value that is newer than the contract. */
export interface Drift {
  /** Where it was met, such as `models[3].family`, `status` or `code`. */
  readonly at: string;
  /** The value. */
  readonly value: unknown;
}

/** Options of `createTrainingCatalogClient`. */
export interface ClientOptions extends TransportOptions {
  /**
   * Whether to check each body of a success against the contract. If false, it is given as the server sent it.
   * @default true
   */
  validate?: boolean | undefined;
  /**
   * Told of each value that is newer than the contract, once for each answer, at most 50 times. The value stays in
   * the answer.
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

/** JSON first. Operations may answer with other types. */
const accept = 'application/json, */*;q=0.8';

/** @throws a `usage` error that names the option */
export function resolveOptions(options: ClientOptions): ClientSettings {
  const set = readOptions(options, clientRules);
  const { validate = true, onDrift } = set;
  return { ...resolveTransport(set), validate, onDrift };
}

/**
 * The transport's settings. What the options leave out comes from the environment, then from the contract.
 *
 * @param set - Options that have been read.
 * @throws a `usage` error that names the option or the environment's variable
 */
export function resolveTransport(set: TransportOptions): Settings {
  const server = set.baseUrl === undefined ? readEnvironment('DREADNODE_SERVER') : undefined;
  // Null means: send no key. The environment is read only for undefined.
  const key = set.apiKey === undefined ? readEnvironment('DREADNODE_API_KEY') : undefined;
  const settings = toSettings(
    { ...set, baseUrl: set.baseUrl ?? server ?? serverUrl, apiKey: set.apiKey ?? key },
    {
      baseUrl: server ? 'DREADNODE_SERVER' : 'Option baseUrl',
      apiKey: key ? 'DREADNODE_API_KEY' : 'Option apiKey',
    },
  );
  return { ...settings, headers: { accept, ...settings.headers } };
}
