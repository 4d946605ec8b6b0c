/** Asks for pages of the catalog, and holds them to what their query means. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { components } from '../../../generated/schema.ts';
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { Failure, Skip } from '../finding.ts';
import { escapeText } from '../request.ts';
import type { Subject } from '../subject.ts';

export type Model = components['schemas']['TrainingModel'];

/** A catalog response that keeps its schema. It may have unknown enum values. */
export interface Page {
  readonly answer: Answer;
  readonly limit: number;
  readonly total: number;
  readonly models: readonly Model[];
  /** What each model tells, by id, as text to compare. */
  readonly data: ReadonlyMap<string, string>;
}

/** The parameters of the catalog. */
export interface Query {
  readonly query?: string;
  readonly family?: string;
  readonly algorithm?: string;
  readonly min_size_b?: number;
  readonly max_size_b?: number;
  readonly limit?: number;
}

/** The bounds and the default of `limit`. */
export const { minimum, maximum, default: usual } = operation.parameters.query.limit.schema;

/** Writes a query, encoded, in the order of its names. */
export function encode(query: object): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${escapeText(value)}`)
    .join('&');
}

/** The same query for as many models as a page may hold. */
export const longest = (query: Query): Query => ({ ...query, limit: maximum });

export const idsOf = ({ models }: Pick<Page, 'models'>): string[] => models.map(({ tinker_id }) => tinker_id);

/**
 * @param search - The query, encoded.
 * @param again - Any number, to send once more what was sent before.
 * @throws Failure unless the answer is a success
 * @throws Skip if it breaks its schema, which is for the check `answer-schema`
 */
export async function askPage(subject: Subject, search: string, again?: number): Promise<Page> {
  const answer = await subject.ask(catalog, { search, ...(again !== undefined && { again }) });
  const page = toPage(answer);
  if (page) return page;
  if (answer.status !== 200) throw new Failure(answer, 'status 200');
  throw new Skip('a page breaks its schema; see answer-schema');
}

/** Each is read once. */
const pages = new WeakMap<Answer, Page>();

/** Undefined unless it is a success that keeps its schema. */
function toPage(answer: Answer): Page | undefined {
  if (answer.status !== 200 || answer.violation !== undefined) return undefined;
  const known = pages.get(answer);
  if (known) return known;
  const { limit, total, models = [] } = answer.json as components['schemas']['TrainingCatalogResponse'];
  const data = new Map(models.map((model) => [model.tinker_id, dataOf(model, answer)]));
  const page = { answer, limit, total, models, data };
  pages.set(answer, page);
  return page;
}

/** All pages since the catalog was last seen to change. */
export function currentPages(subject: Subject): Page[] {
  return subject.currentAnswersTo(catalog).flatMap((answer) => toPage(answer) ?? []);
}

/** Models that others are chosen from. */
export interface Known {
  readonly models: readonly Model[];
  /** How many there are in all. */
  readonly total: number;
  /** Whether these are all of them. */
  readonly isWhole: boolean;
  readonly page: Page;
}

/** The catalog without a filter: as many models as a page may hold. */
export async function baseline(subject: Subject, again?: number): Promise<Known> {
  return toKnown(await askPage(subject, encode(longest({})), again));
}

export function toKnown(page: Page): Known {
  const { models, total } = page;
  return { models, total, isWhole: total === models.length, page };
}

/**
 * The models that checks choose their requests from.
 *
 * @throws Skip if there are none
 */
export async function knownModels(subject: Subject): Promise<Known> {
  const known = await baseline(subject).catch((error) => {
    throw error instanceof Failure ? new Skip('the catalog can not be read; see limit') : error;
  });
  if (known.models.length === 0) throw new Skip('the catalog is empty');
  return known;
}

/** Whether a model is what the filters of a query ask for. */
export function fits(model: Model, { family, algorithm, min_size_b, max_size_b }: Query): boolean {
  const algorithms: readonly string[] = model.supported_algorithms;
  return (
    (family === undefined || model.family === family) &&
    (algorithm === undefined || algorithms.includes(algorithm)) &&
    (min_size_b === undefined || model.size_b >= min_size_b) &&
    (max_size_b === undefined || model.size_b <= max_size_b)
  );
}

/** Which models a query is to give. */
interface Meaning {
  /** The models that it narrows. */
  readonly among: Known;
  /** @default those that fit the filters of the query */
  matches?(model: Model): boolean;
}

/**
 * Asks for the page of a query and fails unless it is right: only models that match, each of which is known; as many in
 * all as match.
 */
export async function expectMeant(subject: Subject, query: Query, meaning: Meaning): Promise<Page> {
  const { among, matches = (model) => fits(model, query) } = meaning;
  const page = await askPage(subject, encode(query));
  const { answer, models, total } = page;
  const { quote } = answer;
  const { limit: _, ...filters } = query;
  const asked = quote(
    Object.entries(filters)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  const described = asked ? `models with ${asked}` : 'models of the catalog';
  const fail = (expected: string, received: string) => new Failure(answer, expected, received);

  const intruder = models.find((model) => !matches(model));
  if (intruder) throw fail(`only ${described}`, `${quote(intruder.tinker_id)} among them`);
  const expected = among.models.filter(matches);
  if (among.isWhole) {
    const ids = new Set(idsOf(among));
    const stranger = idsOf(page).find((id) => !ids.has(id));
    if (stranger !== undefined) {
      throw fail('only models that come without the filter, too', `${quote(stranger)} among them`);
    }
    if (total !== expected.length)
      throw fail(`total ${expected.length}, as many models match`, `total ${total}`);
  } else if (total > among.total) {
    throw fail(`a total of at most ${among.total}, as without the filter`, `total ${total}`);
  }
  expectLength(page);
  const there = new Set(idsOf(page));
  const missing = total <= models.length && expected.find(({ tinker_id }) => !there.has(tinker_id));
  if (missing)
    throw fail(`${quote(missing.tinker_id)} among the ${described}`, `${total} models, without it`);
  return page;
}

/** Fails unless a page has as many models as its limit and total allow. Whether the limit is right is for `limit`. */
export function expectLength({ answer, limit, models, total }: Page): void {
  const amount = Math.min(limit, total);
  if (models.length === amount) return;
  throw new Failure(
    answer,
    `${amount} models, with limit ${limit} and total ${total}`,
    `${models.length} models`,
  );
}

/** Fails unless a page is empty. */
export function expectNone({ answer, models, total }: Page, why: string): void {
  if (total === 0 && models.length === 0) return;
  const [first] = models;
  throw new Failure(
    answer,
    `no models, total 0: ${answer.quote(why)}`,
    `${models.length} models, total ${total}${first ? `, ${answer.quote(first.tinker_id)} first` : ''}`,
  );
}

/**
 * Fails unless a page has these models.
 *
 * @throws Skip if one is missing and there are more matches than fit on the page
 */
export function expectAmong({ answer, models, total }: Page, expected: readonly Model[], why: string): void {
  const ids = new Set(idsOf({ models }));
  const missing = expected.find(({ tinker_id }) => !ids.has(tinker_id));
  if (!missing) return;
  if (total > models.length) throw new Skip('there are more matches than fit on a page');
  const { quote } = answer;
  throw new Failure(
    answer,
    `${quote(missing.tinker_id)} among the models ${quote(why)}`,
    `${models.length} of ${total} models, without it`,
  );
}

/** Fails unless a page has the same ids in the same order as a list that may be longer. */
export function expectOrder(page: Page, ids: readonly string[], where: string): void {
  const { quote } = page.answer;
  const differs = idsOf(page).findIndex((id, index) => id !== ids[index]);
  if (differs < 0) return;
  throw new Failure(
    page.answer,
    `${quote(ids[differs] ?? 'nothing')} in place ${differs + 1}, as ${where}`,
    quote(idsOf(page)[differs]),
  );
}

/** How a later page of the same request differs from an earlier one, whatever the order; undefined if it does not. */
export function difference(earlier: Page, later: Page): string | undefined {
  const { quote } = later.answer;
  if (later.total !== earlier.total) return `total ${later.total} after ${earlier.total}`;
  // Of more models than fit on a page, others come in another order.
  const isWhole = later.total <= later.models.length;
  for (const [id, data] of later.data) {
    const before = earlier.data.get(id);
    if (before === undefined && isWhole) return `${quote(id)}, which was not there before`;
    if (before !== undefined && before !== data) return `other data of ${quote(id)}`;
  }
  const gone = [...earlier.data.keys()].find((id) => isWhole && !later.data.has(id));
  return gone === undefined ? undefined : `no ${quote(gone)} any more`;
}

/** The fields of a model that the contract has, as text: others may vary. */
function dataOf(model: Model, { undeclared }: Answer): string {
  // Absence is the default.
  return ordered({ ...model, extended_context: model.extended_context ?? false }, 'models[]', undeclared);
}

/** Null and absence are the same, and the order of fields and of values in a list makes no difference. */
function ordered(value: unknown, where: string, undeclared: readonly string[]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((member) => ordered(member, `${where}[]`, undeclared)).sort()}]`;
  }
  const fields = Object.entries(value)
    .map(([name, member]) => ({ name, member, place: `${where}.${name}` }))
    .filter(({ member, place }) => member !== null && !undeclared.includes(place))
    .map(({ name, member, place }) => `${JSON.stringify(name)}:${ordered(member, place, undeclared)}`);
  return `{${fields.sort()}}`;
}
