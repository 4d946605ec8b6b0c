/** Checks of `limit`, and of `total`, which must not depend on it. */
import { type Check, Failure, Skip } from '../check.ts';
import type { Subject } from '../subject.ts';
import { type Filter, memberFilters, narrowingFilters, queryOf, sizeBound, sizeFilter } from './choose.ts';
import {
  askMatches,
  askPage,
  encode,
  expectEcho,
  expectLength,
  expectLimited,
  expectTotal,
  knownModels,
  limitSchema,
  type Page,
  unmatchedValue,
} from './pages.ts';
import { commonWord } from './texts.ts';

const { default: defaultLimit, minimum, maximum } = limitSchema;

const withLimit = (subject: Subject, limit: number): Promise<Page> => askPage(subject, encode({ limit }));

/** A filter with a limit at which a page has some of its matches and not all. */
interface LimitedFilter {
  readonly filter: Filter;
  readonly limit: number;
}

/** One for each parameter. */
async function limitedFilters(subject: Subject): Promise<LimitedFilter[]> {
  const models = await knownModels(subject);
  const candidates = [
    ...memberFilters(models, 'family'),
    ...memberFilters(models, 'algorithm'),
    sizeFilter('min_size_b', sizeBound(models, 'max_size_b')),
    sizeFilter('min_size_b', sizeBound(models, 'min_size_b')),
    sizeFilter('max_size_b', sizeBound(models, 'min_size_b')),
    sizeFilter('max_size_b', sizeBound(models, 'max_size_b')),
  ];
  const best = new Map<string, LimitedFilter & { missing: number }>();
  for (const filter of candidates) {
    const matches = models.filter(filter.keeps).length;
    if (matches < 2 || matches === models.length) continue;
    const limit = Math.max(minimum, Math.min(matches - 1, 3));
    // How many models a page lacks if the server applies the limit before the filter.
    const missing = limit - models.slice(0, limit).filter(filter.keeps).length;
    const known = best.get(filter.name);
    if (!known || known.missing < missing) best.set(filter.name, { filter, limit, missing });
  }
  if (best.size === 0) throw new Skip('no filter keeps several models and not all');
  return [...best.values()];
}

export const limitChecks: Check[] = [
  {
    id: 'limit-default',
    title: `Without a limit, up to ${defaultLimit} models come and ${defaultLimit} is echoed.`,
    run: async (subject) => expectLimited(await askPage(subject, ''), defaultLimit),
  },
  {
    id: 'limit-echoed',
    title: 'The limit that was asked for is echoed, also where nothing matches.',
    async run(subject) {
      for (const limit of [minimum, maximum]) expectEcho(await withLimit(subject, limit), limit);
      expectEcho(await askMatches(subject, { family: unmatchedValue }), maximum);
    },
  },
  {
    id: 'limit-applied',
    title: 'As many models come as the limit allows and the total gives.',
    async run(subject) {
      const shortest = await withLimit(subject, minimum);
      const longest = await withLimit(subject, maximum);
      if ([shortest, longest].every((page) => page.total <= minimum && page.models.length <= minimum)) {
        throw new Skip('there are fewer than two models');
      }
      expectLength(shortest, minimum);
      expectLength(longest, maximum);
    },
  },
  {
    id: 'limit-between',
    title: 'Limits between the bounds are echoed and applied, too.',
    async run(subject) {
      const { total, models } = await withLimit(subject, maximum);
      if (total < 3) throw new Skip('there are fewer than three models');
      const half = Math.ceil(models.length / 2);
      for (const limit of new Set([2, half, models.length - 1])) {
        expectLimited(await withLimit(subject, limit), limit);
      }
    },
  },
  {
    id: 'limit-with-filter',
    title: 'With a filter, the limit is echoed, and counts the matches only.',
    async run(subject) {
      for (const { filter, limit } of await limitedFilters(subject)) {
        const all = await askMatches(subject, queryOf(filter));
        const page = await askPage(subject, encode({ ...queryOf(filter), limit }));
        expectLimited(page, limit);
        expectTotal(page, all.total, `as with limit ${maximum}`);
      }
    },
  },
  {
    id: 'limit-default-with-filter',
    title: `With a filter and without a limit, up to ${defaultLimit} matches come and ${defaultLimit} is echoed.`,
    async run(subject) {
      for (const filter of await narrowingFilters(subject)) {
        expectLimited(await askPage(subject, encode(queryOf(filter))), defaultLimit);
      }
    },
  },
  {
    id: 'limit-with-search',
    title: 'With a search, the limit is echoed, and counts the matches only.',
    async run(subject) {
      const query = commonWord(await knownModels(subject));
      const all = await askMatches(subject, { query });
      const page = await askPage(subject, encode({ query, limit: minimum }));
      if (all.total <= minimum) throw new Skip('no word is in several ids');
      expectLimited(page, minimum);
      expectTotal(page, all.total, `as with limit ${maximum}`);
      expectLimited(all, maximum);
      expectLimited(await askPage(subject, encode({ query })), defaultLimit);
    },
  },
  {
    id: 'total-ignores-limit',
    title: 'The total is the same whatever the limit.',
    async run(subject) {
      const all = await withLimit(subject, maximum);
      if (all.models.length < 2) throw new Skip('there are fewer than two models');
      for (const page of [await askPage(subject, ''), await withLimit(subject, minimum)]) {
        expectTotal(page, all.total, `as with limit ${maximum}`);
      }
    },
  },
  {
    id: 'total-counts-matches',
    title: 'The total counts the matches of the filters, and nothing else.',
    async run(subject) {
      for (const filter of await narrowingFilters(subject)) {
        const page = await askMatches(subject, queryOf(filter));
        if (page.models.length >= maximum) continue;
        expectTotal(page, page.models.length, `as many as came with limit ${maximum}`);
      }
    },
  },
  {
    id: 'total-narrows',
    title: 'Another filter never makes the total larger.',
    async run(subject) {
      let wider = await askMatches(subject, {});
      let query = {};
      for (const filter of await narrowingFilters(subject)) {
        query = { ...query, ...queryOf(filter) };
        const page = await askMatches(subject, query);
        if (page.total > wider.total) {
          const expected = `a total of at most ${wider.total}, as with fewer filters`;
          throw new Failure(page.answer, expected, `total ${page.total}`);
        }
        wider = page;
      }
    },
  },
];
