/** Decides what a request is answered with, for every way of serving the contract. */
import { type ContractOperation, contractOperations } from '../contract.ts';
import { answerExample, answerPrefer } from './examples.ts';
import { corsHeaders, envelope, type PlainRequest, type PlainResponse } from './plain.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import { findRoute } from './route.ts';

export type Authorize = (token: string) => boolean | Promise<boolean>;

/** The reference server without web objects and sockets. */
export type Core = (request: PlainRequest) => Promise<PlainResponse>;

/** What an operation does with a request that keeps the contract. */
export type Behaviour = (request: CheckedRequest) => PlainResponse;

const preflight: PlainResponse = {
  status: 204,
  headers: {
    ...corsHeaders,
    'access-control-allow-methods': [...new Set(contractOperations.flatMap(methodsOf))].join(', '),
    // The star does not cover `authorization`. Old browsers take it for a name, so the others are named, too.
    'access-control-allow-headers': 'authorization, prefer, content-type, *',
  },
  body: null,
};

/** The methods that an operation answers, in capitals. HEAD goes with GET (RFC 9110, section 9.3.2). */
function methodsOf({ method }: ContractOperation): string[] {
  return method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
}

/** Whether it is a CORS preflight, by which a browser asks if a page may send a request. */
export function isPreflight({ method, headers }: Pick<PlainRequest, 'method' | 'headers'>): boolean {
  return method === 'OPTIONS' && headers.get('access-control-request-method') !== null;
}

/** The token of a bearer header, whatever the case of the scheme; undefined if there is none. */
function readToken(authorization: string | null): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Undefined for a request target that is no URL, such as that of `OPTIONS *`. */
function readUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** @param behaviours - By `operationId`. An operation without one answers its first example. */
export function createCore(behaviours: Readonly<Record<string, Behaviour>>, authorize: Authorize): Core {
  return async (request) => {
    if (isPreflight(request)) return preflight;

    const url = readUrl(request.url);
    if (!url) return envelope(404);
    const { operations, pathParameters } = findRoute(url.pathname);
    const [first] = operations;
    if (!first) return envelope(404);
    const operation = operations.find((candidate) => methodsOf(candidate).includes(request.method));
    if (!operation) {
      const methods = operations.flatMap(methodsOf).join(' and ');
      return envelope(404, { detail: `Not found: ${first.path} answers ${methods} only` });
    }

    if (operation.secured) {
      const token = readToken(request.headers.get('authorization'));
      if (token === undefined || !(await authorize(token))) return envelope(401);
    }

    const read = await readRequest(operation, request, url, pathParameters);
    if ('errors' in read) return envelope(422, read);

    const prefer = request.headers.get('prefer');
    const preferred = prefer ? answerPrefer(operation, prefer) : undefined;
    return preferred ?? behaviours[operation.operationId]?.(read.checked) ?? answerExample(operation);
  };
}
