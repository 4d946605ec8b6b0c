/** Asks the server under test for catalog pages, and compares them with what is expected. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { components } from '../../../generated/schema.ts';
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { Failure, Skip } from '../check.ts';
import { findViolation } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { escapeText } from '../write-parameter.ts';

export type Model = components['schemas']['TrainingModel'];

/** A catalog response that keeps its schema. It may have values that the contract does not list. */
export interface Page {
  readonly answer: Answer;
  readonly limit: number;
  readonly total: number;
  readonly models: readonly Model[];
}

export type Query = Readonly<Record<string, string | number>>;

/** Writes a query, encoded. */
export function encode(query: Query): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${escapeText(value)}`)
    .join('&');
}

/** The bounds and the default of `limit`. */
export const limitSchema = operation.parameters.query.limit.schema;

/** A value that no model has. */
export const unmatchedValue = 'no-such-value';

export const idsOf = ({ models }: Pick<Page, 'models'>): string[] => models.map(({ tinker_id }) => tinker_id);

/**
 * @param again - Any number, to send once more what was sent before.
 * @throws Failure unless the answer is a success
 * @throws Skip if it breaks its schema, which is for the check `answer-schema`
 */
export async function askPage(subject: Subject, search: string, again?: number): Promise<Page> {
  const answer = await subject.ask(catalog, { search, ...(again !== undefined && { again }) });
  if (answer.status !== 200) throw new Failure(answer, 'status 200');
  if (findViolation(catalog, answer) !== undefined) {
    throw new Skip('a page breaks its schema; see answer-schema');
  }
  const { models = [], ...rest } = answer.json as components['schemas']['TrainingCatalogResponse'];
  return { ...rest, models, answer };
}

/** Asks for a page of as many models as it may hold. */
export function askMatches(subject: Subject, query: Query): Promise<Page> {
  return askPage(subject, encode({ ...query, limit: limitSchema.maximum }));
}

/**
 * The models that other checks choose their requests from: as many as a page may hold.
 *
 * @throws Skip if there are none
 */
export async function knownModels(subject: Subject): Promise<readonly Model[]> {
  const page = await askMatches(subject, {}).catch((error) => {
    throw error instanceof Failure ? new Skip('the catalog can not be read; see limit-accepted') : error;
  });
  if (page.models.length === 0) throw new Skip('the catalog is empty');
  return page.models;
}

/**
 * Fails unless a page of `askMatches` has the models that a filter keeps, and no others. If there are more matches than
 * fit on a page, any may be missing.
 *
 * @param fits - Whether a model may be on the page.
 * @param expected - The known models that have to be on it.
 * @param description - The filter in words: `of family qwen`.
 */
export function expectModels(
  page: Page,
  fits: (model: Model) => boolean,
  expected: readonly Model[],
  description: string,
): void {
  expectOnly(page, fits, description);
  expectLength(page, limitSchema.maximum);
  if (page.total <= page.models.length) expectAmong(page, expected, description);
}

/** Fails if a page has a model that does not fit. */
export function expectOnly(page: Page, fits: (model: Model) => boolean, description: string): void {
  const { quote } = page.answer;
  const intruder = page.models.find((model) => !fits(model));
  if (!intruder) return;
  throw new Failure(
    page.answer,
    `only models ${quote(description)}`,
    `${quote(intruder.tinker_id)} among them`,
  );
}

/**
 * Fails unless a page has these models.
 *
 * @throws Skip if one is missing and there are more matches than fit on the page
 */
export function expectAmong(page: Page, expected: readonly Model[], description: string): void {
  const { quote } = page.answer;
  const ids = new Set(idsOf(page));
  const missing = expected.find((model) => !ids.has(model.tinker_id));
  if (!missing) return;
  if (page.total > page.models.length) throw new Skip('there are more matches than fit on a page');
  throw new Failure(
    page.answer,
    `${quote(missing.tinker_id)} among the models ${quote(description)}`,
    `${page.models.length} of ${page.total} models, without it`,
  );
}

/** Fails unless a page is empty. */
export function expectNone(page: Page, why: string): void {
  if (page.total === 0 && page.models.length === 0) return;
  const { quote } = page.answer;
  const first = page.models[0]?.tinker_id;
  throw new Failure(
    page.answer,
    `no models, total 0: ${quote(why)}`,
    `${page.models.length} models, total ${page.total}${first ? `, ${quote(first)} first` : ''}`,
  );
}

/** Fails unless a page echoes the limit and has as many models as limit and total allow. */
export function expectLimited(page: Page, limit: number): void {
  expectEcho(page, limit);
  expectLength(page, limit);
}

export function expectEcho(page: Page, limit: number): void {
  if (page.limit !== limit) throw new Failure(page.answer, `limit ${limit} echoed`, `limit ${page.limit}`);
}

export function expectLength({ answer, models, total }: Page, limit: number): void {
  if (models.length === Math.min(limit, total)) return;
  throw new Failure(
    answer,
    `as many models as the lesser of limit ${limit} and total ${total}`,
    `${models.length} models`,
  );
}

export function expectTotal({ answer, total }: Page, expected: number, why: string): void {
  if (total !== expected) throw new Failure(answer, `total ${expected}, ${why}`, `total ${total}`);
}

/**
 * Fails unless a page has the same ids in the same places as a list that may be longer.
 *
 * @param where - Where the list is from: `before`.
 */
export function expectStart(page: Page, ids: readonly string[], where: string): void {
  const { quote } = page.answer;
  const differs = idsOf(page).findIndex((id, index) => id !== ids[index]);
  if (differs < 0) return;
  throw new Failure(
    page.answer,
    `${quote(ids[differs] ?? 'nothing')} in place ${differs + 1}, as ${where}`,
    quote(idsOf(page)[differs]),
  );
}
