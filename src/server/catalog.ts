/** Decides what the endpoint answers to a request: the one core behind every way of serving it. */
import { catalogPath } from '../../generated/constants.ts';
import { type Answer, corsHeaders, envelope, json, type PlainRequest } from './answer.ts';
import { createFilter, type Model } from './filter.ts';
import { answerPrefer } from './prefer.ts';
import { readQuery } from './query.ts';

export type Authorize = (token: string) => boolean | Promise<boolean>;
export type AnswerRequest = (request: PlainRequest) => Promise<Answer>;

const methods = ['GET', 'HEAD'];

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

/** Whether a browser asks if a page may send a request; no part of the API, so not counted as a call. */
export function isPreflight({ method, headers }: PlainRequest): boolean {
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

/** @throws TypeError if a model breaks the contract. */
export function createCatalog(models: readonly Model[], authorize: Authorize): AnswerRequest {
  const filter = createFilter(models);

  return async (request) => {
    if (isPreflight(request)) return preflight;

    const url = readUrl(request.url);
    if (url?.pathname !== catalogPath) return envelope(404);
    if (!methods.includes(request.method)) {
      return envelope(404, { detail: `Not found: ${catalogPath} answers ${methods.join(' and ')} only` });
    }

    const token = readToken(request.headers.get('authorization'));
    if (token === undefined || !(await authorize(token))) return envelope(401);

    const checked = readQuery(url.searchParams);
    if ('errors' in checked) return envelope(422, checked);

    const prefer = request.headers.get('prefer');
    return (prefer && answerPrefer(prefer)) || json(200, filter(checked.query));
  };
}
