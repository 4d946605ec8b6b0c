/** Gives the contract's operations as a web-standard function from `Request` to `Response`. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import { corsHeaders } from './answer.ts';
import { createBehaviours, type Model } from './catalog.ts';
import { type AnswerRequest, type Authorize, createServer, isPreflight } from './server.ts';

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
   * Says whether a token is good; if not, the answer is the 401 envelope. A missing, empty or
   * differently schemed one never gets here.
   *
   * @default every token is good
   */
  authorize?: Authorize | undefined;
  /**
   * Sees each request first and may answer it; undefined leaves it to the catalog. Told how many came
   * before it, from 0. CORS preflights are not shown to it and not counted, and its answers can be read
   * across origins like any other. What it throws is thrown on: a fetch double rejects, `listen`
   * answers the 500 envelope.
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

/** The core of each handler without `intercept`, so that `listen` can do without web objects. */
export const cores = new WeakMap<CatalogHandler, AnswerRequest>();

function shareAcrossOrigins(response: Response): Response {
  try {
    for (const [name, value] of Object.entries(corsHeaders)) response.headers.set(name, value);
  } catch {
    // It came from a fetch, so its headers cannot be changed: they are what that server said.
  }
  return response;
}

/**
 * Makes the reference server: the endpoint as the contract has it, with filters that filter.
 *
 * It serves the contract's paths only, with no trailing slash; whoever mounts it under a prefix strips
 * the prefix first. An operation that has no behaviour yet answers its first example, after the same checks.
 *
 * @throws TypeError if a model breaks the contract, naming the path of each fault.
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
  const answer = createServer(createBehaviours(models), authorize);
  let count = 0;

  const handler: CatalogHandler = async (request) => {
    if (intercept && !isPreflight(request)) {
      // The catalog may have to read the body as well.
      const response = await intercept(request.body ? request.clone() : request, count++);
      if (response) return shareAcrossOrigins(response);
    }
    const { status, headers, body } = await answer(request);
    return new Response(request.method === 'HEAD' ? null : body, { status, headers });
  };
  if (!intercept) cores.set(handler, answer);
  return handler;
}
