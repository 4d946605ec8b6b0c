/** Checks of how the catalog reads its parameters, where the contract leaves a choice. */
import { catalog } from '../../contract.ts';
import { Failure, Skip } from '../finding.ts';
import type { Check } from '../subject.ts';
import { should } from './check.ts';
import { membersOf } from './choose.ts';
import { askLongest, askPage, knownCatalog, maximum, type Page } from './pages.ts';

function expectTotal({ answer, total }: Page, { total: expected }: Page, like: string): void {
  if (total !== expected) throw new Failure(answer, `total ${expected}, as with ${like}`, `total ${total}`);
}

export const choiceChecks: Check[] = [
  should('errors-named', 'errors', 'A loc of a 422 ends in the name of the parameter.', async (subject) => {
    for (const query of [{ limit: 'ten' }, { min_size_b: 'large' }, { min_size_b: 'large', limit: 'ten' }]) {
      const answer = await subject.ask(catalog, { query });
      if (answer.status !== 422) throw new Skip('the server does not answer 422');
      const { errors } = Object(answer.json);
      const named = Array.isArray(errors) ? errors.map((error) => error?.loc?.at?.(-1)) : [];
      const missing = Object.keys(query).find((name) => !named.includes(name));
      if (missing) throw new Failure(answer, `an item of errors whose loc ends in ${missing}`);
    }
  }),
  should('json-numbers', 'sizes', 'A number is one as JSON writes it, else it is 422.', async (subject) => {
    for (const search of ['max_size_b=Infinity', 'min_size_b=NaN', 'min_size_b=0x10', 'limit=0x10']) {
      const answer = await subject.ask(catalog, { search });
      if (answer.status !== 422) throw new Failure(answer, 'status 422');
    }
    const page = await askPage(subject, { limit: maximum }, 'min_size_b=1e1');
    expectTotal(page, await askLongest(subject, { min_size_b: 10 }), '10');
  }),
  should('parameter-repeated', 'names', 'Of a repeated parameter the last one counts.', async (subject) => {
    const { answer, limit } = await askPage(subject, { limit: 2 }, 'limit=3');
    if (limit !== 3) throw new Failure(answer, 'limit 3', `limit ${limit}`);
    const [one, other] = membersOf((await knownCatalog(subject)).models, 'family');
    if (one === undefined || other === undefined) return;
    const page = await askPage(
      subject,
      { family: one, limit: maximum },
      `family=${encodeURIComponent(other)}`,
    );
    expectTotal(page, await askLongest(subject, { family: other }), 'the last one alone');
  }),
  should('parameter-unknown', 'names', 'An unknown parameter is ignored.', async (subject) => {
    const page = await askPage(subject, { limit: maximum }, 'no_such_parameter=1');
    expectTotal(page, await askLongest(subject, {}), 'no such parameter');
  }),
  should('malformed-text', 'text', 'No broken escape and no NUL makes it fail.', async (subject) => {
    for (const search of ['query=%zz%ff%', 'query=%00']) {
      const answer = await subject.ask(catalog, { search });
      if (answer.status >= 500) throw new Failure(answer, 'a status below 500');
    }
  }),
];
