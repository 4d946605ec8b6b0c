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

/** Throws an error that names the command to run when a package of Prism is not installed. */
export function loadPrism(): Prism {
  assertInstalled();
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

function assertInstalled(): void {
  const { peerDependencies } = require('training-catalog-contract/package.json') as {
    peerDependencies: Record<string, string>;
  };
  const peers = Object.entries(peerDependencies).filter(([name]) => name.startsWith('@stoplight/prism-'));
  const missing = peers.filter(([name]) => !canResolve(name)).map(([name]) => name);
  if (missing.length === 0) return;
  const install = peers.map(([name, version]) => `${name}@${version}`).join(' ');
  throw new Error(
    `The mock needs Prism, and ${missing.join(', ')} cannot be found. Run: npm i -D -E ${install}`,
  );
}

function canResolve(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
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
