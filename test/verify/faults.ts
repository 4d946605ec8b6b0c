/** Servers that break the contract in one way each, made by changing the reference server. */
import type { CatalogHandler } from '../../src/server/index.ts';
import { limit as limits, unheardOf } from '../contract/from-yaml.ts';
import type { Model } from './support.ts';

export interface Fault {
  /** What is wrong with the server, as a clause. */
  name: string;
  /** The check that is made for it. */
  check: string;
  breaks(good: CatalogHandler): CatalogHandler;
}

interface Body {
  limit: number;
  total: number;
  models: Model[];
}

type Params = URLSearchParams;

const paramsOf = (request: Request): Params => new URL(request.url).searchParams;

/** The same request with another query. */
function requery(request: Request, edit: (params: Params) => void): Request {
  const url = new URL(request.url);
  edit(url.searchParams);
  return new Request(url, { method: request.method, headers: request.headers });
}

/** The server sees another query than was sent. */
const misread =
  (edit: (params: Params) => void): Fault['breaks'] =>
  (good) =>
  (request) =>
    good(requery(request, edit));

/** The server sees another `authorization` header than was sent. */
const mistake =
  (edit: (authorization: string | null) => string): Fault['breaks'] =>
  (good) =>
  (request) => {
    const headers = new Headers(request.headers);
    headers.set('authorization', edit(headers.get('authorization')));
    return good(new Request(request, { headers }));
  };

/** An answer is replaced where `when` says so. */
const instead =
  (when: (params: Params, request: Request) => boolean, answer: () => Response): Fault['breaks'] =>
  (good) =>
  async (request) =>
    when(paramsOf(request), request) ? answer() : good(request);

/** The body of a status is changed, in place or by returning another. */
const alter =
  (
    which: (status: number) => boolean,
    // biome-ignore lint/suspicious/noExplicitAny: a broken body has no type
    edit: (body: any, params: Params) => unknown,
    { status, type }: { status?: number; type?: string } = {},
  ): Fault['breaks'] =>
  (good) =>
  async (request) => {
    const response = await good(request);
    if (!which(response.status)) return response;
    const body = await response.json();
    const edited = edit(body, paramsOf(request)) ?? body;
    return new Response(typeof edited === 'string' ? edited : JSON.stringify(edited), {
      status: status ?? response.status,
      headers: { 'content-type': type ?? 'application/json' },
    });
  };

const isPage = (status: number) => status === 200;
const isError = (status: number) => status >= 400;
const is422 = (status: number) => status === 422;

/** The server filters by its own rule: `forget` names the parameters that the good server is not shown. */
const refilter =
  (forget: string[], keep: (model: Model, params: Params, index: number) => boolean): Fault['breaks'] =>
  (good) =>
  async (request) => {
    const checked = await good(request.clone());
    if (checked.status !== 200) return checked;
    const { limit } = (await checked.json()) as Body;
    const params = paramsOf(request);
    const all = await good(
      requery(request, (edited) => {
        for (const name of forget) edited.delete(name);
        edited.set('limit', `${limits.maximum}`);
      }),
    );
    const models = ((await all.json()) as Body).models.filter((model, index) => keep(model, params, index));
    return Response.json({ limit, total: models.length, models: models.slice(0, limit) });
  };

/** Replaces a parameter's value if it is there. */
const edit =
  (name: string, change: (value: string) => string | undefined) =>
  (params: Params): void => {
    const value = params.get(name);
    if (value === null) return;
    const changed = change(value);
    if (changed === undefined) params.delete(name);
    else params.set(name, changed);
  };

const remove = (name: string) => misread((params) => params.delete(name));
const number = (params: Params, name: string, otherwise: number) => Number(params.get(name) ?? otherwise);
const has = (text: string, params: Params) =>
  text.toLowerCase().includes((params.get('query') ?? '').trim().toLowerCase());
const text = (model: Model) => `${model.tinker_id}\n${model.display_name}`;
const rawQuery = (request: Request) => /[?&]query=([^&]*)/.exec(request.url)?.[1] ?? '';

/** Searches with the text of `query` decoded in another way. */
const misdecode =
  (decode: (raw: string) => string): Fault['breaks'] =>
  (good) =>
  (request) =>
    good(requery(request, (params) => params.has('query') && params.set('query', decode(rawQuery(request)))));

export const faults: Fault[] = [
  // Access
  {
    name: 'no key is asked for',
    check: 'auth-required',
    breaks: mistake((header) => header ?? 'Bearer any'),
  },
  {
    name: 'any scheme will do',
    check: 'auth-scheme',
    breaks: mistake((header) => header?.replace(/^\w+ /, 'Bearer ') ?? ''),
  },
  {
    name: 'an empty token will do',
    check: 'auth-empty-token',
    breaks: mistake((header) => (header === 'Bearer' ? 'Bearer any' : (header ?? ''))),
  },

  // What answers look like
  {
    name: 'sizes are strings',
    check: 'catalog-valid',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models) model.size_b = `${model.size_b}` as never;
    }),
  },
  {
    name: 'a model has a family that is not listed',
    check: 'catalog-valid',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models.slice(0, 1)) model.family = unheardOf as never;
    }),
  },
  {
    name: 'a model has no id',
    check: 'catalog-valid',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models.slice(0, 1)) delete (model as Partial<Model>).tinker_id;
    }),
  },
  {
    name: 'the total is missing',
    check: 'catalog-valid',
    breaks: alter(isPage, (body: Partial<Body>) => void delete body.total),
  },
  {
    name: 'the catalog is a bare array',
    check: 'catalog-valid',
    breaks: alter(isPage, (body: Body) => body.models),
  },
  {
    name: 'the catalog is cut off',
    check: 'catalog-valid',
    breaks: alter(isPage, (body) => JSON.stringify(body).slice(0, -9)),
  },
  {
    name: 'the catalog is text/plain',
    check: 'content-type',
    breaks: alter(isPage, () => undefined, { type: 'text/plain' }),
  },
  {
    name: 'refusals are text/html',
    check: 'content-type',
    breaks: alter(isError, () => undefined, { type: 'text/html' }),
  },
  {
    name: 'the limit is not bounded below',
    check: 'limit-out-of-range',
    breaks: misread(edit('limit', (value) => `${Math.max(Number(value), limits.minimum) || value}`)),
  },
  {
    name: 'the limit is not bounded above',
    check: 'limit-out-of-range',
    breaks: misread(edit('limit', (value) => `${Math.min(Number(value), limits.maximum) || value}`)),
  },
  {
    name: '422 is 400',
    check: 'limit-out-of-range',
    breaks: alter(is422, (body) => ({ ...body, code: 400 }), { status: 400 }),
  },
  {
    name: 'a limit that is no number is ignored',
    check: 'limit-not-whole',
    breaks: misread(edit('limit', (value) => (value === 'ten' ? undefined : value))),
  },
  {
    name: 'the decimals of a limit are cut',
    check: 'limit-not-whole',
    breaks: misread(edit('limit', (value) => value.replace(/\..*/, ''))),
  },
  ...['min_size_b', 'max_size_b'].flatMap((name) => [
    {
      name: `a ${name} that is no number is ignored`,
      check: 'size-not-a-number',
      breaks: misread(edit(name, (value) => (/^[a-z]+$/.test(value) ? undefined : value))),
    },
    {
      name: `an empty ${name} is ignored`,
      check: 'number-empty',
      breaks: misread(edit(name, (value) => value || undefined)),
    },
  ]),
  {
    name: 'an empty limit is ignored',
    check: 'number-empty',
    breaks: misread(edit('limit', (value) => value || undefined)),
  },
  {
    name: 'the envelope has no type',
    check: 'error-envelope',
    breaks: alter(isError, (body) => void delete body.type),
  },
  {
    name: 'the envelope has a type that is not listed',
    check: 'error-envelope',
    breaks: alter(isError, (body) => ({ ...body, type: 'oops_error' })),
  },
  {
    name: 'refusals are HTML pages',
    check: 'error-envelope',
    breaks: alter(isError, () => '<!doctype html><title>Error</title>', { type: 'text/html' }),
  },
  {
    name: 'only the refusal of a key has no envelope',
    check: 'error-envelope',
    breaks: alter(
      (status) => status === 401,
      () => ({ detail: 'Not authenticated' }),
    ),
  },
  {
    name: 'refusals are what FastAPI sends by itself',
    check: 'error-envelope',
    breaks: alter(isError, (body) => ({ detail: body.errors ?? body.detail })),
  },
  {
    name: 'the code is not the status',
    check: 'error-code',
    breaks: alter(isError, (body) => ({ ...body, code: 400 })),
  },

  // Limit and total
  {
    name: 'the default limit is another',
    check: 'limit-default',
    breaks: misread((params) => params.has('limit') || params.set('limit', `${limits.default + 1}`)),
  },
  {
    name: 'the largest limit is refused',
    check: 'limit-accepted',
    breaks: misread(
      edit('limit', (value) => (value === `${limits.maximum}` ? `${limits.maximum + 1}` : value)),
    ),
  },
  {
    name: 'the smallest limit is refused',
    check: 'limit-accepted',
    breaks: misread(
      edit('limit', (value) => (value === `${limits.minimum}` ? `${limits.minimum - 1}` : value)),
    ),
  },
  {
    name: 'the default limit is echoed whatever was asked',
    check: 'limit-echoed',
    breaks: alter(isPage, (body) => ({ ...body, limit: limits.default })),
  },
  {
    name: 'the limit is ignored but echoed',
    check: 'limit-applied',
    breaks: (good) => async (request) => {
      const checked = await good(request.clone());
      if (checked.status !== 200) return checked;
      const { limit } = (await checked.json()) as Body;
      const page = await good(requery(request, (params) => params.delete('limit')));
      return Response.json({ ...((await page.json()) as Body), limit });
    },
  },
  {
    name: 'one model more than the limit comes',
    check: 'limit-applied',
    breaks: alter(isPage, (body: Body) => void body.models.push(...body.models.slice(0, 1))),
  },
  {
    name: 'one model less than the limit comes',
    check: 'limit-applied',
    breaks: alter(isPage, (body: Body) => void body.models.pop()),
  },
  {
    name: 'the total is the size of the page',
    check: 'total-ignores-limit',
    breaks: alter(isPage, (body: Body) => ({ ...body, total: body.models.length })),
  },
  {
    name: 'the total does not heed the filters',
    check: 'total-counts-matches',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      if (response.status !== 200) return response;
      const all = await good(new Request(request.url.replace(/\?.*/, ''), request));
      const { total } = (await all.json()) as Body;
      return Response.json({ ...((await response.json()) as Body), total });
    },
  },
  {
    name: 'the total of two filters is the sum of theirs',
    check: 'total-narrows',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      const params = paramsOf(request);
      if (response.status !== 200 || !params.has('family') || !params.has('algorithm')) return response;
      let total = 0;
      for (const name of ['family', 'algorithm']) {
        const alone = await good(requery(request, (edited) => edited.delete(name)));
        total += ((await alone.json()) as Body).total;
      }
      return Response.json({ ...((await response.json()) as Body), total });
    },
  },

  // Filters
  ...(['family', 'algorithm'] as const).flatMap((name) => {
    const fits = (model: Model, value: string | null) =>
      value === null ||
      (name === 'family' ? [model.family] : model.supported_algorithms).includes(value as never);
    return [
      { name: `the ${name} filter is ignored`, check: `${name}-filter`, breaks: remove(name) },
      {
        name: `the ${name} filter is inverted`,
        check: `${name}-filter`,
        breaks: refilter([name], (model, params) => !params.has(name) || !fits(model, params.get(name))),
      },
      {
        name: `the ${name} filter loses a match`,
        check: `${name}-filter`,
        breaks: refilter([], (_model, params, index) => !params.has(name) || index > 0),
      },
      {
        name: `the ${name} that nobody has is refused`,
        check: `${name}-unmatched`,
        breaks: misread((params) => params.get(name)?.startsWith('no-') && params.set('limit', '0')),
      },
      {
        name: `the ${name} that nobody has is ignored`,
        check: `${name}-unmatched`,
        breaks: misread(edit(name, (value) => (value.startsWith('no-') ? undefined : value))),
      },
    ];
  }),
  { name: 'the lower bound is ignored', check: 'min-size-filter', breaks: remove('min_size_b') },
  { name: 'the upper bound is ignored', check: 'max-size-filter', breaks: remove('max_size_b') },
  {
    name: 'the lower bound is inverted',
    check: 'min-size-filter',
    breaks: refilter(
      ['min_size_b'],
      (model, params) => model.size_b <= number(params, 'min_size_b', Infinity),
    ),
  },
  {
    name: 'the upper bound is inverted',
    check: 'max-size-filter',
    breaks: refilter(['max_size_b'], (model, params) => model.size_b >= number(params, 'max_size_b', 0)),
  },
  {
    name: 'the bounds are swapped',
    check: 'min-size-filter',
    breaks: misread((params) => {
      const [min, max] = ['min_size_b', 'max_size_b'].map((name) => params.get(name));
      for (const [name, value] of [
        ['min_size_b', max],
        ['max_size_b', min],
      ] as const) {
        if (value == null) params.delete(name);
        else params.set(name, value);
      }
    }),
  },
  {
    name: 'the lower bound is exclusive',
    check: 'min-size-inclusive',
    breaks: refilter([], (model, params) => model.size_b > number(params, 'min_size_b', 0)),
  },
  {
    name: 'the upper bound is exclusive',
    check: 'max-size-inclusive',
    breaks: refilter([], (model, params) => model.size_b < number(params, 'max_size_b', Infinity)),
  },
  {
    name: 'the decimals of the lower bound are cut',
    check: 'size-decimals',
    breaks: misread(edit('min_size_b', (value) => value.replace(/\.\d+$/, ''))),
  },
  {
    name: 'an upper bound of 0 is taken for none',
    check: 'size-zero',
    breaks: misread(edit('max_size_b', (value) => (value === '0' ? undefined : value))),
  },
  {
    name: 'two filters keep what fits either',
    check: 'filters-combine',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      const params = paramsOf(request);
      if (response.status !== 200 || !params.has('family') || !params.has('algorithm')) return response;
      const family = params.get('family') as never;
      const either = refilter(
        ['family', 'algorithm'],
        (model) =>
          model.family === family || model.supported_algorithms.includes(params.get('algorithm') as never),
      );
      return either(good)(request);
    },
  },
  {
    name: 'of two filters one counts',
    check: 'filters-combine',
    breaks: misread((params) => params.has('algorithm') && params.delete('family')),
  },
  {
    name: 'of two bounds one counts',
    check: 'filters-combine',
    breaks: misread((params) => params.has('min_size_b') && params.delete('max_size_b')),
  },
  {
    name: 'a search switches the filters off',
    check: 'search-combines',
    breaks: misread((params) => params.has('query') && params.delete('family')),
  },

  // Search
  {
    name: 'the search does not look at ids',
    check: 'search-id',
    breaks: refilter(['query'], (model, params) => has(model.display_name, params)),
  },
  {
    name: 'the search does not look at display names',
    check: 'search-display-name',
    breaks: refilter(['query'], (model, params) => has(model.tinker_id, params)),
  },
  { name: 'the search is ignored', check: 'search-unmatched', breaks: remove('query') },
  {
    name: 'the search is inverted',
    check: 'search-id',
    breaks: refilter(['query'], (model, params) => !params.has('query') || !has(text(model), params)),
  },
  {
    name: 'the escape %20 is left as it is',
    check: 'encoding-space',
    breaks: misdecode((raw) => decodeURIComponent(raw.replaceAll('%20', '%2520'))),
  },
  {
    name: 'the escape %2B is a space',
    check: 'encoding-plus',
    breaks: misdecode((raw) => decodeURIComponent(raw.replace(/%2B/gi, ' '))),
  },
  {
    name: 'escapes are decoded twice',
    check: 'encoding-percent',
    breaks: misdecode((raw) => {
      const once = decodeURIComponent(raw);
      try {
        return decodeURIComponent(once);
      } catch {
        return once;
      }
    }),
  },
  {
    name: 'escapes of letters are left as they are',
    check: 'encoding-percent',
    breaks: misdecode((raw) => decodeURIComponent(raw.replace(/%(?=[4-7])/g, '%25'))),
  },
  {
    name: 'text that is not ASCII makes the server fail',
    check: 'encoding-unicode',
    breaks: instead(
      (params) => /[^\0-\x7f]/.test(params.get('query') ?? ''),
      () => Response.json({ code: 500, detail: 'ascii codec', type: 'server_error' }, { status: 500 }),
    ),
  },
  {
    name: 'text that is not ASCII is dropped',
    check: 'encoding-unicode',
    breaks: misread(edit('query', (value) => value.replace(/[^\0-\x7f]/g, ''))),
  },

  // Where the contract is silent
  {
    name: 'the query is checked before the key',
    check: 'auth-before-query',
    breaks: (good) => async (request) => {
      const headers = { authorization: 'Bearer any' };
      const checked = await good(new Request(request.url, { headers }));
      return checked.status === 422 ? checked : good(request);
    },
  },
  {
    name: 'a refusal does not say what is wrong',
    check: 'error-names-parameter',
    breaks: alter(is422, (body) => void delete body.errors),
  },
  {
    name: 'an infinite size is taken',
    check: 'size-infinite',
    breaks: misread(edit('max_size_b', (value) => (value === 'Infinity' ? undefined : value))),
  },
  {
    name: 'crossed bounds are put in order',
    check: 'bounds-crossed',
    breaks: misread((params) => {
      const [min, max] = [number(params, 'min_size_b', 0), number(params, 'max_size_b', Infinity)];
      if (min > max && max > 0) {
        params.set('min_size_b', `${max}`);
        params.set('max_size_b', `${min}`);
      }
    }),
  },
  {
    name: 'a family is taken in any letter case',
    check: 'family-case',
    breaks: misread(edit('family', (value) => value.toLowerCase())),
  },
  {
    name: 'a search heeds the letter case',
    check: 'search-case',
    breaks: refilter([], (model, params) => text(model).includes(params.get('query') ?? '')),
  },
  {
    name: 'a search finds whole words only',
    check: 'search-part',
    breaks: refilter([], (model, params) => {
      const words = params.get('query')?.trim().toLowerCase();
      return !words || ` ${text(model).toLowerCase().replace('\n', ' ')} `.includes(` ${words} `);
    }),
  },
  {
    name: 'an unescaped plus is a plus',
    check: 'encoding-form',
    breaks: misdecode((raw) => decodeURIComponent(raw.replaceAll('+', '%2B'))),
  },
  {
    name: 'a malformed escape makes the server fail',
    check: 'encoding-malformed',
    breaks: instead(
      (_params, { url }) => url.includes('%zz'),
      () => new Response('URIError', { status: 500 }),
    ),
  },
  {
    name: 'the order depends on the limit',
    check: 'order-stable',
    breaks:
      refilter([], () => true) &&
      alter(isPage, (body: Body, params) => {
        if (params.get('limit') === `${limits.maximum}`) body.models.reverse();
      }),
  },
  {
    name: 'an id comes twice',
    check: 'ids-distinct',
    breaks: alter(isPage, (body: Body) => {
      const [first, second] = body.models;
      if (first && second) second.tinker_id = first.tinker_id;
    }),
  },
  {
    name: 'the first of a repeated parameter counts',
    check: 'parameter-repeated',
    breaks: misread((params) => params.has('limit') && params.set('limit', params.get('limit') as string)),
  },
  {
    name: 'unknown parameters are refused',
    check: 'parameter-unknown',
    breaks: misread((params) => params.has('no_such_parameter') && params.set('limit', '0')),
  },
  {
    name: 'another path is answered with a page',
    check: 'path-unknown',
    breaks: instead(
      (_params, { url }) => url.includes('no/such/path'),
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ),
  },
  {
    name: 'another method is answered 405',
    check: 'method-unknown',
    breaks: instead(
      (_params, { method }) => method !== 'GET',
      () => Response.json({ detail: 'Method Not Allowed' }, { status: 405 }),
    ),
  },
  {
    name: 'the scheme is compared letter by letter',
    check: 'auth-scheme-case',
    breaks: mistake((header) => header?.replace(/^bearer/, 'Other') ?? ''),
  },
];
