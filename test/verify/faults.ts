/** Servers that break the contract in one way each, made by changing the reference server. */
import { exampleOf, limit as limits, unheardOf, valuesOf } from '../contract/from-yaml.ts';
import {
  answers,
  areCrossed,
  type Break,
  caches,
  decodes,
  finds,
  fits,
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
  valuesIn,
} from './breaks.ts';

const choices = ['family', 'algorithm'];
const filterNames = [...choices, 'min_size_b', 'max_size_b'];

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
const isBetween = (limit: string) => Number(limit) > limits.minimum && Number(limit) < limits.maximum;

const serverError = () => Response.json(exampleOf(500), { status: 500 });
const asKey = (header: string) => header || 'Bearer any';

/** A server error where a parameter has such a value. */
const failsOn = (name: string, when: RegExp): Break =>
  answers(
    ({ headers }, query) => headers.has('authorization') && when.test(query.get(name) ?? ''),
    serverError,
  );

/** A rule of SQL's `LIKE`, which takes characters of the search for others. */
const findsLike = (wildcard: string, pattern: string): Break =>
  finds((text, search) => {
    const literal = search.split(wildcard).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return new RegExp(literal.join(pattern), 's').test(text);
  });

const matches = (pattern: string, text: string): boolean => {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return text.includes(pattern);
  }
};

/** By the check that is made for them, and by what is wrong with them. */
const servers: Record<string, Record<string, Break>> = {
  'auth-required': {
    'no key is asked for': readsKey(asKey),
    'no key is asked for where there is a filter': (good) => (request) =>
      (request.url.includes('max_size_b') ? readsKey(asKey)(good) : good)(request),
    'a cache keeps answers whatever the key': caches(({ url }) => url),
  },
  'auth-scheme': {
    'an empty token will do': readsKey((header) => (header === 'Bearer' ? 'Bearer any' : header)),
    'the scheme may be Basic': readsKey((header) => header.replace(/^Basic /, 'Bearer ')),
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
    '422 is 418': onError(() => ({}), { of: 422, status: 418 }),
  },
  'answer-schema': {
    'a model has a family that is not listed': onModel((_, __, at) => at === 0 && { family: unheardOf }),
    'the models are null': onPage(() => ({ models: null })),
    'the catalog is a bare array': onPage(({ models }) => models),
    'the catalog is cut off': onPage((body) => JSON.stringify(body).slice(0, -9)),
    'the catalog is Latin-1': onPage(
      (body) => new Blob([Buffer.from(JSON.stringify({ ...body, note: 'é' }), 'latin1')]),
    ),
    'a page without matches has no body': onPage(({ total }) => total === 0 && new Blob()),
  },
  'content-type': {
    'the catalog is text/plain': onPage(() => ({}), { type: 'text/plain' }),
    'only a 422 is problem+json': onError(() => ({}), { of: 422, type: 'application/problem+json' }),
  },
  'error-schema': {
    'the envelope has a type that is not listed': onError(() => ({ type: 'oops_error' })),
    'only the refusal of a key is a page': onError(() => '<!doctype html>', { of: 401, type: 'text/html' }),
    'refusals are what FastAPI sends by itself': onError(({ errors, detail }) =>
      JSON.stringify({ detail: errors ?? detail }),
    ),
  },
  'error-code': {
    'the code of a 401 is 403': onError(() => ({ code: 403 }), { of: 401 }),
  },
  'errors-named': {
    'the errors of a 422 are null': onError(() => ({ errors: null }), { of: 422 }),
    'a 422 tells only the first problem': onError(({ errors }) => ({ errors: errors.slice(0, 1) }), {
      of: 422,
    }),
  },
  'limit-refused': {
    'a limit that is no number is ignored': overlooks('limit', (value) => value === 'ten'),
    'an empty limit is ignored': overlooks('limit', (value) => value === ''),
    'the decimals of a limit are cut': reads('limit', (value) => value.replace(/\..*/, '')),
    'the limit is not bounded above': reads(
      'limit',
      (value) => `${Math.min(Number(value), limits.maximum) || value}`,
    ),
    'a limit of -1 is taken for the largest': reads('limit', (value) =>
      value === '-1' ? `${limits.maximum}` : value,
    ),
    '422 is 400': onError(() => ({ code: 400 }), { of: 422, status: 400 }),
  },
  'limit-accepted': {
    'the largest limit is refused': refuses(isLongest),
    'the smallest limit is refused': refuses((query) => query.get('limit') === `${limits.minimum}`),
  },
  'min_size_b-refused': {
    'a size that is no number is ignored': overlooks('min_size_b', (value) => value === 'large'),
  },
  'max_size_b-refused': {
    'a size that is no number is ignored': overlooks('max_size_b', (value) => value === 'large'),
  },
  'min_size_b-empty': { 'an empty size is ignored': overlooks('min_size_b', (value) => value === '') },
  'max_size_b-empty': { 'an empty size is ignored': overlooks('max_size_b', (value) => value === '') },
  'min_size_b-accepted': {
    'a size below zero is refused': refuses((query) => Number(query.get('min_size_b')) < 0),
  },
  'max_size_b-accepted': { 'a size with an exponent makes it fail': failsOn('max_size_b', /e/) },
  'query-accepted': {
    'an empty search makes it fail': answers((_, query) => query.get('query') === '', serverError),
    'a long search makes it fail': failsOn('query', /.{256}/),
  },
  'family-accepted': { 'a quote in a family makes it fail': failsOn('family', /'/) },
  'algorithm-accepted': {
    'an empty algorithm is refused': refuses((query) => query.get('algorithm') === ''),
  },
  'json-numbers': {
    'an infinite size is taken': overlooks('max_size_b', (value) => value === 'Infinity'),
    'a limit in hexadecimal is taken': reads('limit', (value) =>
      /^0x/.test(value) ? `${Number(value)}` : value,
    ),
  },
  'parameter-repeated': {
    'a repeated family makes it fail': answers((_, query) => query.getAll('family').length > 1, serverError),
    'the first of a repeated parameter counts': readsQuery((query) =>
      query.set('limit', query.get('limit') ?? `${limits.default}`),
    ),
  },
  'parameter-unknown': {
    'unknown parameters are refused': refuses((query) => query.has('no_such_parameter')),
  },
  'malformed-text': {
    'a malformed escape makes it fail': answers(({ url }) => url.includes('%zz'), serverError),
    'NUL in a search makes it fail': failsOn('query', /\0/),
  },
  'equal-requests': {
    'the total changes from call to call': (good) => {
      let calls = 0;
      return onPage(({ total }: Page) => ({ total: total + ++calls }))(good);
    },
  },
  limit: {
    'the default limit is another': readsQuery(
      (query) => query.has('limit') || query.set('limit', `${limits.default + 1}`),
    ),
    'only the smallest, the largest and the default limit count': reads('limit', (value) =>
      isBetween(value) ? `${limits.default}` : value,
    ),
    'the default limit is echoed whatever was asked': onPage(() => ({ limit: limits.default })),
    'one model less than the limit comes': onPage(({ models }) => ({ models: models.slice(0, -1) })),
    'the total is the size of the page': onPage(({ models }) => ({ total: models.length })),
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
    'with a filter, the total is the size of the page': onPage(
      ({ models }, query) => isFiltered(query) && { total: models.length },
    ),
    'with a filter, the default limit is 3': readsQuery((query) => {
      // The search has a check of its own, and so have pages in order.
      if (isFiltered(query) && !query.has('limit') && !query.has('query')) query.set('limit', '3');
    }),
    'an empty page has the default limit': onPage(({ total }) => total === 0 && { limit: limits.default }),
  },
  'limit-with-search': {
    'with a search, the limit is ignored': pageSize((limit, query) =>
      query.has('query') ? Infinity : limit,
    ),
  },
  family: {
    'the filter is ignored': ignores(['family']),
    'a cache leaves the query aside': caches(({ headers }) => `${headers.get('authorization')}`),
    'the total does not heed the filters': totalIgnores([...filterNames, 'query']),
    'models of one family are shown only if that is asked for': keeps(
      [],
      (model, query) => query.has('family') || model.family !== valuesOf('TrainingModel', 'family')[0],
    ),
    'it is matched by its start': compares('family', (value, asked) => value.startsWith(asked)),
    'it may be longer than what is matched': compares('family', (value, asked) => asked.startsWith(value)),
    '_ stands for any character': compares('family', (value, asked) => {
      const at = asked.indexOf('_');
      return value === (at < 0 ? asked : asked.replace('_', value[at] ?? ''));
    }),
    'a name that every object inherits makes it fail': failsOn('family', /^constructor$/),
  },
  algorithm: {
    'it has to be the first of a model': keeps(
      ['algorithm'],
      ({ supported_algorithms: [first] }, query) => first === (query.get('algorithm') ?? first),
    ),
    'one that nobody has is ignored': overlooks('algorithm', (value) => value.startsWith('no-')),
    '"all" is no filter': overlooks('algorithm', (value) => value === 'all'),
    'it is matched by its end': compares('algorithm', (value, asked) => value.endsWith(asked)),
    'it is looked for in the joined list': keeps(['algorithm'], (model, query) =>
      model.supported_algorithms.join().includes(query.get('algorithm') ?? ''),
    ),
  },
  'members-exact': {
    'several families may be given with commas': compares('family', (value, asked) =>
      asked.split(',').includes(value),
    ),
    'an empty family is ignored': overlooks('family', (value) => value === ''),
    'an algorithm is taken in any letter case': reads('algorithm', (value) => value.toLowerCase()),
  },
  'min-size': {
    'sizes are compared as texts': keeps(
      [],
      (model, query) => `${model.size_b}` >= (query.get('min_size_b') ?? ''),
    ),
    'the lower bound is exclusive': keeps(
      [],
      (model, query) => model.size_b !== Number(query.get('min_size_b')),
    ),
    'the decimals of the lower bound are cut': reads('min_size_b', (value) => value.replace(/\.\d+$/, '')),
    'a lower bound of 0 leaves nothing': keeps([], (_, query) => query.get('min_size_b') !== '0'),
  },
  'max-size': {
    'the bounds are swapped': readsQuery(swapBounds),
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
  'filters-combine': {
    'two filters keep what fits either': keepsEither(choices),
    'of two filters one counts': ignores(['family'], { where: 'algorithm' }),
    'the order of the parameters counts': (good) => (request) =>
      /max_size_b.*family/.test(request.url) ? ignores(['family'])(good)(request) : good(request),
    'with four filters, the last is forgotten': readsQuery((query) => {
      if (filterNames.every((name) => query.has(name))) query.delete('max_size_b');
    }),
  },
  search: {
    'ids are not searched': finds((_, search, { display_name }) =>
      display_name.toLowerCase().includes(search),
    ),
    'display names are not searched': finds((_, search, { tinker_id }) =>
      tinker_id.toLowerCase().includes(search),
    ),
    'a search finds two models at most': onPage(
      ({ total, models }, query) =>
        searchOf(query) !== '' && { total: Math.min(total, 2), models: models.slice(0, 2) },
    ),
  },
  'search-unmatched': {
    'the search is ignored': ignores(['query']),
    'text that is not ASCII makes it fail': failsOn('query', /[^\0-\x7f]/),
    'types are searched, too': finds((text, search, { type }) => `${text}\n${type}`.includes(search)),
    'a search of two letters is left aside': overlooks('query', (value) => value.length === 2),
  },
  'search-part': {
    'the letter case counts': keeps([], (model, query) => textOf(model).includes(query.get('query') ?? '')),
    'a search is not trimmed': keeps(['query'], (model, query) =>
      textOf(model)
        .toLowerCase()
        .includes((query.get('query') ?? '').toLowerCase()),
    ),
    'a search for nothing finds nothing': keeps([], (_, query) => query.get('query') !== ''),
  },
  'search-literal': {
    '% is a wildcard': findsLike('%', '.*'),
    '_ is a wildcard': findsLike('_', '.'),
    '* is a wildcard': findsLike('*', '.*'),
    'a search is a regular expression': finds((text, search) => matches(search, text)),
    'the words may stand in any order': finds((text, search) =>
      search.split(/\s+/).every((word) => text.includes(word)),
    ),
    'id and display name are one text': finds((text, search) => text.replace('\n', ' ').includes(search)),
    'wide letters are taken for plain ones': reads('query', (value) =>
      value.replace(/[\uff01-\uff5e]/g, (wide) => wide.normalize('NFKC')),
    ),
    'accents are left aside': reads('query', (value) => value.replace(/\u0301/g, '')),
  },
  'search-encoding': {
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
  'search-with-filter': {
    'a family switches the search off': ignores(['query'], { where: 'family' }),
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
  models: {
    'a search finds each model twice': onPage(async ({ limit }: Page, query, ask) => {
      if (!query.get('query')) return;
      const twice = (await ask(longest)).models.flatMap((model) => [model, model]);
      return { total: twice.length, models: twice.slice(0, limit) };
    }),
    'a filtered model has no price': onModel((_, query) => query.has('family') && { pricing: null }),
  },
  order: {
    'the order changes from call to call': (good) => {
      let calls = 0;
      return onPage(({ models }: Page) => ({ models: ++calls % 2 ? models : models.reverse() }))(good);
    },
    'filtered pages are sorted by size': onPage(async ({ limit }: Page, query, ask) => {
      if (!isFiltered(query)) return;
      const { models } = await ask(longest);
      models.sort((a, b) => b.size_b - a.size_b || (a.tinker_id < b.tinker_id ? 1 : -1));
      return { models: models.slice(0, limit) };
    }),
  },
  'undeclared-fields': {
    'a price comes in another currency, too': onModel(
      ({ pricing }) => pricing && { pricing: { ...pricing, eur: 1 } },
    ),
    'refusals tell a request id': onError(() => ({ request_id: 'r-1' })),
  },
};

/** Each with what is wrong with the server, as a clause, and the check that is made for it. */
export const faults: [name: string, check: string, breaks: Break][] = Object.entries(servers).flatMap(
  ([check, broken]) =>
    Object.entries(broken).map(([name, breaks]): [string, string, Break] => [name, check, breaks]),
);
