/** Reads catalog pages off the server under test, and what a page must hold. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { components } from '../../generated/schema.ts';
import { list_training_catalog_endpoint as validators } from '../../generated/validators/index.ts';
import { findNewValues } from '../drift.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { Answer, Subject } from './subject.ts';
import { Failure, Skip } from './verdict.ts';

export type Model = components['schemas']['TrainingModel'];

/** A catalog response whose shape has been checked; values newer than the contract are let through. */
export interface Page {
  readonly answer: Answer;
  readonly limit: number;
  readonly total: number;
  readonly models: readonly Model[];
}

type Query = Readonly<Record<string, string | number>>;

/** Escapes everything but letters, digits and `-_.!~*'()`; what UTF-8 cannot hold becomes U+FFFD. */
export function escapeText(text: string | number): string {
  return encodeURIComponent(`${text}`.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Spells a query. */
export function encode(query: Query): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${escapeText(value)}`)
    .join('&');
}

/** The bounds and the default of `limit`. */
export const limitSchema = operation.parameters.query.limit.schema;

/** The status that stands for all errors: they have one envelope. */
const anyError = 422;

/** How many values one message names. */
const namedValues = 3;

/** Where a catalog or an envelope breaks the contract; empty if it does not. Values newer than the contract do not. */
export function violations(what: 'catalog' | 'envelope', body: unknown): string {
  const validate = validators.responses[what === 'catalog' ? 200 : anyError];
  if (validate(body)) return '';
  return problemsOf(validate.errors, body)
    .map(({ loc, msg }) => `${formatLoc(loc) || 'body'}: ${msg}`)
    .join('; ');
}

/** Which values are newer than the contract, the first three with their places; empty if none is. */
export function newValues(what: 'catalog' | 'envelope', body: unknown): string {
  const found = findNewValues(validators.lists[what === 'catalog' ? 200 : anyError], body).map(
    ({ loc, value }) => `${formatLoc(loc)}: ${JSON.stringify(value)} is not in the contract`,
  );
  if (found.length > namedValues) {
    found.splice(namedValues, found.length, `and ${found.length - namedValues} more`);
  }
  return found.join('; ');
}

/** @throws Failure unless the answer is a page of the catalog */
export async function askPage(subject: Subject, search: string): Promise<Page> {
  const answer = await subject.ask({ search });
  if (answer.status !== 200) throw new Failure(answer, 'status 200');
  const broken = violations('catalog', answer.json);
  if (broken) throw new Failure(answer, 'a valid catalog response', broken);
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
    throw error instanceof Failure ? new Skip('the catalog can not be read; see catalog-valid') : error;
  });
  if (page.models.length === 0) throw new Skip('the catalog is empty');
  return page.models;
}

/**
 * Holds a filtered page to the models that are known. If it is cut short by its limit, any may be missing.
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
  const intruder = page.models.find((model) => !fits(model));
  if (intruder) {
    throw new Failure(page.answer, `only models ${words}`, `${intruder.tinker_id} among them`);
  }
  if (page.total <= page.models.length) expectAmong(page, must, words);
}

/**
 * Holds a page to contain models.
 *
 * @throws Skip if they are not there but the page is cut short by its limit
 */
export function expectAmong(page: Page, must: readonly Model[], words: string): void {
  const ids = new Set(page.models.map((model) => model.tinker_id));
  const missing = must.find((model) => !ids.has(model.tinker_id));
  if (!missing) return;
  if (page.total > page.models.length) throw new Skip('there are more matches than fit on a page');
  throw new Failure(
    page.answer,
    `${missing.tinker_id} among the models ${words}`,
    `${page.models.length} of ${page.total} models, without it`,
  );
}

/** Holds a page to be empty. */
export function expectNone(page: Page, why: string): void {
  if (page.total === 0 && page.models.length === 0) return;
  const first = page.models[0]?.tinker_id;
  throw new Failure(
    page.answer,
    `no models, total 0: ${why}`,
    `${page.models.length} models, total ${page.total}${first ? `, ${first} first` : ''}`,
  );
}
