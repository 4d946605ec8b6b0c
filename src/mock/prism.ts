/** Loads Prism, an optional peer, in a fraction of the time that its own entry takes. */
import { createRequire } from 'node:module';

type Core = typeof import('@stoplight/prism-core');
type Http = typeof import('@stoplight/prism-http');
type HttpServer = typeof import('@stoplight/prism-http-server');

/** The three functions of Prism that make a mock. */
export interface Prism {
  createLogger: Core['createLogger'];
  createServer: HttpServer['createServer'];
  getHttpOperationsFromSpec: Http['getHttpOperationsFromSpec'];
}

const require = createRequire(import.meta.url);

/**
 * Modules that Prism loads at once and a mock of an OpenAPI 3 document hardly ever uses: 2,000 files of
 * fake data in every language, and the readers of two other formats. Each is loaded when first touched.
 */
const rarelyUsed = [
  '@faker-js/faker',
  '@stoplight/http-spec/oas2/operation',
  '@stoplight/http-spec/postman/operation',
];

/** The versions that the mock is tested with. Newer ones of the same major version do as well. */
export const tested = {
  '@stoplight/prism-core': '5.8.0',
  '@stoplight/prism-http': '5.12.0',
  '@stoplight/prism-http-server': '5.12.2',
};

/** Throws an error that says what is installed, what is wanted and the command to run, where Prism does not fit. */
export function loadPrism(): Prism {
  checkInstalled();
  const restore = deferModules(createRequire(require.resolve('@stoplight/prism-http')), rarelyUsed);
  try {
    const { createLogger } = require('@stoplight/prism-core') as Core;
    const { getHttpOperationsFromSpec } = require('@stoplight/prism-http') as Http;
    const { createServer } = require('@stoplight/prism-http-server') as HttpServer;
    return { createLogger, createServer, getHttpOperationsFromSpec };
  } finally {
    restore();
  }
}

function checkInstalled(): void {
  const packages = Object.entries(tested).map(([name, wanted]) => ({ name, wanted, found: versionOf(name) }));
  const unfit = packages.filter(({ found, wanted }) => !found || !fits(found, wanted));
  if (unfit.length === 0) return;
  const found = unfit.map(({ name, found }) => (found ? `${name} is ${found}` : `${name} cannot be found`));
  const install = packages.map(({ name, wanted }) => `${name}@${wanted}`).join(' ');
  throw new Error(`The mock needs Prism, and ${found.join(', ')}. Run: npm i -D -E ${install}`);
}

/** The version that is installed; undefined where there is none. */
function versionOf(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Whether a version is of the same major version as the tested one, and not older. */
function fits(found: string, wanted: string): boolean {
  const [major, ...rest] = found.split('.').map(Number.parseFloat);
  const [wantedMajor, ...wantedRest] = wanted.split('.').map(Number.parseFloat);
  const differs = rest.findIndex((part, i) => part !== wantedRest[i]);
  return major === wantedMajor && (differs < 0 || Number(rest[differs]) > Number(wantedRest[differs]));
}

/**
 * Puts a stand-in for each module into the cache of `require`, and returns a function that takes them out.
 * Loading by `require` is synchronous, so nobody else can meet a stand-in as long as both happen in one go.
 */
function deferModules(from: NodeJS.Require, names: string[]): () => void {
  const deferred = names.map((name) => from.resolve(name)).filter((file) => !(file in from.cache));
  for (const file of deferred) {
    const load = () => from(file);
    // Prism touches faker's `default` as it starts, so that is a stand-in of its own.
    const exports = standIn(load, { __esModule: true, default: standIn(() => load().default, {}) });
    from.cache[file] = { id: file, filename: file, loaded: true, exports } as NodeJS.Module;
  }
  return () => {
    for (const file of deferred) delete from.cache[file];
  };
}

/** An object that has the properties in `known`, and gets each other one from what `load` returns. */
function standIn(load: () => object, known: object): object {
  return new Proxy(known, {
    get: (target, key) => Reflect.get(Reflect.has(target, key) ? target : load(), key),
  });
}
