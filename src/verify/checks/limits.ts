/** Checks of `limit`, and of `total`, which does not depend on it. */
import type { Check } from '../check.ts';
import { askMatches, askPage, encode, limitSchema, type Page } from '../pages.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';
import { narrowingQueries } from './choose.ts';

const { default: defaultLimit, minimum, maximum } = limitSchema;

const withLimit = (subject: Subject, limit: number): Promise<Page> => askPage(subject, encode({ limit }));

function expectLimit(page: Page, limit: number): void {
  if (page.limit !== limit) throw new Failure(page.answer, `limit ${limit} echoed`, `limit ${page.limit}`);
}

function expectLength(page: Page, limit: number): void {
  const length = Math.min(limit, page.total);
  if (page.models.length !== length) {
    throw new Failure(
      page.answer,
      `as many models as the lesser of limit ${limit} and total ${page.total}`,
      `${page.models.length} models`,
    );
  }
}

export const limitChecks: Check[] = [
  {
    id: 'limit-default',
    title: `Without a limit, up to ${defaultLimit} models come and ${defaultLimit} is echoed.`,
    async run(subject) {
      const page = await askPage(subject, '');
      expectLimit(page, defaultLimit);
      expectLength(page, defaultLimit);
    },
  },
  {
    id: 'limit-accepted',
    title: `The limits ${minimum} and ${maximum} are accepted.`,
    async run(subject) {
      for (const limit of [minimum, maximum]) {
        const answer = await subject.ask({ search: encode({ limit }) });
        if (answer.status !== 200) throw new Failure(answer, 'status 200');
      }
    },
  },
  {
    id: 'limit-echoed',
    title: 'The limit that was asked for is echoed.',
    async run(subject) {
      for (const limit of [minimum, maximum]) expectLimit(await withLimit(subject, limit), limit);
    },
  },
  {
    id: 'limit-applied',
    title: 'As many models come as the limit allows and the total gives.',
    async run(subject) {
      const pages = [await withLimit(subject, minimum), await withLimit(subject, maximum)];
      if (pages.every((page) => page.total <= minimum && page.models.length <= minimum)) {
        throw new Skip('there are fewer than two models');
      }
      for (const [index, page] of pages.entries()) expectLength(page, index === 0 ? minimum : maximum);
    },
  },
  {
    id: 'total-ignores-limit',
    title: 'The total is the same whatever the limit.',
    async run(subject) {
      const all = await withLimit(subject, maximum);
      if (all.models.length < 2) throw new Skip('there are fewer than two models');
      for (const page of [await askPage(subject, ''), await withLimit(subject, minimum)]) {
        if (page.total !== all.total) {
          throw new Failure(
            page.answer,
            `total ${all.total}, as with limit ${maximum}`,
            `total ${page.total}`,
          );
        }
      }
    },
  },
  {
    id: 'total-counts-matches',
    title: 'The total counts the matches of the filters, and nothing else.',
    async run(subject) {
      for (const query of await narrowingQueries(subject)) {
        const page = await askMatches(subject, query);
        if (page.models.length < maximum && page.total !== page.models.length) {
          throw new Failure(
            page.answer,
            `total ${page.models.length}, as many as came with limit ${maximum}`,
            `total ${page.total}`,
          );
        }
      }
    },
  },
  {
    id: 'total-narrows',
    title: 'Another filter never makes the total larger.',
    async run(subject) {
      let wider = await askMatches(subject, {});
      let chain = {};
      for (const query of await narrowingQueries(subject)) {
        chain = { ...chain, ...query };
        const page = await askMatches(subject, chain);
        if (page.total > wider.total) {
          throw new Failure(
            page.answer,
            `a total of at most ${wider.total}, as with fewer filters`,
            `total ${page.total}`,
          );
        }
        wider = page;
      }
    },
  },
];
