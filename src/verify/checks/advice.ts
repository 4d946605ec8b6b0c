/** Checks where the contract is silent and the reference server shows the way. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { Check } from '../check.ts';
import {
  askMatches,
  askPage,
  encode,
  escapeText,
  expectNone,
  knownModels,
  limitSchema,
  newValues,
  violations,
} from '../pages.ts';
import type { Answer } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';
import { expectRefused, namedParameters } from './answers.ts';
import { memberFilters, sizeFilter } from './choose.ts';
import { expectFound, findText } from './search.ts';

const ids = (page: { models: readonly { tinker_id: string }[] }) =>
  page.models.map((model) => model.tinker_id);

function expectNotFoundEnvelope(answer: Answer): void {
  if (answer.status !== 404) throw new Failure(answer, 'status 404');
  const broken = violations('envelope', answer.json) || newValues('envelope', answer.json);
  if (broken) throw new Failure(answer, 'a valid error envelope', broken);
}

const checks: Omit<Check, 'advice'>[] = [
  {
    id: 'auth-before-query',
    title: 'Without a key, a wrong parameter makes no difference: 401.',
    async run(subject) {
      const search = encode({ limit: limitSchema.minimum - 1 });
      const answer = await subject.ask({ search, authorization: null });
      if (answer.status !== 401) throw new Failure(answer, 'status 401');
    },
  },
  {
    id: 'error-names-parameter',
    title: 'A 422 says in its errors which parameter is wrong.',
    async run(subject) {
      for (const name of ['limit', 'min_size_b']) {
        const answer = await subject.ask({ search: encode({ [name]: '' }) });
        if (answer.status !== 422) throw new Skip('the server did not answer 422; see number-empty');
        if (!namedParameters(answer).includes(name)) {
          throw new Failure(answer, `an item of errors whose loc ends in ${name}`);
        }
      }
    },
  },
  {
    id: 'size-infinite',
    title: 'The words Infinity and NaN are not sizes: 422.',
    run: (subject) => expectRefused(subject, [{ max_size_b: 'Infinity' }, { min_size_b: 'NaN' }]),
  },
  {
    id: 'bounds-crossed',
    title: 'A lower bound above the upper one gives an empty list.',
    async run(subject) {
      const sizes = (await knownModels(subject)).map((model) => model.size_b).sort((a, b) => a - b);
      const [low, high] = [sizes[0] as number, sizes.at(-1) as number];
      if (low === high) throw new Skip('all models are of one size');
      const page = await askMatches(subject, { min_size_b: high, max_size_b: low });
      expectNone(page, `no model is ${sizeFilter('min_size_b', high).words} and ${low} or less`);
    },
  },
  {
    id: 'family-case',
    title: 'The letter case of a family counts.',
    async run(subject) {
      const models = await knownModels(subject);
      const value = memberFilters(models, 'family')[0]?.value ?? models[0]?.family;
      const other = String(value).toUpperCase();
      if (models.some((model) => model.family === other)) throw new Skip(`there is a family ${other}`);
      expectNone(await askMatches(subject, { family: other }), `no model is of family ${other}`);
    },
  },
  {
    id: 'search-case',
    title: 'The letter case of a search does not count.',
    async run(subject) {
      const found = await findText(subject, (text) => /[a-z]/i.test(text));
      if (!found) throw new Skip('no id or display name has a letter');
      const other = found.text.replace(/[a-z]/gi, (c) =>
        c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase(),
      );
      await expectFound(subject, escapeText(other), found.model);
    },
  },
  {
    id: 'search-part',
    title: 'A search for a part of an id finds the model.',
    async run(subject) {
      const found = await findText(subject, (text) => /^\S{3,}$/.test(text));
      if (!found) throw new Skip('no id or display name is a word of three characters');
      const characters = [...found.text];
      await expectFound(subject, escapeText(characters.slice(1, -1).join('')), found.model);
    },
  },
  {
    id: 'encoding-form',
    title: 'An unescaped plus sign in a search is a space, as HTML forms send it.',
    async run(subject) {
      const found = await findText(subject, (text) => text.includes(' '));
      if (!found) throw new Skip('no id or display name has a space');
      const page = await askPage(
        subject,
        `query=${escapeText(found.text).replaceAll('%20', '+')}&limit=${limitSchema.maximum}`,
      );
      if (!ids(page).includes(found.model.tinker_id)) {
        throw new Failure(page.answer, `${found.model.tinker_id} found`, 'it is not among them');
      }
    },
  },
  {
    id: 'encoding-malformed',
    title: 'A malformed escape does not make the server fail.',
    async run(subject) {
      const answer = await subject.ask({ search: 'query=%zz%ff%' });
      if (answer.status >= 500) throw new Failure(answer, 'a status below 500');
    },
  },
  {
    id: 'order-stable',
    title: 'A smaller limit gives the beginning of the same list.',
    async run(subject) {
      const all = ids(await askMatches(subject, {}));
      if (all.length < 2) throw new Skip('there are fewer than two models');
      for (const search of [encode({ limit: limitSchema.minimum }), '']) {
        const page = await askPage(subject, search);
        const differs = ids(page).findIndex((id, index) => id !== all[index]);
        if (differs >= 0) {
          throw new Failure(
            page.answer,
            `${all[differs]} in place ${differs + 1}, as with limit ${limitSchema.maximum}`,
            `${ids(page)[differs]}`,
          );
        }
      }
    },
  },
  {
    id: 'ids-distinct',
    title: 'No two models have the same id.',
    async run(subject) {
      const models = await knownModels(subject);
      if (models.length < 2) throw new Skip('there are fewer than two models');
      const page = await askMatches(subject, {});
      const twice = ids(page).find((id, index, all) => all.indexOf(id) !== index);
      if (twice !== undefined) throw new Failure(page.answer, 'each id once', `${twice} twice`);
    },
  },
  {
    id: 'parameter-repeated',
    title: 'Of a repeated parameter the last one counts.',
    async run(subject) {
      const page = await askPage(subject, 'limit=2&limit=3');
      if (page.limit !== 3) throw new Failure(page.answer, 'limit 3 echoed', `limit ${page.limit}`);
    },
  },
  {
    id: 'parameter-unknown',
    title: 'A parameter that the contract does not know is ignored.',
    async run(subject) {
      const all = await askPage(subject, '');
      const page = await askPage(subject, 'no_such_parameter=1');
      if (page.total !== all.total) {
        throw new Failure(page.answer, `total ${all.total}, as without it`, `total ${page.total}`);
      }
    },
  },
  {
    id: 'path-unknown',
    title: 'Another path is answered 404 in the error envelope.',
    async run(subject) {
      expectNotFoundEnvelope(await subject.ask({ path: `${operation.path}/no/such/path` }));
    },
  },
  {
    id: 'method-unknown',
    title: 'Another method is answered 404 in the error envelope.',
    async run(subject) {
      // A method that by its definition (RFC 4918, section 9.1) changes nothing on any server.
      expectNotFoundEnvelope(await subject.ask({ method: 'PROPFIND' }));
    },
  },
  {
    id: 'auth-scheme-case',
    title: 'The letter case of the scheme Bearer does not count (RFC 9110, section 11.1).',
    async run(subject) {
      const answer = await subject.ask({ scheme: 'bearer' });
      if (answer.status !== 200) throw new Failure(answer, 'status 200');
    },
  },
];

export const adviceChecks: Check[] = checks.map((check) => ({ ...check, advice: true }));
