/** Checks of how the catalog reads its parameters, where the contract leaves a choice. */
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import type { Check } from '../check.ts';
import { Failure, Skip } from '../finding.ts';
import type { Subject } from '../subject.ts';
import { membersOf } from './choose.ts';
import { askPage, baseline, encode, expectMeant, knownModels, longest } from './pages.ts';
import { ours, reference } from './reference.ts';

async function askRefused(subject: Subject, query: object): Promise<Answer> {
  const answer = await subject.ask(catalog, { search: encode(query) });
  if (answer.status !== 422) throw new Failure(answer, 'status 422');
  return answer;
}

/** The parameters that a 422 names. */
function namedIn({ json }: Answer): unknown[] {
  const { errors } = Object(json);
  return Array.isArray(errors) ? errors.map((error) => error?.loc?.at?.(-1)) : [];
}

export const parameterChecks: Check[] = [
  {
    id: 'errors-named',
    title: 'A 422 names each parameter that is wrong in its errors, by the last step of a loc.',
    severity: 'should',
    source: reference.errors,
    async run(subject) {
      for (const query of [
        { limit: 'ten' },
        { min_size_b: 'large' },
        { min_size_b: 'large', limit: 'ten' },
      ]) {
        const answer = await subject.ask(catalog, { search: encode(query) });
        if (answer.status !== 422) throw new Skip('the server does not answer 422');
        const missing = Object.keys(query).find((name) => !namedIn(answer).includes(name));
        if (missing) throw new Failure(answer, `an item of errors whose loc ends in ${missing}`);
      }
    },
  },
  {
    id: 'json-numbers',
    title: 'Infinity, NaN and hexadecimal numbers are refused with 422, and an exponent is read.',
    severity: 'should',
    source: ours.size,
    comparesModels: true,
    async run(subject) {
      await askRefused(subject, { max_size_b: 'Infinity' });
      await askRefused(subject, { min_size_b: 'NaN' });
      for (const name of ['limit', 'min_size_b']) await askRefused(subject, { [name]: '0x10' });
      const among = await knownModels(subject);
      const plain = await expectMeant(subject, longest({ min_size_b: 10 }), { among });
      const page = await askPage(subject, `min_size_b=1e1&${encode(longest({}))}`);
      if (page.total !== plain.total)
        throw new Failure(page.answer, `total ${plain.total}, as with 10`, `total ${page.total}`);
    },
  },
  {
    id: 'parameter-repeated',
    title: 'Of a repeated parameter the last one counts.',
    severity: 'should',
    source: ours.names,
    comparesModels: true,
    async run(subject) {
      const page = await askPage(subject, 'limit=2&limit=3');
      if (page.limit !== 3) throw new Failure(page.answer, 'limit 3', `limit ${page.limit}`);
      const [family, other] = membersOf((await baseline(subject)).models, 'family');
      if (family === undefined || other === undefined) return;
      const repeated = await askPage(subject, `${encode({ family })}&${encode(longest({ family: other }))}`);
      const { total } = await askPage(subject, encode(longest({ family: other })));
      if (repeated.total !== total) {
        throw new Failure(
          repeated.answer,
          `total ${total}, as with the last one alone`,
          `total ${repeated.total}`,
        );
      }
    },
  },
  {
    id: 'parameter-unknown',
    title: 'A parameter that the contract does not know is ignored.',
    severity: 'should',
    source: ours.names,
    comparesModels: true,
    async run(subject) {
      const { total } = await baseline(subject);
      const page = await askPage(subject, `no_such_parameter=1&${encode(longest({}))}`);
      if (page.total !== total)
        throw new Failure(page.answer, `total ${total}, as without it`, `total ${page.total}`);
    },
  },
  {
    id: 'malformed-text',
    title:
      'A text that can not be decoded does not make the server fail, and neither does the character NUL.',
    severity: 'should',
    source: reference.invalid,
    async run(subject) {
      for (const search of ['query=%zz%ff%', 'query=%00']) {
        const answer = await subject.ask(catalog, { search });
        if (answer.status >= 500) throw new Failure(answer, 'a status below 500');
      }
    },
  },
];
