/** Reads catalog pages off the server under test, and what a page must hold. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { components } from '../../../generated/schema.ts';
import type { Answer } from '../answer.ts';
import { catalog } from '../contract.ts';
import { brokenSchema } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';
import { escapeText } from '../write-parameter.ts';

export type Model = components['schemas']['TrainingModel'];

/** A catalog response whose shape has been checked; values newer than the contract are let through. */
export interface Page {
  readonly answer: Answer;
  readonly limit: number;
  readonly total: number;
  readonly models: readonly Model[];
}

export type Query = Readonly<Record<string, string | number>>;

/** Spells a query. */
export function encode(query: Query): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${escapeText(value)}`)
    .join('&');
}

/** The bounds and the default of `limit`. */
export const limitSchema = operation.parameters.query.limit.schema;

/** A value that no model has. */
export const nobody = 'no-such-value';

export const idsOf = ({ models }: Pick<Page, 'models'>): string[] => models.map(({ tinker_id }) => tinker_id);

/**
 * @param again - Set to ask once more what was asked before.
 * @throws Failure unless the answer is a success
 * @throws Skip if it breaks its schema, which is told once, by the check of that name
 */
export async function askPage(subject: Subject, search: string, again?: number): Promise<Page> {
  const answer = await subject.ask(catalog, { search, ...(again !== undefined && { again }) });
  if (answer.status !== 200) throw new Failure(answer, 'status 200');
  if (brokenSchema(catalog, answer) !== undefined) {
    throw new Skip('a page breaks its schema; see answer-schema');
  }
  const { models = [], ...rest } = answer.json as components['schemas']['TrainingCatalogResponse'];
  return { ...rest, models, answer };
}

/** Asks with as many models as a page may hold. */
export function askMatches(subject: Subject, query: Query): Promise<Page> {
  return askPage(subject, encode({ ...query, limit: limitSchema.maximum }));
}

/**
 * The models that the other checks choose their questions from: all of them, or the first hundred.
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
 * Holds a filtered page, of as many models as it may have, to the models that are known. If it is cut short by its limit, any may be missing.
 *
 * @param fits - whether a model may be on the page
 * @param must - which known models have to be there
 * @param words - the filter in words: `of family qwen`
 */
export function expectModels(
  page: Page,
  fits: (model: Model) => boolean,
  must: readonly Model[],
  words: string,
): void {
  expectOnly(page, fits, words);
  expectLength(page, limitSchema.maximum);
  if (page.total <= page.models.length) expectAmong(page, must, words);
}

/** Holds a page to contain no other models. */
export function expectOnly(page: Page, fits: (model: Model) => boolean, words: string): void {
  const { quote } = page.answer;
  const intruder = page.models.find((model) => !fits(model));
  if (!intruder) return;
  throw new Failure(page.answer, `only models ${quote(words)}`, `${quote(intruder.tinker_id)} among them`);
}

/**
 * Holds a page to contain models.
 *
 * @throws Skip if they are not there but the page is cut short by its limit
 */
export function expectAmong(page: Page, must: readonly Model[], words: string): void {
  const { quote } = page.answer;
  const ids = new Set(idsOf(page));
  const missing = must.find((model) => !ids.has(model.tinker_id));
  if (!missing) return;
  if (page.total > page.models.length) throw new Skip('there are more matches than fit on a page');
  throw new Failure(
    page.answer,
    `${quote(missing.tinker_id)} among the models ${quote(words)}`,
    `${page.models.length} of ${page.total} models, without it`,
  );
}

/** Holds a page to be empty. */
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

/** Holds a page to the limit that was asked for: echoed, and as many models as it allows and the total gives. */
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

/** Holds a page to begin as another list of ids does. */
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
