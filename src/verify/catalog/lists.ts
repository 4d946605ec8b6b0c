/** Checks of what every list of models keeps: its limit, its total, its order, and the models themselves. */
import type { Check } from '../check.ts';
import { Failure, Skip } from '../finding.ts';
import type { Subject } from '../subject.ts';
import { filterOfEach, limitedFilters, unmatched } from './choose.ts';
import {
  askPage,
  baseline,
  currentPages,
  difference,
  encode,
  expectMeant,
  expectOrder,
  idsOf,
  type Known,
  knownModels,
  longest,
  maximum,
  minimum,
  type Query,
  toKnown,
  usual,
} from './pages.ts';
import { ours, reference } from './reference.ts';
import { commonWord } from './search.ts';

/** How often a request is repeated: a random order may be the same twice by chance. */
const repeats = [1, 2];

export const equalRequests = 'equal-requests';

/** @throws Skip if there are fewer than two models */
async function severalModels(subject: Subject): Promise<Known> {
  const known = await knownModels(subject);
  if (known.models.length < 2) throw new Skip('there are fewer than two models');
  return known;
}

/**
 * Fails unless pages of a query have the models and the total that its longest page has, as many as their limits allow.
 * Whether those are the right models is for other checks.
 */
async function expectLimits(
  subject: Subject,
  query: Query,
  limits: readonly (number | undefined)[],
): Promise<void> {
  const among = toKnown(await askPage(subject, encode(longest(query))));
  for (const limit of new Set(limits)) {
    if (limit !== undefined && limit < minimum) continue;
    const limited = limit === undefined ? query : { ...query, limit };
    const page = await expectMeant(subject, limited, { among, matches: () => true });
    const asked = limit ?? usual;
    if (page.limit !== asked) throw new Failure(page.answer, `limit ${asked}`, `limit ${page.limit}`);
  }
}

export const listChecks: Check[] = [
  {
    id: equalRequests,
    title: 'Equal requests have equal answers, apart from the order.',
    severity: 'must',
    source: reference.source,
    comparesModels: true,
    async run(subject) {
      const { page } = await baseline(subject);
      for (const again of repeats) {
        const later = (await baseline(subject, again)).page;
        const differs = difference(page, later);
        if (differs) throw new Failure(later.answer, 'the same as before: equal requests differ', differs);
      }
    },
  },
  {
    id: 'limit',
    title: `A limit from ${minimum} to ${maximum} is told in the answer and kept, and does not change the total.`,
    severity: 'must',
    source: reference.limit,
    comparesModels: true,
    async run(subject) {
      const { length } = (await baseline(subject)).models;
      const between = [2, Math.ceil(length / 2), length - 1, usual + 1, Math.ceil((usual + maximum) / 2)];
      await expectLimits(subject, {}, [minimum, ...between, maximum]);
      if (length < 2) throw new Skip('there are fewer than two models');
    },
  },
  {
    id: 'limit-default',
    title: `Without a limit it is ${usual}, with a filter or without.`,
    severity: 'must',
    source: reference.usual,
    comparesModels: true,
    async run(subject) {
      const { models } = await baseline(subject);
      for (const filter of [{}, ...filterOfEach(models)]) await expectLimits(subject, filter, [undefined]);
    },
  },
  {
    id: 'limit-with-filter',
    title: 'With a filter, the limit is told and kept, and the total counts all matches.',
    severity: 'must',
    source: reference.limit,
    comparesModels: true,
    async run(subject) {
      const { models } = await severalModels(subject);
      for (const { filter, limits } of limitedFilters(models)) await expectLimits(subject, filter, limits);
      await expectLimits(subject, { family: unmatched }, [maximum]);
    },
  },
  {
    id: 'limit-with-search',
    title: 'With a search, the limit is told and kept, and the total counts all matches.',
    severity: 'must',
    source: reference.limit,
    comparesModels: true,
    async run(subject) {
      const query = commonWord((await knownModels(subject)).models);
      const { total, models } = await askPage(subject, encode(longest({ query })));
      await expectLimits(subject, { query }, [minimum, models.length - 1, undefined, maximum]);
      if (total < 2) throw new Skip('no word is in several ids');
    },
  },
  {
    id: 'order-repeats',
    title: 'Equal requests give the models in the same order.',
    severity: 'should',
    source: ours.order,
    comparesModels: true,
    async run(subject) {
      const { page } = await severalModels(subject);
      for (const again of repeats) {
        expectOrder((await baseline(subject, again)).page, idsOf(page), 'before');
      }
    },
  },
  {
    id: 'order-kept',
    title: 'A smaller limit gives the beginning of the same list, and a filter leaves its order as it is.',
    severity: 'should',
    source: ours.order,
    comparesModels: true,
    async run(subject) {
      const { models, isWhole } = await severalModels(subject);
      const ids = idsOf({ models });
      const half = Math.ceil(models.length / 2);
      for (const query of [{ limit: minimum }, { limit: half }, { limit: models.length - 1 }, {}]) {
        expectOrder(await askPage(subject, encode(query)), ids, `with limit ${maximum}`);
      }
      if (!isWhole) throw new Skip('there are more models than fit on a page');
      for (const filter of filterOfEach(models)) {
        const page = await askPage(subject, encode(longest(filter)));
        const matches = new Set(idsOf(page));
        const inOrder = ids.filter((id) => matches.has(id));
        expectOrder(page, inOrder, 'without the filter');
        expectOrder(await askPage(subject, encode(filter)), inOrder, `with limit ${maximum}`);
      }
    },
  },
];

/** To be run when the other checks have, as it looks at all pages that came. */
export const modelsCheck: Check = {
  id: 'models',
  title: 'A model comes once in an answer, and tells the same in every answer.',
  severity: 'must',
  source: reference.model,
  comparesModels: true,
  async run(subject) {
    const { models } = await severalModels(subject);
    for (const query of [{}, ...filterOfEach(models)]) await askPage(subject, encode(longest(query)));
    await askPage(subject, encode(longest({ query: commonWord(models) })));
    const failure = findInconsistency(subject);
    if (failure) throw failure;
  },
};

/** How a page that came differs from the catalog without a filter, apart from what it is to leave out. */
export function findInconsistency(subject: Subject): Failure | undefined {
  const seen = new Map<string, string>();
  for (const page of currentPages(subject)) {
    const { answer } = page;
    if (page.data.size < page.models.length) {
      const twice = idsOf(page).find((id, index, ids) => ids.indexOf(id) !== index);
      return new Failure(answer, 'each model once', `${answer.quote(twice)} twice`);
    }
    for (const [id, data] of page.data) {
      const before = seen.get(id);
      seen.set(id, data);
      if ((before ?? data) === data) continue;
      const name = `the model ${answer.quote(id)}`;
      return new Failure(answer, `${name} as in other answers`, `${name} with other data`);
    }
  }
  return undefined;
}
