/** Loads Prism, an optional peer, without the modules that a mock hardly ever uses. */
import { createRequire } from 'node:module';

type Core = typeof import('@stoplight/prism-core');
type Http = typeof import('@stoplight/prism-http');
type HttpServer = typeof import('@stoplight/prism-http-server');

/** The functions of Prism that make a mock. */
export interface Prism {
  createLogger: Core['createLogger'];
  createServer: HttpServer['createServer'];
  getHttpOperationsFromSpec: Http['getHttpOperationsFromSpec'];
}

const require = createRequire(import.meta.url);

/**
 * Modules that Prism loads at its start and a mock of an OpenAPI 3 document hardly ever uses: fake data in all
 * languages (2,000 files), and the readers of two other formats. Here each is loaded on first use.
 */
const rarelyUsed = [
  '@faker-js/faker',
  '@stoplight/http-spec/oas2/operation',
  '@stoplight/http-spec/postman/operation',
];

/** The versions that the mock is tested with. Newer ones of the same major version are taken, too. */
export const tested = {
  '@stoplight/prism-core': '5.8.0',
  '@stoplight/prism-http': '5.12.0',
  '@stoplight/prism-http-server': '5.12.2',
};

/** @throws Error if Prism is missing, or of a version that does not fit; it has the command that installs it */
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
  const problems = unfit.map(({ name, found }) =>
    found ? `${name} is ${found}` : `${name} cannot be found`,
  );
  const install = packages.map(({ name, wanted }) => `${name}@${wanted}`).join(' ');
  throw new Error(`The mock needs Prism, and ${problems.join(', ')}. Run: npm i -D -E ${install}`);
}

/** The installed version of a package; undefined if it is not installed. */
function versionOf(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Whether a version has the same major version as the wanted one and is not older. */
function fits(found: string, wanted: string): boolean {
  const [major, ...rest] = found.split('.').map(Number.parseFloat);
  const [wantedMajor, ...wantedRest] = wanted.split('.').map(Number.parseFloat);
  const differs = rest.findIndex((part, i) => part !== wantedRest[i]);
  return major === wantedMajor && (differs < 0 || Number(rest[differs]) > Number(wantedRest[differs]));
}

/**
 * Puts a stand-in for each module into the cache of `require`, and returns a function that removes them. Call both
 * without an `await` between: then no other code can load a stand-in.
 */
function deferModules(from: NodeJS.Require, names: string[]): () => void {
  const deferred = names.map((name) => from.resolve(name)).filter((file) => !(file in from.cache));
  for (const file of deferred) {
    const load = () => from(file);
    // Prism reads faker's `default` at its start, so `default` is a stand-in as well.
    const exports = standIn(load, { __esModule: true, default: standIn(() => load().default, {}) });
    from.cache[file] = { id: file, filename: file, loaded: true, exports } as NodeJS.Module;
  }
  return () => {
    for (const file of deferred) delete from.cache[file];
  };
}

/** An object with the properties in `known`; any other is read from the module that `load` returns. */
function standIn(load: () => object, known: object): object {
  return new Proxy(known, {
    get: (target, key) => Reflect.get(Reflect.has(target, key) ? target : load(), key),
  });
}
