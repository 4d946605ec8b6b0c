/** Servers that break the contract in one way each, made by changing the reference server. */
import {
  models as documented,
  exampleOf,
  limit as limits,
  type Model,
  unheardOf,
  valuesOf,
} from '../contract/from-yaml.ts';
import {
  answers,
  areCrossed,
  type Break,
  decodes,
  finds,
  ignores,
  keeps,
  longest,
  onError,
  onModel,
  onPage,
  overlooks,
  type Page,
  pageSize,
  type Query,
  reads,
  readsKey,
  readsQuery,
  refuses,
  searchOf,
  swapBounds,
  textOf,
  totalIgnores,
} from './breaks.ts';

export interface Fault {
  /** What is wrong with the server, as a clause. */
  name: string;
  /** The check that is made for it. */
  check: string;
  breaks: Break;
}

/** The servers by the check that is made for them, and by what is wrong with them. */
type Servers = Record<string, Record<string, Break>>;

const choices = ['family', 'algorithm'];
const bounds = ['min_size_b', 'max_size_b'];
const filterNames = [...choices, ...bounds];

const valuesIn = (model: Model, choice: string): string[] =>
  choice === 'family' ? [model.family] : model.supported_algorithms;

/** Whether a model fits one filter of the query, or that filter is not given. */
function fits(model: Model, name: string, query: Query): boolean {
  const value = query.get(name);
  if (value === null) return true;
  if (name === 'min_size_b') return model.size_b >= Number(value);
  if (name === 'max_size_b') return model.size_b <= Number(value);
  return valuesIn(model, name).includes(value);
}

/** Compares each value that a model has with the one that is asked for. */
const compares = (choice: string, rule: (value: string, asked: string) => boolean): Break =>
  keeps([choice], (model, query) => {
    const asked = query.get(choice);
    return asked === null || valuesIn(model, choice).some((value) => rule(value, asked));
  });

/** Keeps what fits any of two filters. */
const keepsEither = (names: string[]): Break =>
  keeps(names, (model, query) => {
    const fitting = names.map((name) => fits(model, name, query));
    return names.every((name) => query.has(name)) ? fitting.includes(true) : !fitting.includes(false);
  });

const isFiltered = (query: Query) => filterNames.some((name) => query.has(name));
const isLongest = (query: Query) => query.get('limit') === `${limits.maximum}`;

/** Whether it is a limit, and neither the smallest nor the largest. */
const isBetween = (limit: string | null) =>
  /^\d+$/.test(limit ?? '') && Number(limit) > limits.minimum && Number(limit) < limits.maximum;

const asItIs = () => undefined;
const serverError = () => Response.json(exampleOf(500), { status: 500 });
const htmlPage = (title: string) => `<!doctype html><title>${title}</title>`;

/** No key is asked for by such queries. */
const needsNoKey =
  (when: (query: Query) => boolean): Break =>
  (good) =>
  (request) =>
    when(new URL(request.url).searchParams)
      ? readsKey((header) => header || 'Bearer any')(good)(request)
      : good(request);

const servers: Servers = {
  'auth-required': {
    'no key is asked for': readsKey((header) => header || 'Bearer any'),
    'a cache keeps answers whatever the key': (good) => {
      const known = new Map<string, Response>();
      return async (request) => {
        const answer = known.get(request.url) ?? (await good(request));
        if (answer.status === 200) known.set(request.url, answer);
        return answer.clone();
      };
    },
    'no key is asked for once there is a query': (good) => async (request) => {
      if (request.headers.has('authorization') || !request.url.includes('?')) return good(request);
      const answer = await good(new Request(request.url, { headers: { authorization: 'Bearer any' } }));
      // The order of checks is not the point here.
      return answer.status === 200 ? answer : good(request);
    },
  },
  'auth-scheme': {
    'any scheme will do': readsKey((header) => header.replace(/^\w+ /, 'Bearer ')),
    'an empty token will do': readsKey((header) => (header === 'Bearer' ? 'Bearer any' : header)),
    'any scheme but Basic will do': readsKey((header) => header.replace(/^(?!Basic|Bearer)\w+ /, 'Bearer ')),
    'no scheme is needed': readsKey((header) => header.replace(/^(?!Bearer$)\S+$/, 'Bearer $&')),
  },
  'auth-scheme-case': {
    'the scheme is compared letter by letter': readsKey((header) => header.replace(/^bearer/, 'Other')),
  },
  'answer-status': {
    'a page without matches is 204': onPage(
      ({ total }) => total === 0 && new Response(null, { status: 204 }),
    ),
    '422 is 418': onError(asItIs, { of: 422, status: 418 }),
  },
  'answer-schema': {
    'sizes are strings': onModel(({ size_b }) => ({ size_b: `${size_b}` })),
    'a model has a family that is not listed': onModel((_, __, at) => at === 0 && { family: unheardOf }),
    'an algorithm is not listed': onModel((_, __, at) => at === 0 && { supported_algorithms: [unheardOf] }),
    'a model has no id': onModel((_, __, at) => at === 0 && { tinker_id: undefined }),
    'the total is missing': onPage(() => ({ total: undefined })),
    'the catalog is a bare array': onPage(({ models }) => models),
    'the catalog is Latin-1': onPage(
      (body) =>
        new Response(Buffer.from(JSON.stringify({ ...body, note: 'é' }), 'latin1'), {
          headers: { 'content-type': 'application/json' },
        }),
    ),
    'the catalog is cut off': onPage((body) => JSON.stringify(body).slice(0, -9)),
    'sizes are strings once there is a filter': onModel(
      ({ size_b }, query) => query.has('family') && { size_b: `${size_b}` },
    ),
    'prices are strings': onModel(({ pricing }) => pricing && { pricing: { ...pricing, train: '0.40' } }),
    'the models are null': onPage(() => ({ models: null })),
    'extended_context is null where it is unknown': onModel(() => ({ extended_context: null })),
    'algorithms are one text': onModel(({ supported_algorithms: all }) => ({
      supported_algorithms: all.join(),
    })),
    'the total is a text': onPage(({ total }) => ({ total: `${total}` })),
    'a page without matches has no body': onPage(
      ({ total }) => total === 0 && new Response('', { headers: { 'content-type': 'application/json' } }),
    ),
  },
  'content-type': {
    'the catalog is text/plain': onPage(asItIs, { type: 'text/plain' }),
    'refusals are text/html': onError(asItIs, { type: 'text/html' }),
    'only a 422 is text/plain': onError(asItIs, { of: 422, type: 'text/plain' }),
    'refusals are problem+json': onError(asItIs, { type: 'application/problem+json' }),
  },
  'error-schema': {
    'the envelope has no type': onError(() => ({ type: undefined })),
    'the envelope has a type that is not listed': onError(() => ({ type: 'oops_error' })),
    'the code is a text': onError(({ code }) => ({ code: `${code}` })),
    'the detail is a list': onError(({ errors }) => ({ detail: errors }), { of: 422 }),
    'the errors are a map': onError(() => ({ errors: { limit: 'too large' } }), { of: 422 }),
    'the errors have no loc': onError(
      // biome-ignore lint/suspicious/noExplicitAny: what the server sent
      ({ errors }) => ({ errors: errors.map((error: any) => ({ ...error, loc: undefined })) }),
      { of: 422 },
    ),
    'refusals are HTML pages': onError(() => htmlPage('Error'), { type: 'text/html' }),
    'only the refusal of a key is a page': onError(() => htmlPage('Sign in'), {
      of: 401,
      type: 'text/html',
    }),
    'only the refusal of a key has no envelope': onError(
      () => JSON.stringify({ detail: 'Not authenticated' }),
      { of: 401 },
    ),
    'refusals are what FastAPI sends by itself': onError(({ errors, detail }) =>
      JSON.stringify({ detail: errors ?? detail }),
    ),
    'the detail of each error is a list': onError(() => ({ detail: ['no text'] })),
    'a 429 in the middle of the run is what slowapi sends': (good) => {
      let calls = 0;
      const limited = { error: 'Rate limit exceeded: 60 per 1 minute' };
      return answers(
        () => ++calls === 40,
        () => Response.json(limited, { status: 429, headers: { 'retry-after': '0' } }),
      )(good);
    },
  },
  'error-code': {
    'the code is not the status': onError(() => ({ code: 400 })),
    'the code of a 401 is 403': onError(() => ({ code: 403 }), { of: 401 }),
  },
  'errors-named': {
    'a refusal does not say what is wrong': onError(() => ({ errors: undefined }), { of: 422 }),
    'the errors of a 422 are null': onError(() => ({ errors: null }), { of: 422 }),
    'a 422 tells only the first problem': onError(({ errors }) => ({ errors: errors.slice(0, 1) }), {
      of: 422,
    }),
  },
  'limit-refused': {
    'the decimals of a limit are cut': reads('limit', (value) => value.replace(/\..*/, '')),
    'the limit is not bounded below': reads(
      'limit',
      (value) => `${Math.max(Number(value), limits.minimum) || value}`,
    ),
    'the limit is not bounded above': reads(
      'limit',
      (value) => `${Math.min(Number(value), limits.maximum) || value}`,
    ),
    '422 is 400': onError(() => ({ code: 400 }), { of: 422, status: 400 }),
    'a limit of -1 is taken for the largest': reads('limit', (value) =>
      value === '-1' ? `${limits.maximum}` : value,
    ),
  },
  'query-accepted': {
    'an empty search makes the server fail': answers((_, query) => query.get('query') === '', serverError),
  },
  'json-numbers': {
    'an infinite size is taken': overlooks('max_size_b', (value) => value === 'Infinity'),
    'a limit in hexadecimal is taken': reads('limit', (value) =>
      /^0x/.test(value) ? `${Number(value)}` : value,
    ),
  },
  'parameter-repeated': {
    'a repeated family makes the server fail': answers(
      (_, query) => query.getAll('family').length > 1,
      serverError,
    ),
    'the first of a repeated parameter counts': readsQuery(
      (query) => query.has('limit') && query.set('limit', query.get('limit') as string),
    ),
  },
  'parameter-unknown': {
    'unknown parameters are refused': refuses((query) => query.has('no_such_parameter')),
  },
  limit: {
    'the default limit is another': readsQuery(
      (query) => query.has('limit') || query.set('limit', `${limits.default + 1}`),
    ),
    'the total is no more than 10': onPage(({ total }) => ({ total: Math.min(total, 10) })),
    'limits other than the smallest, the largest and the default are ignored': reads('limit', (value) =>
      isBetween(value) ? `${limits.default}` : value,
    ),
    'the default limit is echoed whatever was asked': onPage(() => ({ limit: limits.default })),
    'the limit is ignored but echoed': pageSize(() => limits.default),
    'one model more than the limit comes': onPage(({ models }) => ({
      models: [...models, ...models.slice(0, 1)],
    })),
    'one model less than the limit comes': onPage(({ models }) => ({ models: models.slice(0, -1) })),
    'the total is the size of the page': onPage(({ models }) => ({ total: models.length })),
  },
  'limit-accepted': {
    'the largest limit is refused': refuses(isLongest),
    'the smallest limit is refused': refuses((query) => query.get('limit') === `${limits.minimum}`),
  },
  'limit-with-filter': {
    'the limit is applied before the filter': onPage(async ({ limit }: Page, _query, ask) => {
      const start = await ask((query) => {
        for (const name of [...query.keys()]) query.delete(name);
        query.set('limit', `${limit}`);
      });
      const ids = new Set(start.models.map(({ tinker_id }) => tinker_id));
      return { models: (await ask(longest)).models.filter(({ tinker_id }) => ids.has(tinker_id)) };
    }),
    'the limit is ignored once there is a filter': pageSize((limit, query) =>
      isFiltered(query) ? Infinity : limit,
    ),
    'with a filter, the limit is off by 1': pageSize((limit, query) =>
      isFiltered(query) ? limit + 1 : limit,
    ),
    'with a filter, the limit is off by -1': pageSize((limit, query) =>
      isFiltered(query) && limit < limits.maximum ? limit - 1 : limit,
    ),
    'with a filter, the default limit is echoed': onPage(
      (_, query) => isFiltered(query) && { limit: limits.default },
    ),
    'with a filter, the total is the size of the page': onPage(
      ({ models }, query) => isFiltered(query) && { total: models.length },
    ),
    'with a filter, at most five models come': pageSize((limit, query) =>
      isFiltered(query) ? Math.min(5, limit) : limit,
    ),
    'an empty page has the default limit': onPage(({ total }) => total === 0 && { limit: limits.default }),
    'with a filter, the default limit is 3': readsQuery((query) => {
      // The search has a check of its own, and so have pages in order.
      if (isFiltered(query) && !query.has('limit') && !query.has('query')) query.set('limit', '3');
    }),
  },
  'limit-with-search': {
    'with a search, the limit is ignored': pageSize((limit, query) =>
      query.has('query') ? Infinity : limit,
    ),
    'with a search, the total counts everything': totalIgnores(['query'], { where: 'query' }),
  },
  family: {
    'a cache leaves the query aside': (good) => {
      let known: Response | undefined;
      return async (request) => {
        const answer = await good(request);
        if (answer.status === 200) known ??= answer;
        return answer.status === 200 ? (known as Response).clone() : answer;
      };
    },
    'the total does not heed the filters': totalIgnores([...filterNames, 'query']),
    'a page without matches is 404': onPage(
      ({ total }) => total === 0 && Response.json(exampleOf(404), { status: 404 }),
    ),
    'models of one family are shown only if that is asked for': keeps(
      [],
      (model, query) => query.has('family') || model.family !== valuesOf('TrainingModel', 'family')[0],
    ),
  },
  'filters-combine': {
    'the total of two filters is the sum of theirs': onPage(async (_page, query, ask) => {
      if (!choices.every((name) => query.has(name))) return;
      const [one, other] = await Promise.all(choices.map((name) => ask((edited) => edited.delete(name))));
      return { total: (one as Page).total + (other as Page).total };
    }),
    'two filters keep what fits either': keepsEither(choices),
    'two bounds keep what fits either': keepsEither(bounds),
    'of two filters one counts': ignores(['family'], { where: 'algorithm' }),
    'of two bounds one counts': ignores(['max_size_b'], { where: 'min_size_b' }),
    'the total of a family does not heed the algorithm': totalIgnores(['algorithm'], { where: 'family' }),
    'the order of the parameters counts': (good) => (request) =>
      /max_size_b.*family/.test(request.url) ? ignores(['family'])(good)(request) : good(request),
    'with four filters, the last is forgotten': readsQuery((query) => {
      if (filterNames.every((name) => query.has(name))) query.delete('max_size_b');
    }),
  },
  algorithm: {
    'an algorithm has to be the first of a model': keeps(['algorithm'], (model, query) =>
      [null, model.supported_algorithms[0]].includes(query.get('algorithm') as never),
    ),
    // One that all models have is no filter.
    ...Object.fromEntries(
      valuesOf('TrainingModel', 'supported_algorithms')
        .filter((algorithm) => !documented.every((model) => model.supported_algorithms.includes(algorithm)))
        .map((algorithm) => [
          `the algorithm ${algorithm} is ignored`,
          overlooks('algorithm', (value) => value === algorithm),
        ]),
    ),
    'an algorithm is looked for in the joined list': keeps(['algorithm'], (model, query) =>
      model.supported_algorithms.join().includes(query.get('algorithm') ?? ''),
    ),
  },
  'min-size': {
    'sizes are compared as texts': keeps(
      [],
      (model, query) => `${model.size_b}` >= (query.get('min_size_b') ?? ''),
    ),
    'the bounds are swapped': readsQuery(swapBounds),
    'the lower bound is exclusive': keeps(
      [],
      (model, query) => model.size_b !== Number(query.get('min_size_b')),
    ),
    'the decimals of the lower bound are cut': reads('min_size_b', (value) => value.replace(/\.\d+$/, '')),
    'a lower bound of 0 leaves nothing': keeps([], (_, query) => query.get('min_size_b') !== '0'),
  },
  'max-size': {
    'the upper bound is exclusive': keeps(
      [],
      (model, query) => model.size_b !== Number(query.get('max_size_b')),
    ),
    'the upper bound is rounded up': reads('max_size_b', (value) =>
      value && Number.isFinite(Number(value)) ? `${Math.ceil(Number(value))}` : value,
    ),
    'an upper bound of 0 is taken for none': overlooks('max_size_b', (value) => value === '0'),
    'an upper bound below 0 is taken for none': overlooks('max_size_b', (value) => Number(value) < 0),
  },
  'sizes-crossed': {
    'crossed bounds are put in order': readsQuery((query) => areCrossed(query) && swapBounds(query)),
    'crossed bounds are refused': refuses(areCrossed),
  },
  'search-with-filter': {
    'a search switches the filters off': ignores(['family'], { where: 'query' }),
    'a family switches the search off': ignores(['query'], { where: 'family' }),
    'a search switches the bounds off': ignores(bounds, { where: 'query' }),
    'a search by name goes past the filters, as OR binds less than AND': keeps(
      [...filterNames, 'query'],
      (model, query) => {
        const search = searchOf(query);
        const isNamed = search !== '' && model.display_name.toLowerCase().includes(search);
        const hasId = model.tinker_id.toLowerCase().includes(search);
        return isNamed || (hasId && filterNames.every((name) => fits(model, name, query)));
      },
    ),
    'the total of a search does not heed the filters': totalIgnores(filterNames, { where: 'query' }),
  },
  search: {
    'the search does not look at ids': finds((_, search, { display_name }) =>
      display_name.toLowerCase().includes(search),
    ),
    'the search is inverted': finds((text, search) => search === '' || !text.includes(search)),
    'the search does not look at display names': finds((_, search, { tinker_id }) =>
      tinker_id.toLowerCase().includes(search),
    ),
    'a search looks at the start of ids only': finds((text, search) => text.startsWith(search)),
    'the total of a search counts ids only': onPage(async (_page, query, ask) => {
      const ids = (await ask(longest)).models.map(({ tinker_id }) => tinker_id.toLowerCase());
      return { total: ids.filter((id) => id.includes(searchOf(query))).length };
    }),
    'a search finds two models at most': onPage(
      ({ total, models }, query) =>
        searchOf(query) !== '' && { total: Math.min(total, 2), models: models.slice(0, 2) },
    ),
  },
  'search-unmatched': {
    'the search is ignored': ignores(['query']),
    'text that is not ASCII makes the server fail': answers(
      (_, query) => /[^\0-\x7f]/.test(query.get('query') ?? ''),
      serverError,
    ),
    'a search looks at types, too': finds((text, search, { type }) => `${text}\n${type}`.includes(search)),
    'a search of two letters is left aside': overlooks('query', (value) => value.length === 2),
    'text that is not ASCII is dropped': reads('query', (value) => value.replace(/[^\0-\x7f]/g, '')),
  },
  'search-part': {
    'a search heeds the letter case': keeps([], (model, query) =>
      textOf(model).includes(query.get('query') ?? ''),
    ),
    'a search finds whole words only': finds((text, search) =>
      ` ${text.replace('\n', ' ')} `.includes(search && ` ${search} `),
    ),
    'a search is not trimmed': keeps(['query'], (model, query) =>
      textOf(model)
        .toLowerCase()
        .includes((query.get('query') ?? '').toLowerCase()),
    ),
    'a search for nothing finds nothing': keeps([], (_, query) => query.get('query') !== ''),
  },
  'search-literal': {
    'a search finds models with any of its words': finds((text, search) =>
      search.split(/\s+/).some((word) => text.includes(word)),
    ),
    ...Object.fromEntries(
      [...'%*_?.'].map((wildcard) => [
        `in a search, ${wildcard} is a wildcard`,
        finds((text, search) => {
          const literal = search.split(wildcard).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
          return new RegExp(literal.join('%*'.includes(wildcard) ? '.*' : '.'), 's').test(text);
        }),
      ]),
    ),
    'a search is a regular expression': finds((text, search) => {
      try {
        return new RegExp(search).test(text);
      } catch {
        return text.includes(search);
      }
    }),
    'a search finds models with all of its words, wherever they stand': finds((text, search) =>
      search.split(/\s+/).every((word) => text.includes(word)),
    ),
    'a search looks at the id and the display name as one text': finds((text, search) =>
      text.replace('\n', ' ').includes(search),
    ),
    'a search takes wide letters for plain ones': reads('query', (value) =>
      value.replace(/[\uff01-\uff5e]/g, (wide) => wide.normalize('NFKC')),
    ),
    'a search leaves accents aside': reads('query', (value) => value.replace(/\u0301/g, '')),
  },
  'search-encoding': {
    'the escape %20 is left as it is': decodes((raw) => decodeURIComponent(raw.replaceAll('%20', '%2520'))),
    'the escape %2B is a space': decodes((raw) => decodeURIComponent(raw.replace(/%2B/gi, ' '))),
    'escapes are decoded twice': reads('query', (value) => {
      try {
        return decodeURIComponent(value);
      } catch {
        return value;
      }
    }),
    'escapes of letters are left as they are': decodes((raw) =>
      decodeURIComponent(raw.replace(/%(?=[4-7])/g, '%25')),
    ),
  },
  'malformed-text': {
    'a malformed escape makes the server fail': answers(
      ({ url }) => url.includes('%zz'),
      () => new Response('URIError', { status: 500 }),
    ),
    'NUL in a search makes the server fail': answers(
      (_, query) => /\0/.test(query.get('query') ?? ''),
      serverError,
    ),
  },
  models: {
    'an id comes twice': onPage(({ models: [first, second] }: Page) => {
      if (first && second) second.tinker_id = first.tinker_id;
    }),
    'a search finds each model twice': onPage(async ({ limit }: Page, query, ask) => {
      if (!query.get('query')) return;
      const twice = (await ask(longest)).models.flatMap((model) => [model, model]);
      return { total: twice.length, models: twice.slice(0, limit) };
    }),
    'a filtered model has no price': onModel((_, query) => query.has('family') && { pricing: null }),
    'a model found by its algorithm shows no other algorithm': onModel(
      (_, query) => query.has('algorithm') && { supported_algorithms: [query.get('algorithm')] },
    ),
  },
  order: {
    'the order changes from call to call': (good) => {
      let calls = 0;
      return onPage(({ models }: Page) => {
        calls += 1;
        const start = calls % Math.max(1, models.length);
        return { models: [...models.slice(start), ...models.slice(0, start)] };
      })(good);
    },
    'the order depends on the limit': onPage(
      ({ models }, query) => isLongest(query) && { models: models.reverse() },
    ),
    'only the longest page is sorted': onPage(
      ({ models }: Page, query) =>
        isLongest(query) && { models: models.sort((a, b) => (a.tinker_id < b.tinker_id ? -1 : 1)) },
    ),
    'a page with a limit begins at its end': onPage(
      ({ models }, query) => isBetween(query.get('limit')) && { models: models.reverse() },
    ),
    'filtered pages are sorted by size': onPage(async ({ limit }: Page, query, ask) => {
      if (!isFiltered(query)) return;
      const { models } = await ask(longest);
      models.sort((a, b) => b.size_b - a.size_b || (a.tinker_id < b.tinker_id ? 1 : -1));
      return { models: models.slice(0, limit) };
    }),
  },
  'undeclared-fields': {
    'a model tells more than the contract has': onModel(() => ({ score: 1 })),
    'a price comes in another currency, too': onModel(
      ({ pricing }) => pricing && { pricing: { ...pricing, eur: 1 } },
    ),
    'refusals tell a request id': onError(() => ({ request_id: 'r-1' })),
  },
  'equal-requests': {
    'the total changes from call to call': (good) => {
      const asked: string[] = [];
      return onPage(({ total }: Page, query) => {
        const before = asked.filter((each) => each === `${query}`).length;
        asked.push(`${query}`);
        return { total: total + before };
      })(good);
    },
  },
  'min_size_b-accepted': {
    'a size below zero is refused': refuses((query) => Number(query.get('min_size_b')) < 0),
  },
  'max_size_b-accepted': {
    'a size with an exponent is refused': refuses((query) => /e/.test(query.get('max_size_b') ?? '')),
  },
};

/** Faults of a filter by family or by algorithm. */
const memberServers = (name: string): Servers => ({
  [`${name}-accepted`]: { [`an empty ${name} is refused`]: refuses((query) => query.get(name) === '') },
  [name]: {
    [`the ${name} filter loses a match`]: keeps([], (_, query, at) => !query.has(name) || at > 0),
    [`the ${name} that nobody has is refused`]: refuses((query) => /^no-/.test(query.get(name) ?? '')),
    [`the ${name} that nobody has is ignored`]: overlooks(name, (value) => value.startsWith('no-')),
    [`the ${name} "all" is no filter`]: overlooks(name, (value) => value === 'all'),
    [`a ${name} is matched by its start`]: compares(name, (value, asked) => value.startsWith(asked)),
    [`a ${name} is matched by its end`]: compares(name, (value, asked) => value.endsWith(asked)),
    [`a longer ${name} is matched by its start`]: compares(
      name,
      (value, asked) => asked.startsWith(value) && !asked.includes(','),
    ),
    [`a ${name} that is not empty is matched by any part`]: compares(
      name,
      (value, asked) => asked !== '' && value.includes(asked),
    ),
    [`a ${name} of one letter is a short form`]: compares(
      name,
      (value, asked) => value === asked || (asked.length === 1 && value[0] === asked),
    ),
    [`in a ${name}, _ is a wildcard`]: compares(
      name,
      (value, asked) =>
        value === asked || (asked.length === value.length && asked.replace('_', value[1] ?? '') === value),
    ),
    [`a name that every object inherits makes ${name} fail`]: answers(
      (_, query) => query.get(name) === 'constructor',
      serverError,
    ),
  },
  'members-exact': {
    [`several values of ${name} may be given with commas`]: compares(name, (value, asked) =>
      asked.split(',').includes(value),
    ),
    [`an empty ${name} is ignored`]: overlooks(name, (value) => value === ''),
    [`a ${name} is taken in any letter case`]: reads(name, (value) => value.toLowerCase()),
  },
});

/** Faults of one parameter each. */
const parameterServers: Servers[] = [
  ...[...bounds, 'limit'].map((name) => ({
    [`${name}-refused`]: {
      [`a ${name} that is no number is ignored`]: overlooks(name, (value) => /^[a-z]+$/.test(value)),
    },
    [`${name}-${name === 'limit' ? 'refused' : 'empty'}`]: {
      [`an empty ${name} is ignored`]: overlooks(name, (value) => value === ''),
    },
  })),
  ...filterNames.map((name) => ({
    [name.replace('_size_b', '-size')]: {
      [`the ${name} filter is ignored`]: ignores([name]),
      [`the ${name} filter is inverted`]: keeps(
        [name],
        (model, query) => !query.has(name) || !fits(model, name, query),
      ),
      [`the ${name} filter is ignored where there is a limit`]: readsQuery((query) => {
        if (query.has('limit')) query.delete(name);
      }),
    },
    'limit-with-filter': {
      [`with ${name}, a page has no more than ten models`]: pageSize((limit, query) =>
        query.has(name) ? Math.min(10, limit) : limit,
      ),
      [`with ${name}, the limit is at most 50`]: readsQuery((query) => {
        if (query.has(name) && Number(query.get('limit')) > 50) query.set('limit', '50');
      }),
    },
    'auth-required': {
      [`no key is asked for where there is ${name}`]: needsNoKey((query) => query.has(name)),
    },
  })),
  ...['query', ...choices].map((name) => ({
    [`${name}-accepted`]: {
      [`a quote in ${name} makes the server fail`]: answers(
        ({ headers }, query) => headers.has('authorization') && /'/.test(query.get(name) ?? ''),
        serverError,
      ),
      [`a long ${name} makes the server fail`]: answers(
        ({ headers }, query) => headers.has('authorization') && (query.get(name) ?? '').length > 255,
        serverError,
      ),
    },
  })),
];

/** The servers by the check that is made for them. */
export const faults: Fault[] = [servers, ...choices.map(memberServers), ...parameterServers].flatMap(
  (table) =>
    Object.entries(table).flatMap(([check, broken]) =>
      Object.entries(broken).map(([name, breaks]) => ({ name, check, breaks })),
    ),
);
