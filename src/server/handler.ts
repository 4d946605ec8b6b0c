/** The reference server: a function from `Request` to `Response` that behaves as the contract says. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import { createBehaviours, type Model } from './catalog.ts';
import { answerExample, answerPrefer } from './examples.ts';
import { readRequest } from './read-request.ts';
import { envelope, respond, shareAcrossOrigins } from './respond.ts';
import { readPath, routes } from './route.ts';

/** What `Bun.serve`, `Deno.serve`, a worker, MSW and `listen` take. */
export type CatalogHandler = (request: Request) => Promise<Response>;

/** Sees a request before the catalog does, and may answer it. */
export type Intercept = (request: Request, n: number) => Response | undefined | Promise<Response | undefined>;

export interface CatalogHandlerOptions {
  /**
   * The models to serve, in this order. They are read once, here.
   *
   * @default the models of the contract's example
   */
  models?: readonly Model[] | undefined;
  /**
   * Says whether a token is good; if not, the answer is the 401 envelope. It is called only for a request with a
   * bearer token.
   *
   * @default every token is good
   */
  authorize?: ((token: string) => boolean | Promise<boolean>) | undefined;
  /**
   * Sees each request first and may answer it; undefined leaves it to the catalog. `n` is the number of requests
   * before this one. CORS preflights are neither shown to it nor counted. Its responses get the CORS headers of all
   * others. If it throws, the handler rejects, and `listen` answers the 500 envelope. See also `simulate`.
   *
   * @example
   * intercept: (request) => (request.headers.has('x-team') ? undefined : new Response(null, { status: 403 }))
   */
  intercept?: Intercept | undefined;
}

/**
 * Makes the reference server: the contract's operations, with filters that work.
 *
 * It serves the contract's paths only, without a slash at the end. To mount it under a prefix, strip the prefix first.
 * An operation newer than this server answers its first example, after the same checks. A query parameter newer than
 * this server is checked and then ignored.
 *
 * @throws TypeError if a model breaks the contract; the message names the path of each problem, such as
 *   `models[3].size_b`
 * @example
 * const handler = createCatalogHandler();
 * const client = createTrainingCatalogClient({
 *   apiKey: 'any',
 *   fetch: (url, init) => handler(new Request(url, init)),
 * });
 */
export function createCatalogHandler({
  models,
  authorize = () => true,
  intercept,
}: CatalogHandlerOptions = {}): CatalogHandler {
  const behaviours = createBehaviours(models === undefined ? examples[200].catalog.models : models);
  let count = 0;

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const route = routes.find(({ pattern }) => pattern.test(url.pathname));
    if (!route) return envelope(404);
    const operation = route.operations.get(request.method);
    if (!operation) {
      const methods = [...route.operations.keys()].join(' and ');
      return envelope(404, { detail: `Not found: ${route.path} answers ${methods} only` });
    }

    if (operation.secured) {
      const token = readToken(request.headers.get('authorization'));
      if (token === undefined || !(await authorize(token))) return envelope(401);
    }

    const read = await readRequest(operation, request, url, readPath(route, url.pathname));
    if (read instanceof Response) return read;

    const prefer = request.headers.get('prefer');
    const preferred = prefer ? answerPrefer(operation, prefer) : undefined;
    return preferred ?? behaviours[operation.operationId]?.(read) ?? answerExample(operation);
  }

  return async (request) => {
    if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method')) {
      return respond(204, null, preflightHeaders);
    }
    // The catalog may have to read the body as well.
    const intercepted = await intercept?.(request.body ? request.clone() : request, count++);
    if (intercepted) return shareAcrossOrigins(intercepted);
    const response = await answer(request);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  };
}

/** What a browser is told that asks whether a page may send a request. */
const preflightHeaders = {
  'access-control-allow-methods': [
    ...new Set(routes.flatMap(({ operations }) => [...operations.keys()])),
  ].join(', '),
  // The star does not cover `authorization`. Old browsers take it for a name, so the others are named, too.
  'access-control-allow-headers': 'authorization, prefer, content-type, *',
};

/** The token of a bearer header, whatever the case of the scheme; undefined if there is none. */
function readToken(authorization: string | null): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
