/** Checks of the order of models, on which the contract is silent. */
import { type Check, Skip } from '../check.ts';
import { narrowingFilters, queryOf } from './choose.ts';
import { askMatches, askPage, encode, expectStart, expectTotal, idsOf, limitSchema } from './pages.ts';

const { minimum, maximum } = limitSchema;
const everything = encode({ limit: maximum });

/** How often a request is repeated: a random order may be the same twice by chance. */
const repeats = 2;

export const orderChecks: Check[] = [
  {
    id: 'order-repeats',
    title: 'The same request gives the same models in the same order.',
    async run(subject) {
      const first = await askPage(subject, everything);
      if (first.models.length < 2) throw new Skip('there are fewer than two models');
      for (let again = 1; again <= repeats; again += 1) {
        const page = await askPage(subject, everything, again);
        expectTotal(page, first.total, 'as before');
        expectStart(page, idsOf(first), 'before');
      }
    },
  },
  {
    id: 'order-stable',
    title: 'A smaller limit gives the beginning of the same list.',
    async run(subject) {
      const all = await askPage(subject, everything);
      const { length } = all.models;
      if (length < 2) throw new Skip('there are fewer than two models');
      const limits = [minimum, 2, Math.ceil(length / 2), length - 1].filter((limit) => limit >= minimum);
      for (const search of [...new Set(limits.map((limit) => encode({ limit }))), '']) {
        expectStart(await askPage(subject, search), idsOf(all), `with limit ${maximum}`);
      }
    },
  },
  {
    id: 'order-with-filter',
    title: 'A filter leaves the order of the models as it is without one.',
    async run(subject) {
      const all = await askPage(subject, everything);
      if (all.total > all.models.length) throw new Skip('there are more models than fit on a page');
      for (const filter of await narrowingFilters(subject)) {
        const page = await askMatches(subject, queryOf(filter));
        const matches = new Set(idsOf(page));
        const inOrder = idsOf(all).filter((id) => matches.has(id));
        expectStart(page, inOrder, 'without the filter');
        const shorter = await askPage(subject, encode(queryOf(filter)));
        expectStart(shorter, idsOf(page), `with limit ${maximum}`);
      }
    },
  },
];
