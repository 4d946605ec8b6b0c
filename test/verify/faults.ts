/** Servers that break the contract in one way each, made by changing the reference server. */
import type { CatalogHandler } from '../../src/server/index.ts';
import { models as documented, limit as limits, unheardOf, valuesOf } from '../contract/from-yaml.ts';
import type { Model } from './support.ts';

export interface Fault {
  /** What is wrong with the server, as a clause. */
  name: string;
  /** The check that is made for it. */
  check: string;
  /** Set where no other check sees it. */
  alone?: true;
  breaks(good: CatalogHandler): CatalogHandler;
}

interface Body {
  limit: number;
  total: number;
  models: Model[];
}

type Params = URLSearchParams;

const families: string[] = valuesOf('TrainingModel', 'family');
const algorithms: string[] = valuesOf('TrainingModel', 'supported_algorithms');
const isFilter = (algorithm: string) =>
  !documented.every((model) => model.supported_algorithms.includes(algorithm as never));
const filters = ['family', 'algorithm', 'min_size_b', 'max_size_b'];

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
    if (changed === value) return;
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

/** Whether it is a limit, and neither the smallest nor the largest. */
const isBetween = (limit: string) =>
  /^\d+$/.test(limit) && Number(limit) > limits.minimum && Number(limit) < limits.maximum;

/** Whether there is a filter that is no search. */
const isFiltered = (params: Params) => filters.some((name) => params.has(name));

const serverError = () =>
  Response.json({ code: 500, detail: 'Internal server error', type: 'server_error' }, { status: 500 });

/** The server makes its page out of all matches in its own way. */
const cutting =
  (cut: (params: Params, body: Body, matches: Model[], all: Model[]) => Model[]): Fault['breaks'] =>
  (good) =>
  async (request) => {
    const response = await good(request.clone());
    if (response.status !== 200) return response;
    const body = (await response.json()) as Body;
    const list = async (edit: (params: Params) => void) =>
      ((await (await good(requery(request, edit))).json()) as Body).models;
    const matches = await list((params) => params.set('limit', `${limits.maximum}`));
    const all = await list((params) => {
      for (const name of [...params.keys()]) params.delete(name);
      params.set('limit', `${limits.maximum}`);
    });
    return Response.json({ ...body, models: cut(paramsOf(request), body, matches, all) });
  };

/** Whether a model fits all filters but the search. */
const fitsFilters = (model: Model, params: Params) =>
  [model.family, null].includes(params.get('family') as never) &&
  [...model.supported_algorithms, null].includes(params.get('algorithm') as never) &&
  model.size_b >= number(params, 'min_size_b', 0) &&
  model.size_b <= number(params, 'max_size_b', Infinity);

/** The total is that of a request with another query. */
const miscounting =
  (when: (params: Params) => boolean, edit: (params: Params) => void): Fault['breaks'] =>
  (good) =>
  async (request) => {
    const response = await good(request.clone());
    if (response.status !== 200 || !when(paramsOf(request))) return response;
    const other = (await (await good(requery(request, edit))).json()) as Body;
    return Response.json({ ...((await response.json()) as Body), total: other.total });
  };

const all: Fault[] = [
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
    check: 'answer-schema',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models) model.size_b = `${model.size_b}` as never;
    }),
  },
  {
    name: 'a model has a family that is not listed',
    check: 'answer-schema',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models.slice(0, 1)) model.family = unheardOf as never;
    }),
  },
  {
    name: 'a model has no id',
    check: 'answer-schema',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models.slice(0, 1)) delete (model as Partial<Model>).tinker_id;
    }),
  },
  {
    name: 'the total is missing',
    check: 'answer-schema',
    breaks: alter(isPage, (body: Partial<Body>) => void delete body.total),
  },
  {
    name: 'the catalog is a bare array',
    check: 'answer-schema',
    breaks: alter(isPage, (body: Body) => body.models),
  },
  {
    name: 'the catalog is cut off',
    check: 'answer-schema',
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
    check: 'limit-range',
    breaks: misread(edit('limit', (value) => `${Math.max(Number(value), limits.minimum) || value}`)),
  },
  {
    name: 'the limit is not bounded above',
    check: 'limit-range',
    breaks: misread(edit('limit', (value) => `${Math.min(Number(value), limits.maximum) || value}`)),
  },
  {
    name: '422 is 400',
    check: 'limit-range',
    breaks: alter(is422, (body) => ({ ...body, code: 400 }), { status: 400 }),
  },
  {
    name: 'a limit that is no number is ignored',
    check: 'limit-type',
    breaks: misread(edit('limit', (value) => (value === 'ten' ? undefined : value))),
  },
  {
    name: 'the decimals of a limit are cut',
    check: 'limit-type',
    breaks: misread(edit('limit', (value) => value.replace(/\..*/, ''))),
  },
  ...['min_size_b', 'max_size_b'].flatMap((name) => [
    {
      name: `a ${name} that is no number is ignored`,
      check: `${name.replaceAll('_', '-')}-type`,
      breaks: misread(edit(name, (value) => (/^[a-z]+$/.test(value) ? undefined : value))),
    },
    {
      name: `an empty ${name} is ignored`,
      check: `${name.replaceAll('_', '-')}-empty`,
      breaks: misread(edit(name, (value) => value || undefined)),
    },
  ]),
  {
    name: 'an empty limit is ignored',
    check: 'limit-empty',
    breaks: misread(edit('limit', (value) => value || undefined)),
  },
  {
    name: 'the envelope has no type',
    check: 'error-schema',
    breaks: alter(isError, (body) => void delete body.type),
  },
  {
    name: 'the envelope has a type that is not listed',
    check: 'error-schema',
    breaks: alter(isError, (body) => ({ ...body, type: 'oops_error' })),
  },
  {
    name: 'refusals are HTML pages',
    check: 'error-schema',
    breaks: alter(isError, () => '<!doctype html><title>Error</title>', { type: 'text/html' }),
  },
  {
    name: 'only the refusal of a key has no envelope',
    check: 'error-schema',
    breaks: alter(
      (status) => status === 401,
      () => ({ detail: 'Not authenticated' }),
    ),
  },
  {
    name: 'refusals are what FastAPI sends by itself',
    check: 'error-schema',
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
      (_params, { method }) => method === 'PROPFIND',
      () => Response.json({ detail: 'Method Not Allowed' }, { status: 405 }),
    ),
  },
  {
    name: 'the scheme is compared letter by letter',
    check: 'auth-scheme-case',
    breaks: mistake((header) => header?.replace(/^bearer/, 'Other') ?? ''),
  },
  // Access, once more
  {
    name: 'no key is asked for once there is a query',
    check: 'auth-required-with-query',
    breaks: (good) => async (request) => {
      if (request.headers.has('authorization') || !request.url.includes('?')) return good(request);
      const answer = await good(new Request(request.url, { headers: { authorization: 'Bearer any' } }));
      // The order of checks is not the point here.
      return answer.status === 200 ? answer : good(request);
    },
    alone: true,
  },
  {
    name: 'any scheme but Basic will do',
    check: 'auth-scheme',
    alone: true,
    breaks: mistake((header) => header?.replace(/^(?!Basic|Bearer)\w+ /, 'Bearer ') ?? ''),
  },
  {
    name: 'no scheme is needed',
    check: 'auth-scheme',
    alone: true,
    breaks: mistake((header) =>
      header && /^(?!Bearer$)\S+$/.test(header) ? `Bearer ${header}` : (header ?? ''),
    ),
  },
  {
    name: 'HEAD is answered 405',
    check: 'head',
    alone: true,
    breaks: instead(
      (_params, { method }) => method === 'HEAD',
      () => Response.json({ detail: 'Method Not Allowed' }, { status: 405 }),
    ),
  },
  {
    name: 'HEAD needs no key',
    check: 'head',
    alone: true,
    breaks: instead(
      (_params, { method }) => method === 'HEAD',
      () => new Response(null, { headers: { 'content-type': 'application/json' } }),
    ),
  },

  // Values of parameters
  {
    name: 'an empty search makes the server fail',
    check: 'query-empty',
    breaks: instead((params) => params.get('query') === '', serverError),
  },
  {
    name: 'an empty family is refused',
    check: 'family-empty',
    breaks: misread((params) => params.get('family') === '' && params.set('limit', '0')),
  },
  ...['query', 'family', 'algorithm'].map((name) => ({
    name: `a quote in ${name} makes the server fail`,
    check: `${name}-accepted`,
    alone: true as const,
    breaks: instead(
      (params, { headers }) => headers.has('authorization') && /'/.test(params.get(name) ?? ''),
      serverError,
    ),
  })),
  {
    name: 'an empty algorithm is refused',
    check: 'algorithm-empty',
    breaks: misread((params) => params.get('algorithm') === '' && params.set('limit', '0')),
  },
  {
    name: 'a size below zero is refused',
    check: 'min-size-b-accepted',
    alone: true,
    breaks: misread((params) => number(params, 'min_size_b', 0) < 0 && params.set('limit', '0')),
  },
  {
    name: 'a size with an exponent is refused',
    check: 'max-size-b-accepted',
    alone: true,
    breaks: misread((params) => /e/.test(params.get('max_size_b') ?? '') && params.set('limit', '0')),
  },
  {
    name: 'a limit in hexadecimal is taken',
    check: 'number-forms',
    alone: true,
    breaks: misread(edit('limit', (value) => (/^0x/.test(value) ? `${Number(value)}` : value))),
  },
  {
    name: 'a limit with an exponent is taken',
    check: 'number-forms',
    alone: true,
    breaks: misread(
      edit('limit', (value) => (/e/.test(value) && Number(value) ? `${Number(value)}` : value)),
    ),
  },

  // What answers look like, once more
  {
    name: 'a 429 in the middle of the run is what slowapi sends',
    check: 'error-schema',
    alone: true,
    breaks: (good) => {
      let calls = 0;
      return (request) => {
        calls += 1;
        if (calls !== 40) return good(request);
        const headers = { 'retry-after': '0' };
        return Promise.resolve(
          Response.json({ error: 'Rate limit exceeded: 60 per 1 minute' }, { status: 429, headers }),
        );
      };
    },
  },
  {
    name: 'sizes are strings once there is a filter',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body, params) => {
      if (params.has('family')) for (const model of body.models) model.size_b = `${model.size_b}` as never;
    }),
  },
  {
    name: 'prices are strings',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models) if (model.pricing) model.pricing.train = '0.40' as never;
    }),
  },
  {
    name: 'the models are null',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body) => ({ ...body, models: null })),
  },
  {
    name: 'extended_context is null where it is unknown',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models) model.extended_context = null as never;
    }),
  },
  {
    name: 'algorithms are one text',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models)
        model.supported_algorithms = model.supported_algorithms.join() as never;
    }),
  },
  {
    name: 'an algorithm is not listed',
    check: 'answer-schema',
    breaks: alter(isPage, (body: Body) => {
      for (const model of body.models.slice(0, 1)) model.supported_algorithms = [unheardOf as never];
    }),
  },
  {
    name: 'the total is a text',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body) => ({ ...body, total: `${body.total}` })),
  },
  {
    name: 'a page without matches has no body',
    check: 'answer-schema',
    alone: true,
    breaks: alter(isPage, (body: Body) => (body.total === 0 ? '' : body)),
  },
  {
    name: 'a page without matches is 204',
    check: 'answer-status',
    breaks: (good) => async (request) => {
      const response = await good(request);
      if (response.status !== 200) return response;
      const body = (await response.clone().json()) as Body;
      return body.total === 0 ? new Response(null, { status: 204 }) : response;
    },
  },
  {
    name: 'a page without matches is 404',
    check: 'family-unmatched',
    breaks: (good) => async (request) => {
      const response = await good(request);
      if (response.status !== 200) return response;
      const body = (await response.clone().json()) as Body;
      return body.total === 0
        ? Response.json({ code: 404, detail: 'No models', type: 'not_found_error' }, { status: 404 })
        : response;
    },
  },
  {
    name: 'only the refusal of a key is a page',
    check: 'error-schema',
    breaks: alter(
      (status) => status === 401,
      () => '<!doctype html><title>Sign in</title>',
      { type: 'text/html' },
    ),
  },
  {
    name: 'only a 422 is text/plain',
    check: 'content-type',
    alone: true,
    breaks: alter(is422, () => undefined, { type: 'text/plain' }),
  },
  {
    name: 'refusals are problem+json',
    check: 'content-type',
    alone: true,
    breaks: alter(isError, () => undefined, { type: 'application/problem+json' }),
  },
  {
    name: '422 is 418',
    check: 'answer-status',
    breaks: alter(is422, (body) => body, { status: 418 }),
  },
  {
    name: 'the code is a text',
    check: 'error-schema',
    breaks: alter(isError, (body) => ({ ...body, code: `${body.code}` })),
  },
  {
    name: 'the detail is a list',
    check: 'error-schema',
    breaks: alter(is422, (body) => ({ ...body, detail: body.errors })),
  },
  {
    name: 'the errors are a map',
    check: 'error-schema',
    breaks: alter(is422, (body) => ({ ...body, errors: { limit: 'too large' } })),
  },
  {
    name: 'the errors have no loc',
    check: 'error-schema',
    breaks: alter(is422, (body) => {
      for (const item of body.errors) delete item.loc;
    }),
  },
  {
    name: 'the code of a 401 is 403',
    check: 'error-code',
    alone: true,
    breaks: alter(
      (status) => status === 401,
      (body) => ({ ...body, code: 403 }),
    ),
  },
  {
    name: 'the errors of a 422 are null',
    check: 'error-names-parameter',
    breaks: alter(is422, (body) => ({ ...body, errors: null })),
  },
  {
    name: 'a 422 tells only the first problem',
    check: 'error-names-all',
    alone: true,
    breaks: alter(is422, (body) => ({ ...body, errors: body.errors.slice(0, 1) })),
  },
  {
    name: 'a filtered model has no price',
    check: 'models-consistent',
    alone: true,
    breaks: alter(isPage, (body: Body, params) => {
      if (params.has('family')) for (const model of body.models) model.pricing = null;
    }),
  },

  // Limit and total where there is a filter
  {
    name: 'the limit is applied before the filter',
    check: 'limit-with-filter',
    breaks: cutting((_params, { limit }, matches, all) => {
      const start = new Set(all.slice(0, limit).map(({ tinker_id }) => tinker_id));
      return matches.filter(({ tinker_id }) => start.has(tinker_id));
    }),
  },
  {
    name: 'the limit is ignored once there is a filter',
    check: 'limit-with-filter',
    breaks: cutting((params, { limit }, matches) => (isFiltered(params) ? matches : matches.slice(0, limit))),
  },
  ...[1, -1].map((more) => ({
    name: `with a filter, the limit is off by ${more}`,
    check: 'limit-with-filter',
    breaks: cutting((params, { limit }, matches) =>
      matches.slice(0, isFiltered(params) && limit < limits.maximum ? limit + more : limit),
    ),
  })),
  {
    name: 'with a filter, at most five models come',
    check: 'limit-default-with-filter',
    breaks: cutting((params, { limit }, matches) =>
      matches.slice(0, isFiltered(params) ? Math.min(5, limit) : limit),
    ),
  },
  {
    name: 'with a filter, the default limit is echoed',
    check: 'limit-with-filter',
    breaks: alter(isPage, (body, params) =>
      isFiltered(params) ? { ...body, limit: limits.default } : undefined,
    ),
  },
  {
    name: 'with a filter, the default limit is 3',
    check: 'limit-default-with-filter',
    alone: true,
    breaks: misread((params) => {
      // The search has a check of its own, and so have pages in order.
      if (isFiltered(params) && !params.has('limit') && !params.has('query')) params.set('limit', '3');
    }),
  },
  {
    name: 'with a filter, the total is the size of the page',
    check: 'limit-with-filter',
    breaks: alter(isPage, (body: Body, params) =>
      isFiltered(params) ? { ...body, total: body.models.length } : undefined,
    ),
  },
  {
    name: 'with a search, the limit is ignored',
    check: 'limit-with-search',
    breaks: cutting((params, { limit }, matches) =>
      params.has('query') ? matches : matches.slice(0, limit),
    ),
  },
  {
    name: 'with a search, the total counts everything',
    check: 'limit-with-search',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      if (response.status !== 200 || !paramsOf(request).has('query')) return response;
      const all = await good(requery(request, (params) => params.delete('query')));
      return Response.json({
        ...((await response.json()) as Body),
        total: ((await all.json()) as Body).total,
      });
    },
  },
  {
    name: 'limits other than the smallest, the largest and the default are ignored',
    check: 'limit-between',
    breaks: misread(edit('limit', (value) => (isBetween(value) ? `${limits.default}` : value))),
  },
  {
    name: 'the total is no more than 10',
    check: 'limit-default',
    breaks: alter(isPage, (body: Body) => ({ ...body, total: Math.min(body.total, 10) })),
  },

  // Filters, once more
  ...(['family', 'algorithm'] as const).flatMap((name) => {
    const values = (model: Model): string[] =>
      name === 'family' ? [model.family] : model.supported_algorithms;
    const by = (fits: (own: string, asked: string) => boolean): Fault['breaks'] =>
      refilter([name], (model, params) => {
        const asked = params.get(name);
        return asked === null || values(model).some((own) => fits(own, asked));
      });
    return [
      {
        name: `a ${name} is matched by its start`,
        check: `${name}-part`,
        breaks: by((own, asked) => own.startsWith(asked)),
      },
      {
        name: `a ${name} is matched by its end`,
        check: `${name}-part`,
        breaks: by((own, asked) => own.endsWith(asked)),
      },
      {
        name: `a ${name} that is not empty is matched by any part`,
        check: `${name}-part`,
        alone: true as const,
        breaks: by((own, asked) => (asked ? own.includes(asked) : false)),
      },
      {
        name: `a longer ${name} is matched by its start`,
        check: `${name}-part`,
        breaks: by((own, asked) => asked.startsWith(own) && !asked.includes(',')),
      },
      {
        name: `a ${name} of one letter is a short form`,
        check: `${name}-part`,
        alone: true as const,
        breaks: by((own, asked) => own === asked || (asked.length === 1 && own[0] === asked)),
      },
      {
        name: `several values of ${name} may be given with commas`,
        check: `${name}-several`,
        alone: true as const,
        breaks: by((own, asked) => asked.split(',').includes(own)),
      },
      {
        name: `an empty ${name} is ignored`,
        check: `${name}-empty-value`,
        alone: true as const,
        breaks: misread(edit(name, (value) => value || undefined)),
      },
    ];
  }),
  {
    name: 'an algorithm is looked for in the joined list',
    check: 'algorithm-part',
    breaks: refilter(['algorithm'], (model, params) =>
      model.supported_algorithms.join().includes(params.get('algorithm') ?? ''),
    ),
  },
  {
    name: 'an algorithm is taken in any letter case',
    check: 'algorithm-case',
    alone: true,
    breaks: misread(edit('algorithm', (value) => value.toLowerCase())),
  },
  {
    name: 'an algorithm has to be the first of a model',
    check: 'algorithm-filter',
    breaks: refilter(['algorithm'], (model, params) => {
      const asked = params.get('algorithm');
      return asked === null || model.supported_algorithms[0] === asked;
    }),
  },
  {
    name: 'two bounds keep what fits either',
    check: 'filters-combine',
    breaks: refilter(['min_size_b', 'max_size_b'], (model, params) => {
      const least = model.size_b >= number(params, 'min_size_b', 0);
      const most = model.size_b <= number(params, 'max_size_b', Infinity);
      return params.has('min_size_b') && params.has('max_size_b') ? least || most : least && most;
    }),
  },
  {
    name: 'with four filters, the last is forgotten',
    check: 'filters-combine-all',
    breaks: misread((params) => {
      const count = filters.filter((name) => params.has(name));
      if (count.length === 4) params.delete('max_size_b');
    }),
  },
  {
    name: 'a family switches the search off',
    check: 'search-combines',
    alone: true,
    breaks: misread((params) => params.has('family') && params.delete('query')),
  },
  {
    name: 'a search switches the bounds off',
    check: 'search-combines',
    alone: true,
    breaks: misread((params) => {
      if (params.has('query')) for (const name of ['min_size_b', 'max_size_b']) params.delete(name);
    }),
  },
  {
    name: 'models of one family are shown only if that is asked for',
    check: 'filters-within',
    breaks: refilter([], (model, params) => params.has('family') || model.family !== families[0]),
  },
  {
    name: 'a lower bound of 0 leaves nothing',
    check: 'size-zero',
    alone: true,
    breaks: refilter([], (_model, params) => params.get('min_size_b') !== '0'),
  },
  {
    name: 'NUL in a search makes the server fail',
    check: 'encoding-malformed',
    alone: true,
    breaks: instead((params) => /\0/.test(params.get('query') ?? ''), serverError),
  },
  {
    name: 'the upper bound is rounded up',
    check: 'size-decimals',
    breaks: misread(
      edit('max_size_b', (value) =>
        Number.isFinite(Number(value)) && value ? `${Math.ceil(Number(value))}` : value,
      ),
    ),
  },
  {
    name: 'crossed bounds are refused',
    check: 'bounds-crossed',
    alone: true,
    breaks: misread((params) => {
      const [min, max] = [number(params, 'min_size_b', 0), number(params, 'max_size_b', Infinity)];
      if (min > max && max > 0) params.set('limit', '0');
    }),
  },

  // Search, once more
  {
    name: 'a search finds models with any of its words',
    check: 'search-only',
    breaks: refilter(['query'], (model, params) => {
      const words = (params.get('query') ?? '').trim().toLowerCase().split(/\s+/);
      return words.some((word) => text(model).toLowerCase().includes(word));
    }),
  },
  {
    name: 'a search finds models with all of its words, wherever they stand',
    check: 'search-only',
    alone: true,
    breaks: refilter(['query'], (model, params) => {
      const words = (params.get('query') ?? '').trim().toLowerCase().split(/\s+/);
      return words.every((word) => text(model).toLowerCase().includes(word));
    }),
  },
  {
    name: 'a search looks at types, too',
    check: 'search-only',
    alone: true,
    breaks: refilter(['query'], (model, params) => has(`${text(model)}\n${model.type}`, params)),
  },
  ...(
    [
      ['% is a wildcard', /%/g, '.*'],
      ['_ is a wildcard', /_/g, '.'],
      ['* is a wildcard', /\*/g, '.*'],
      ['? is a wildcard', /\?/g, '.'],
      ['. is a wildcard', /\./g, '.'],
    ] as const
  ).map(([name, wildcard, pattern]) => ({
    name: `in a search, ${name}`,
    check: 'search-wildcards',
    breaks: refilter(['query'], (model, params) => {
      const parts = (params.get('query') ?? '').trim().toLowerCase().split(wildcard);
      const literal = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
      return new RegExp(literal.join(pattern), 's').test(text(model).toLowerCase());
    }),
  })),
  {
    name: 'a search is a regular expression',
    check: 'search-wildcards',
    breaks: refilter(['query'], (model, params) => {
      try {
        return new RegExp((params.get('query') ?? '').trim(), 'i').test(text(model));
      } catch {
        return has(text(model), params);
      }
    }),
  },
  {
    name: 'a search takes wide letters for plain ones',
    check: 'search-lookalikes',
    alone: true,
    breaks: misread(edit('query', (value) => value.replace(/[\uff01-\uff5e]/g, (c) => c.normalize('NFKC')))),
  },
  {
    name: 'a search leaves accents aside',
    check: 'search-lookalikes',
    alone: true,
    breaks: misread(edit('query', (value) => value.replace(/\u0301/g, ''))),
  },
  {
    name: 'a search is not trimmed',
    check: 'search-trimmed',
    alone: true,
    breaks: refilter(['query'], (model, params) =>
      text(model)
        .toLowerCase()
        .includes((params.get('query') ?? '').toLowerCase()),
    ),
  },
  {
    name: 'a search for nothing finds nothing',
    check: 'search-empty',
    alone: true,
    breaks: refilter([], (_model, params) => params.get('query') !== ''),
  },
  {
    name: 'a search looks at the start of ids only',
    check: 'search-display-name',
    breaks: refilter(['query'], (model, params) =>
      model.tinker_id.toLowerCase().startsWith((params.get('query') ?? '').trim().toLowerCase()),
    ),
  },

  // What joins, sentinels and shortcuts of a database's queries come to
  {
    name: 'a search by name goes past the filters, as OR binds less than AND',
    check: 'search-combines',
    alone: true,
    breaks: refilter([...filters, 'query'], (model, params) => {
      const query = (params.get('query') ?? '').trim().toLowerCase();
      const byName = query !== '' && model.display_name.toLowerCase().includes(query);
      return byName || (fitsFilters(model, params) && model.tinker_id.toLowerCase().includes(query));
    }),
  },
  {
    name: 'the total of a search does not heed the filters',
    check: 'search-combines',
    alone: true,
    breaks: miscounting(
      (params) => params.has('query'),
      (params) => filters.forEach((name) => void params.delete(name)),
    ),
  },
  {
    name: 'the total of a family does not heed the algorithm',
    check: 'filters-combine',
    breaks: miscounting(
      (params) => params.has('family'),
      (params) => params.delete('algorithm'),
    ),
  },
  {
    name: 'a search finds each model twice',
    check: 'ids-distinct',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      if (response.status !== 200 || !paramsOf(request).get('query')) return response;
      const all = await good(requery(request, (params) => params.set('limit', `${limits.maximum}`)));
      const { models } = (await all.json()) as Body;
      const { limit } = (await response.json()) as Body;
      const twice = models.flatMap((model) => [model, model]);
      return Response.json({ limit, total: twice.length, models: twice.slice(0, limit) });
    },
  },
  {
    name: 'a model found by its algorithm shows no other algorithm',
    check: 'models-consistent',
    alone: true,
    breaks: alter(isPage, (body: Body, params) => {
      const algorithm = params.get('algorithm');
      for (const model of body.models) if (algorithm) model.supported_algorithms = [algorithm as never];
    }),
  },
  // One that all models have is no filter.
  ...algorithms.filter(isFilter).map((algorithm) => ({
    name: `the algorithm ${algorithm} is ignored`,
    check: 'algorithm-filter',
    breaks: misread(edit('algorithm', (value) => (value === algorithm ? undefined : value))),
  })),
  {
    name: 'an upper bound below 0 is taken for none',
    check: 'size-zero',
    alone: true,
    breaks: misread(edit('max_size_b', (value) => (Number(value) < 0 ? undefined : value))),
  },
  {
    name: 'a limit of -1 is taken for the largest',
    check: 'limit-range',
    alone: true,
    breaks: misread(edit('limit', (value) => (value === '-1' ? `${limits.maximum}` : value))),
  },
  {
    name: 'an empty page has the default limit',
    check: 'limit-echoed',
    alone: true,
    breaks: alter(isPage, (body: Body) => (body.total === 0 ? { ...body, limit: limits.default } : body)),
  },
  {
    name: 'the total of a search counts ids only',
    check: 'search-display-name',
    breaks: (good) => async (request) => {
      const response = await good(request.clone());
      const query = (paramsOf(request).get('query') ?? '').trim().toLowerCase();
      if (response.status !== 200) return response;
      const all = await good(requery(request, (params) => params.set('limit', `${limits.maximum}`)));
      const { models } = (await all.json()) as Body;
      const total = models.filter(({ tinker_id }) => tinker_id.toLowerCase().includes(query)).length;
      return Response.json({ ...((await response.json()) as Body), total });
    },
  },
  {
    name: 'a search finds two models at most',
    check: 'search-all',
    alone: true,
    breaks: (good) => async (request) => {
      const response = await good(request);
      if (response.status !== 200 || !paramsOf(request).get('query')) return response;
      const { limit, total, models } = (await response.json()) as Body;
      return Response.json({ limit, total: Math.min(total, 2), models: models.slice(0, 2) });
    },
  },

  // Order
  {
    name: 'the order changes from call to call',
    check: 'order-repeats',
    breaks: (good) => {
      let turn = 0;
      return alter(isPage, (body: Body) => {
        turn += 1;
        const by = turn % Math.max(1, body.models.length);
        body.models = [...body.models.slice(by), ...body.models.slice(0, by)];
      })(good);
    },
  },
  {
    name: 'the total changes from call to call',
    check: 'order-repeats',
    breaks: (good) => {
      const asked = new Map<string, number>();
      return alter(isPage, (body: Body, params) => {
        const times = (asked.get(`${params}`) ?? 0) + 1;
        asked.set(`${params}`, times);
        return { ...body, total: body.total + times - 1 };
      })(good);
    },
  },
  {
    name: 'only the longest page is sorted',
    check: 'order-stable',
    breaks: alter(isPage, (body: Body, params) => {
      if (params.get('limit') !== `${limits.maximum}`) return;
      body.models.sort((a, b) => (a.tinker_id < b.tinker_id ? -1 : 1));
    }),
  },
  {
    name: 'a page with a limit begins at its end',
    check: 'order-stable',
    breaks: alter(isPage, (body: Body, params) => {
      if (isBetween(params.get('limit') ?? '')) body.models.reverse();
    }),
  },
  {
    name: 'filtered pages are sorted by size',
    check: 'order-with-filter',
    alone: true,
    breaks: cutting((params, { limit }, matches) =>
      (isFiltered(params)
        ? matches.toSorted((a, b) => b.size_b - a.size_b || (a.tinker_id < b.tinker_id ? 1 : -1))
        : matches
      ).slice(0, limit),
    ),
  },
];

/** A fault is in the answers to HEAD as well, unless it is about HEAD. */
const withHead =
  (broken: CatalogHandler): CatalogHandler =>
  async (request) => {
    if (request.method !== 'HEAD') return broken(request);
    const { status, headers } = await broken(new Request(request.url, { headers: request.headers }));
    return new Response(null, { status, headers });
  };

export const faults: Fault[] = all.map((fault) =>
  fault.check === 'head' ? fault : { ...fault, breaks: (good) => withHead(fault.breaks(good)) },
);
