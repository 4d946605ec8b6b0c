/** Checks of what every list of models keeps: its limit, its total, its order, and the models themselves. */
import { catalog } from '../../contract.ts';
import { Failure, Skip } from '../finding.ts';
import type { Check, Subject } from '../subject.ts';
import { must, should } from './check.ts';
import { filterOfEach } from './choose.ts';
import {
  askLongest,
  askPage,
  difference,
  expectMeant,
  expectOrder,
  findContradiction,
  idsOf,
  knownCatalog,
  maximum,
  minimum,
  type Query,
  usual,
} from './pages.ts';
import { commonWord } from './search.ts';

/** How often a request is repeated: a random order may be the same twice by chance. */
const repeats = [1, 2];

export const equalRequests = 'equal-requests';

/**
 * Fails unless pages of a query have the models and the total that its longest page has, as many as their limits allow.
 * Whether those are the right models is for other checks.
 */
async function expectLimits(subject: Subject, query: Query, more: readonly number[] = []): Promise<void> {
  const longest = await askLongest(subject, query);
  const limits = new Set([undefined, minimum, longest.models.length - 1, ...more, maximum]);
  for (const limit of limits) {
    if (limit !== undefined && limit < minimum) continue;
    const asked = limit === undefined ? query : { ...query, limit };
    const page = await expectMeant(subject, asked, longest, () => true);
    const applied = limit ?? usual;
    if (page.limit !== applied) throw new Failure(page.answer, `limit ${applied}`, `limit ${page.limit}`);
  }
}

async function needSeveral(subject: Subject) {
  const catalog = await knownCatalog(subject);
  if (catalog.models.length < 2) throw new Skip('there are fewer than two models');
  return catalog;
}

export const firstChecks: Check[] = [
  must(equalRequests, 'catalog', 'Equal requests have equal answers, but for the order.', async (subject) => {
    const first = await askLongest(subject, {});
    for (const again of repeats) {
      const later = await askLongest(subject, {}, again);
      const differs = difference(first, later);
      if (differs) throw new Failure(later.answer, 'the same as before: equal requests differ', differs);
    }
  }),
  must('limit', 'limit', 'The limit is told and kept, and the total stays the same.', async (subject) => {
    const { length } = (await askLongest(subject, {})).models;
    await expectLimits(subject, {}, [2, Math.ceil(length / 2), usual + 1, Math.ceil((usual + maximum) / 2)]);
    await needSeveral(subject);
  }),
];

/** To be run when the other checks have, as the last looks at all pages that came. */
export const lastChecks: Check[] = [
  must('limit-with-filter', 'limit', 'With a filter, too, the limit is told and kept.', async (subject) => {
    const { models } = await needSeveral(subject);
    for (const filter of filterOfEach(models)) await expectLimits(subject, filter, [usual + 1]);
    await expectLimits(subject, { family: 'no-such-value' });
  }),
  must('limit-with-search', 'limit', 'With a search, too, the limit is told and kept.', async (subject) => {
    const { models } = await needSeveral(subject);
    const query = commonWord(models);
    for (const filter of [{}, ...filterOfEach(models).slice(-1)])
      await expectLimits(subject, { query, ...filter });
  }),
  should('order', 'order', 'The order of the models is the same in all answers.', async (subject) => {
    const { models, isWhole } = await needSeveral(subject);
    const ids = idsOf({ models });
    for (const again of repeats) expectOrder(await askLongest(subject, {}, again), ids, 'before');
    for (const limit of [minimum, Math.ceil(models.length / 2), models.length - 1, undefined]) {
      const page = await askPage(subject, limit === undefined ? {} : { limit });
      expectOrder(page, ids, `with limit ${maximum}`);
    }
    for (const filter of isWhole ? filterOfEach(models) : []) {
      const longest = await askLongest(subject, filter);
      const inOrder = ids.filter((id) => longest.data.has(id));
      expectOrder(longest, inOrder, 'without the filter');
      expectOrder(await askPage(subject, filter), inOrder, 'without the filter');
    }
  }),
  must('models', 'model', 'A model comes once, and the same in all answers.', async (subject) => {
    const known = await needSeveral(subject);
    for (const filter of filterOfEach(known.models)) await askLongest(subject, filter);
    await askLongest(subject, { query: commonWord(known.models) });
    const contradiction = findContradiction(subject.currentAnswersTo(catalog), known);
    if (contradiction) throw contradiction;
  }),
];
