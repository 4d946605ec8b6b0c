/** Builders of broken servers: each takes a handler that keeps the contract, and gives one that breaks it. */
import type { CatalogHandler } from '../../src/server/index.ts';
import { limit as limits, type Model } from '../contract/from-yaml.ts';

export type Break = (good: CatalogHandler) => CatalogHandler;
export type Query = URLSearchParams;

export interface Page {
  limit: number;
  total: number;
  models: Model[];
}

/** The page that the good server gives for the same request with another query. */
type Ask = (edit: (query: Query) => unknown) => Promise<Page>;

/** The same request to another address, or with other headers. */
function changed(request: Request, edit: (url: URL, headers: Headers) => unknown): Request {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  edit(url, headers);
  return new Request(url, { method: request.method, headers });
}

function set(query: Query, name: string, value: string | null | undefined): void {
  if (value == null) query.delete(name);
  else query.set(name, value);
}

function remove(query: Query, names: readonly string[]): void {
  for (const name of names) query.delete(name);
}

export function swapBounds(query: Query): void {
  const [min, max] = [query.get('min_size_b'), query.get('max_size_b')];
  set(query, 'min_size_b', max);
  set(query, 'max_size_b', min);
}

/** Whether the bounds leave nothing between them. */
export function areCrossed(query: Query): boolean {
  const [min, max] = [Number(query.get('min_size_b')), Number(query.get('max_size_b') ?? Infinity)];
  return min > max && max > 0;
}

/** The values of a model that a filter for equality looks at. */
export const valuesIn = (model: Model, choice: string): string[] =>
  choice === 'family' ? [model.family] : model.supported_algorithms;

/** Whether a model fits one filter of the query, or that filter is not given. */
export function fits(model: Model, name: string, query: Query): boolean {
  const value = query.get(name);
  if (value === null) return true;
  if (name === 'min_size_b') return model.size_b >= Number(value);
  if (name === 'max_size_b') return model.size_b <= Number(value);
  return valuesIn(model, name).includes(value);
}

/** Asks for the longest page. */
export const longest = (query: Query): void => query.set('limit', `${limits.maximum}`);

/** The server reads another address or other headers than were sent. */
export const readsRequest =
  (edit: (url: URL, headers: Headers) => unknown): Break =>
  (good) =>
  (request) =>
    good(changed(request, edit));

export const readsQuery = (edit: (query: Query) => unknown): Break =>
  readsRequest((url) => edit(url.searchParams));

/** The server reads another value of a parameter than was sent. */
export const reads = (name: string, change: (value: string) => string): Break =>
  readsQuery((query) => {
    const value = query.get(name);
    // Setting the same value would merge a repeated parameter.
    if (value !== null && change(value) !== value) set(query, name, change(value));
  });

/** The server does not see such values of a parameter. */
export const overlooks = (name: string, isOverlooked: (value: string) => boolean): Break =>
  readsQuery((query) => {
    for (const value of query.getAll(name)) if (isOverlooked(value)) query.delete(name, value);
  });

/** The server does not read these parameters, or not where another is given. */
export const ignores = (names: readonly string[], { where }: { where?: string } = {}): Break =>
  readsQuery((query) => {
    if (where === undefined || query.has(where)) remove(query, names);
  });

/** The server answers 422 to these queries. */
export const refuses = (when: (query: Query) => boolean): Break =>
  readsQuery((query) => when(query) && query.set('limit', `${limits.minimum - 1}`));

/** The server decodes the text of `query` by a rule of its own. */
export const decodes = (decode: (raw: string) => string): Break =>
  readsRequest((url) => {
    const [, raw] = /[?&]query=([^&]*)/.exec(url.search) ?? [];
    if (raw !== undefined) url.searchParams.set('query', decode(raw));
  });

/** The server reads another `authorization` header than was sent; that of no header is ''. */
export const readsKey = (change: (header: string) => string): Break =>
  readsRequest((_url, headers) => headers.set('authorization', change(headers.get('authorization') ?? '')));

/** The server gives this answer to these requests. */
export const answers =
  (when: (request: Request, query: Query) => boolean, answer: () => Response): Break =>
  (good) =>
  async (request) =>
    when(request, new URL(request.url).searchParams) ? answer() : good(request);

/** The server gives its first success again to each request with the same key. */
export const caches =
  (keyOf: (request: Request) => string): Break =>
  (good) => {
    const known = new Map<string, Response>();
    return async (request) => {
      const answer = known.get(keyOf(request)) ?? (await good(request));
      if (answer.status === 200) known.set(keyOf(request), answer);
      return answer.clone();
    };
  };

interface Head {
  status?: number;
  type?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a broken body has no type
type Edit = (body: any, query: Query, ask: Ask) => unknown;

/** Changes JSON: an object is put over the body, a text, bytes or a list take its place, and a response that of the answer. */
const changes =
  (
    isMeant: (status: number) => boolean,
    edit: Edit,
    { status, type = 'application/json' }: Head = {},
  ): Break =>
  (good) =>
  async (request) => {
    const response = await good(request.clone());
    const isJson = response.headers.get('content-type')?.includes('json');
    if (!isMeant(response.status) || !isJson || request.method === 'HEAD') return response;
    const { searchParams } = new URL(request.url);
    const ask: Ask = async (edit) => {
      const answer = await good(changed(request, (url) => edit(url.searchParams)));
      return (await answer.json()) as Page;
    };
    const body = await response.json();
    const edited = await edit(body, searchParams, ask);
    if (edited instanceof Response) return edited;
    const init = { status: status ?? response.status, headers: { 'content-type': type } };
    if (typeof edited === 'string' || edited instanceof Blob) return new Response(edited, init);
    const broken = Array.isArray(edited) ? edited : { ...body, ...(edited || {}) };
    return new Response(JSON.stringify(broken), init);
  };

/** Changes each success, in place or by what the edit gives. */
export const onPage = (edit: Edit, head?: Head): Break => changes((status) => status === 200, edit, head);

/** Changes each error, or those of one status, in place or by what the edit gives. */
export const onError = (edit: Edit, { of, ...head }: Head & { of?: number } = {}): Break =>
  changes((status) => (of ? status === of : status >= 400), edit, head);

/** Changes the fields of each model. */
export const onModel = (
  // biome-ignore lint/suspicious/noExplicitAny: a broken model has no type
  edit: (model: any, query: Query, index: number) => object | false | null | undefined,
): Break =>
  onPage((page: Page, query) => ({
    models: page.models.map((model, index) => ({ ...model, ...(edit(model, query, index) || {}) })),
  }));

/** The server filters by a rule of its own in place of these parameters. */
export const keeps = (
  instead: readonly string[],
  keep: (model: Model, query: Query, index: number) => boolean,
): Break =>
  onPage(async ({ limit }: Page, query, ask) => {
    const all = await ask((edited) => {
      remove(edited, instead);
      longest(edited);
    });
    const models = all.models.filter((model, index) => keep(model, query, index));
    return { total: models.length, models: models.slice(0, limit) };
  });

/** What a search looks at, in the letters of the server. */
export const textOf = (model: Model): string => `${model.tinker_id}\n${model.display_name}`;

/** What a search looks for: trimmed, in small letters. */
export const searchOf = (query: Query): string => (query.get('query') ?? '').trim().toLowerCase();

/** The server searches by a rule of its own, in a text in small letters: the id, a line break and the name. */
export const finds = (rule: (text: string, search: string, model: Model) => boolean): Break =>
  keeps(['query'], (model, query) => rule(textOf(model).toLowerCase(), searchOf(query), model));

/** The page holds so many of the matches. */
export const pageSize = (most: (limit: number, query: Query) => number): Break =>
  onPage(async ({ limit }: Page, query, ask) => ({
    models: (await ask(longest)).models.slice(0, most(limit, query)),
  }));

/** The total does not heed these parameters, or not where another is given. */
export const totalIgnores = (names: readonly string[], { where }: { where?: string } = {}): Break =>
  onPage(
    async (_page, query, ask) =>
      (where === undefined || query.has(where)) && {
        total: (await ask((edited) => remove(edited, names))).total,
      },
  );
