/** Decides what is answered to a request: the one core behind every way of serving the contract. */
import { type Answer, corsHeaders, envelope, type PlainRequest } from './answer.ts';
import { findRoute, type ServedOperation, servedOperations } from './contract.ts';
import { answerExample, answerPrefer } from './examples.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';

export type Authorize = (token: string) => boolean | Promise<boolean>;
export type AnswerRequest = (request: PlainRequest) => Promise<Answer>;

/** What an operation does with a request that keeps the contract. */
export type Behaviour = (request: CheckedRequest) => Answer;

const methods = [...new Set(servedOperations.flatMap(methodsOf))];

const preflight: Answer = {
  status: 204,
  headers: {
    ...corsHeaders,
    'access-control-allow-methods': methods.join(', '),
    // The star does not cover `authorization`; the others are named for who reads it as a list.
    'access-control-allow-headers': 'authorization, prefer, content-type, *',
  },
  body: null,
};

/** In capitals; whatever is read by GET can be asked for its headers alone (RFC 9110, section 9.3.2). */
function methodsOf({ method }: ServedOperation): string[] {
  return method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
}

/** Whether a browser asks if a page may send a request; no part of the API, so not counted as a call. */
export function isPreflight({ method, headers }: Pick<PlainRequest, 'method' | 'headers'>): boolean {
  return method === 'OPTIONS' && headers.get('access-control-request-method') !== null;
}

/** The token of a bearer header, whatever the case of the scheme; undefined if there is none. */
function readToken(authorization: string | null): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

function readUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined; // the target of a request line can be anything, `OPTIONS *` for one
  }
}

/**
 * @param behaviours - By `operationId`. An operation without one answers its first example.
 */
export function createServer(
  behaviours: Readonly<Record<string, Behaviour>>,
  authorize: Authorize,
): AnswerRequest {
  return async (request) => {
    if (isPreflight(request)) return preflight;

    const url = readUrl(request.url);
    const route = findRoute(url?.pathname ?? '');
    const [first] = route.operations;
    if (!url || !first) return envelope(404);
    const operation = route.operations.find((candidate) => methodsOf(candidate).includes(request.method));
    if (!operation) {
      const known = route.operations.flatMap(methodsOf).join(' and ');
      return envelope(404, { detail: `Not found: ${first.path} answers ${known} only` });
    }

    if (operation.secured) {
      const token = readToken(request.headers.get('authorization'));
      if (token === undefined || !(await authorize(token))) return envelope(401);
    }

    const read = await readRequest(operation, request, url, route);
    if ('errors' in read) return envelope(422, read);

    const prefer = request.headers.get('prefer');
    const preferred = prefer ? answerPrefer(operation, prefer) : undefined;
    return preferred ?? behaviours[operation.operationId]?.(read.checked) ?? answerExample(operation);
  };
}
