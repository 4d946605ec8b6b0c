/** Makes the reference server: a web-standard function from `Request` to `Response`. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import { createBehaviours, type Model } from './catalog.ts';
import { type Authorize, type Core, createCore, isPreflight } from './core.ts';
import { corsHeaders } from './plain.ts';

/** What `Bun.serve`, `Deno.serve`, a worker, MSW and `listen` take. */
export type CatalogHandler = (request: Request) => Promise<Response>;

export interface CatalogHandlerOptions {
  /**
   * The models to serve, in this order. They are read once, here.
   *
   * @default the twenty models of the contract's example
   */
  models?: readonly Model[] | undefined;
  /**
   * Says whether a token is good; if not, the answer is the 401 envelope. It is called only for a request with a
   * bearer token.
   *
   * @default every token is good
   */
  authorize?: Authorize | undefined;
  /**
   * Sees each request first and may answer it; undefined leaves it to the catalog. `n` is the number of requests
   * before this one. CORS preflights are neither shown to it nor counted. Its responses get the CORS headers of all
   * others. If it throws, the handler rejects, and `listen` answers the 500 envelope.
   *
   * @example
   * intercept: (_request, n) => {
   *   const status = [429, 503][n];
   *   return status ? new Response(null, { status, headers: { 'retry-after': '1' } }) : undefined;
   * }
   */
  intercept?:
    | ((request: Request, n: number) => Response | undefined | Promise<Response | undefined>)
    | undefined;
}

/** The core of each handler that has no `intercept`: by it, `listen` does without web objects. */
export const cores = new WeakMap<CatalogHandler, Core>();

function shareAcrossOrigins(response: Response): Response {
  try {
    for (const [name, value] of Object.entries(corsHeaders)) response.headers.set(name, value);
  } catch {
    // The headers of a response that came from a fetch cannot be changed.
  }
  return response;
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
  models = examples[200].catalog.models as unknown as readonly Model[],
  authorize = () => true,
  intercept,
}: CatalogHandlerOptions = {}): CatalogHandler {
  const core = createCore(createBehaviours(models), authorize);
  let count = 0;

  const handler: CatalogHandler = async (request) => {
    if (intercept && !isPreflight(request)) {
      // The core may have to read the body as well.
      const response = await intercept(request.body ? request.clone() : request, count++);
      if (response) return shareAcrossOrigins(response);
    }
    const { status, headers, body } = await core(request);
    return new Response(request.method === 'HEAD' ? null : body, { status, headers });
  };
  if (!intercept) cores.set(handler, core);
  return handler;
}
