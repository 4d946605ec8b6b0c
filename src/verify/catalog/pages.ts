/** Asks for pages of the catalog, and holds them to what their query means. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { components } from '../../../generated/schema.ts';
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { Failure, Skip } from '../finding.ts';
import type { Subject } from '../subject.ts';

export type Model = components['schemas']['TrainingModel'];

/** A catalog response that keeps its schema. It may have unknown enum values. */
export interface Page {
  readonly answer: Answer;
  readonly limit: number;
  readonly total: number;
  readonly models: readonly Model[];
  /** Whether these are all that match. */
  readonly isWhole: boolean;
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

export const idsOf = ({ models }: Pick<Page, 'models'>): string[] => models.map(({ tinker_id }) => tinker_id);

/**
 * @param search - More of the query, as it is sent.
 * @param again - Any number, to send once more what was sent before.
 * @throws Failure unless the answer is a success
 * @throws Skip if it breaks its schema, which is for the check `answer-schema`
 */
export async function askPage(subject: Subject, query: Query, search = '', again = 0): Promise<Page> {
  const answer = await subject.ask(catalog, { query: { ...query }, search, again });
  const page = toPage(answer);
  if (page) return page;
  if (answer.status !== 200) throw new Failure(answer, 'status 200');
  throw new Skip('a page breaks its schema; see answer-schema');
}

/** As many models as a page may hold. */
export const askLongest = (subject: Subject, query: Query, again?: number): Promise<Page> =>
  askPage(subject, { ...query, limit: maximum }, '', again);

/** Each is read once. */
const pages = new WeakMap<Answer, Page>();

/** Undefined unless it is a success that keeps its schema. */
function toPage(answer: Answer): Page | undefined {
  if (answer.status !== 200 || answer.violation !== undefined) return undefined;
  const known = pages.get(answer);
  if (known) return known;
  const { limit, total, models = [] } = answer.json as components['schemas']['TrainingCatalogResponse'];
  const data = new Map(models.map((model) => [model.tinker_id, dataOf(model, answer)]));
  const page = { answer, limit, total, models, isWhole: total === models.length, data };
  pages.set(answer, page);
  return page;
}

/**
 * The catalog without a filter, from which checks choose their requests.
 *
 * @throws Skip if it is empty or can't be read
 */
export async function knownCatalog(subject: Subject): Promise<Page> {
  const page = await askLongest(subject, {}).catch((error) => {
    throw error instanceof Failure ? new Skip('the catalog can not be read; see limit') : error;
  });
  if (page.models.length === 0) throw new Skip('the catalog is empty');
  return page;
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

/**
 * Asks for the page of a query and fails unless it is right: only models that match, each of which is known; as many in
 * all as match.
 *
 * @param among - The models that the query narrows.
 */
export async function expectMeant(
  subject: Subject,
  query: Query,
  among: Page,
  matches = (model: Model) => fits(model, query),
): Promise<Page> {
  const page = await askPage(subject, query);
  const { answer, models, total } = page;
  const { quote } = answer;
  const { limit: _, ...filters } = query;
  const asked = Object.entries(filters).map(([name, value]) => `${name} ${quote(JSON.stringify(value))}`);
  const described = asked.length > 0 ? `models with ${asked.join(' and ')}` : 'models of the catalog';
  const fail = (expected: string, received: string) => new Failure(answer, expected, received);

  const expected = among.models.filter(matches);
  const intruder = models.find((model) => !matches(model));
  if (intruder) {
    const amount = expected.length > 0 || !among.isWhole ? 'only' : 'no';
    throw fail(`${amount} ${described}`, `${quote(intruder.tinker_id)} among them`);
  }
  if (among.isWhole) {
    const stranger = idsOf(page).find((id) => !among.data.has(id));
    if (stranger !== undefined) {
      throw fail('only models that come without the filter, too', `${quote(stranger)} among them`);
    }
    if (total !== expected.length)
      throw fail(`total ${expected.length}: so many models match`, `total ${total}`);
  } else if (total > among.total) {
    throw fail(`a total of at most ${among.total}, as without the filter`, `total ${total}`);
  }
  expectLength(page);
  if (page.isWhole) expectAmong(page, expected, `the ${described}`);
  return page;
}

/** Fails unless a page has as many models as its limit and total allow. Whether the limit is right is for `limit`. */
export function expectLength({ answer, limit, models, total }: Page): void {
  const amount = Math.min(limit, total);
  if (models.length === amount) return;
  throw new Failure(answer, `${amount} of ${total} models, by limit ${limit}`, `${models.length} models`);
}

/**
 * Fails unless a page has these models.
 *
 * @throws Skip if one is missing and there are more matches than fit on the page
 */
export function expectAmong(
  { answer, data, total, isWhole }: Page,
  models: readonly Model[],
  which: string,
): void {
  const missing = models.find(({ tinker_id }) => !data.has(tinker_id));
  if (!missing) return;
  if (!isWhole) throw new Skip('there are more matches than fit on a page');
  throw new Failure(
    answer,
    `${answer.quote(missing.tinker_id)} among ${answer.quote(which)}`,
    `${total} models, without it`,
  );
}

/** Fails unless a page has the same ids in the same order as a list that may be longer. */
export function expectOrder(page: Page, ids: readonly string[], where: string): void {
  const { quote } = page.answer;
  const differs = idsOf(page).findIndex((id, index) => id !== ids[index]);
  if (differs < 0) return;
  const expected = `${quote(ids[differs] ?? 'nothing')} in place ${differs + 1}, as ${where}`;
  throw new Failure(page.answer, expected, quote(idsOf(page)[differs]));
}

/** How a later page of the same request differs from an earlier one, whatever the order; undefined if it does not. */
export function difference(earlier: Page, later: Page): string | undefined {
  const { quote } = later.answer;
  if (later.total !== earlier.total) return `total ${later.total} after ${earlier.total}`;
  for (const [id, data] of later.data) {
    const before = earlier.data.get(id);
    // Of more models than fit on a page, others come in another order.
    if (before === undefined && later.isWhole) return `${quote(id)}, which was not there before`;
    if (before !== undefined && before !== data) return `other data of ${quote(id)}`;
  }
  const gone = later.isWhole ? [...earlier.data.keys()].find((id) => !later.data.has(id)) : undefined;
  return gone === undefined ? undefined : `no ${quote(gone)} any more`;
}

/**
 * How pages contradict each other, or the catalog without a filter.
 *
 * @param seen - What models told before, by id. What these tell is added.
 */
export function findContradiction(
  answers: readonly Answer[],
  known: Page,
  seen = new Map<string, string>(),
): Failure | undefined {
  for (const answer of answers) {
    const page = toPage(answer);
    if (!page) continue;
    if (page.data.size < page.models.length) {
      const twice = idsOf(page).find((id, index, ids) => ids.indexOf(id) !== index);
      return new Failure(answer, 'each model once', `${answer.quote(twice)} twice`);
    }
    for (const [id, data] of page.data) {
      const before = seen.get(id) ?? data;
      seen.set(id, data);
      const name = `the model ${answer.quote(id)}`;
      if (before !== data) return new Failure(answer, `${name} as in other answers`, 'other data');
      if (known.isWhole && !known.data.has(id))
        return new Failure(answer, `${name} without a filter, too`, 'none');
    }
  }
  return undefined;
}

/** The fields of a model that the contract has, as text: others may vary. */
function dataOf(model: Model, { undeclared }: Answer): string {
  // Absence is the default.
  return ordered({ ...model, extended_context: model.extended_context ?? false }, 'models[]', undeclared);
}

/** Null and absence are the same, and the order of fields and of values in a list makes no difference. */
function ordered(value: unknown, where: string, undeclared: readonly string[]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => ordered(item, `${where}[]`, undeclared)).sort()}]`;
  const fields = Object.entries(value)
    .filter(([name, member]) => member !== null && !undeclared.includes(`${where}.${name}`))
    .map(([name, member]) => `${JSON.stringify(name)}:${ordered(member, `${where}.${name}`, undeclared)}`);
  return `{${fields.sort()}}`;
}
