/** Checks where the contract is silent: the server is compared with the reference server. */
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { type Check, Failure, Skip } from '../check.ts';
import { findDrift, findViolation } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { escapeText } from '../write-parameter.ts';
import { memberFilters, sizeFilter, sizesOf, valuesOf } from './choose.ts';
import { severalChecks } from './filters.ts';
import { orderChecks } from './order.ts';
import {
  askMatches,
  askPage,
  encode,
  expectNone,
  expectStart,
  expectTotal,
  idsOf,
  knownModels,
  limitSchema,
  type Page,
  type Query,
} from './pages.ts';
import { expectFound, search } from './search.ts';
import { needText } from './texts.ts';
import { literalChecks } from './wildcards.ts';

/** Fails unless an answer has this status and the error envelope. */
function expectEnvelope(subject: Subject, answer: Answer, status: number): void {
  if (answer.status !== status) throw new Failure(answer, `status ${status}`);
  const problem = findViolation(catalog, answer) ?? findDrift(catalog, answer);
  if (problem === undefined) return;
  const isBrokenError = (other: Answer) => other.status >= 400 && findViolation(catalog, other) !== undefined;
  if (subject.answersTo(catalog).some(isBrokenError)) {
    throw new Skip('refusals break their schema; see error-schema');
  }
  throw new Failure(answer, 'a valid error envelope', problem);
}

async function expectRefused(subject: Subject, queries: readonly Query[]): Promise<void> {
  for (const query of queries) {
    const answer = await subject.ask(catalog, { search: encode(query) });
    if (answer.status !== 422) throw new Failure(answer, 'status 422');
  }
}

/** The parameters that a 422 names. */
function namedParameters({ json }: Answer): unknown[] {
  const { errors } = (json ?? {}) as { errors?: { loc?: unknown[] }[] | null };
  return Array.isArray(errors) ? errors.map((error) => error?.loc?.at?.(-1)) : [];
}

async function expectNamed(subject: Subject, query: Query): Promise<void> {
  const answer = await subject.ask(catalog, { search: encode(query) });
  if (answer.status !== 422) throw new Skip('the server did not answer 422');
  const named = namedParameters(answer);
  const several = Object.keys(query).length > 1;
  if (several && named.length === 0) throw new Skip('a 422 names nothing; see error-names-parameter');
  const missing = Object.keys(query).find((name) => !named.includes(name));
  if (missing) throw new Failure(answer, `an item of errors whose loc ends in ${missing}`);
}

/** Fails unless two pages have the same total and models. */
function expectSame(page: Page, other: Page, why: string): void {
  expectTotal(page, other.total, why);
  expectStart(page, idsOf(other), why);
}

const isWord = (text: string) => /^\S{3,}$/.test(text);

const checks: Omit<Check, 'advice'>[] = [
  {
    id: 'auth-before-query',
    title: 'Without a key, a wrong parameter makes no difference: 401.',
    async run(subject) {
      const search = encode({ limit: limitSchema.minimum - 1 });
      const answer = await subject.ask(catalog, { search, authorization: null });
      if (answer.status !== 401) throw new Failure(answer, 'status 401');
    },
  },
  {
    id: 'error-names-parameter',
    title: 'A 422 says in its errors which parameter is wrong.',
    async run(subject) {
      for (const query of [{ limit: 'ten' }, { min_size_b: 'large' }]) {
        await expectNamed(subject, query);
      }
    },
  },
  {
    id: 'error-names-all',
    title: 'A 422 names each parameter that is wrong, not just the first.',
    run: (subject) => expectNamed(subject, { min_size_b: 'large', limit: 'ten' }),
  },
  {
    id: 'size-infinite',
    title: 'The words Infinity and NaN are not sizes: 422.',
    run: (subject) => expectRefused(subject, [{ max_size_b: 'Infinity' }, { min_size_b: 'NaN' }]),
  },
  {
    id: 'number-forms',
    title: 'A number in hexadecimal is none, and neither is a limit with an exponent: 422.',
    run: (subject) => expectRefused(subject, [{ limit: '0x10' }, { limit: '1e1' }, { min_size_b: '0x10' }]),
  },
  {
    id: 'bounds-crossed',
    title: 'A lower bound above the upper one gives an empty list.',
    async run(subject) {
      const sizes = sizesOf(await knownModels(subject));
      const [low, high] = [sizes[0] as number, sizes.at(-1) as number];
      if (low === high) throw new Skip('all models are of one size');
      const page = await askMatches(subject, { min_size_b: high, max_size_b: low });
      expectNone(page, `no model is ${sizeFilter('min_size_b', high).description} and ${low} or less`);
    },
  },
  ...(['family', 'algorithm'] as const).flatMap((name) => [
    {
      id: `${name}-case`,
      title: `The letter case of ${name} counts.`,
      async run(subject: Subject) {
        const models = await knownModels(subject);
        const [filter] = memberFilters(models, name);
        const value = String(filter?.value ?? models.flatMap(valuesOf[name])[0] ?? '');
        const other = value.toUpperCase();
        if (other === value) throw new Skip(`no value of ${name} has small letters`);
        expectNone(await askMatches(subject, { [name]: other }), `no model has ${name} ${other}`);
      },
    },
    {
      id: `${name}-empty-value`,
      title: `The empty ${name} is one that no model has, so it gives an empty list.`,
      async run(subject: Subject) {
        await knownModels(subject);
        expectNone(await askMatches(subject, { [name]: '' }), `no model has the empty ${name}`);
      },
    },
  ]),
  {
    id: 'search-empty',
    title: 'A search for nothing finds everything.',
    async run(subject) {
      await knownModels(subject);
      expectSame(await search(subject, ''), await askMatches(subject, {}), 'as without a search');
    },
  },
  {
    id: 'search-trimmed',
    title: 'Spaces around a search make no difference.',
    async run(subject) {
      const found = await needText(subject, isWord, 'is a word of three characters');
      const plain = await search(subject, escapeText(found.text));
      expectSame(await search(subject, escapeText(` ${found.text} `)), plain, 'as without the spaces');
    },
  },
  {
    id: 'search-case',
    title: 'The letter case of a search does not count.',
    async run(subject) {
      const found = await needText(subject, (text) => /[a-z]/i.test(text), 'has a letter');
      const other = found.text.replace(/[a-z]|([A-Z])/g, (letter, isCapital) =>
        isCapital ? letter.toLowerCase() : letter.toUpperCase(),
      );
      await expectFound(subject, escapeText(other), found.model);
    },
  },
  {
    id: 'search-part',
    title: 'A search for a part of an id finds the model.',
    async run(subject) {
      const found = await needText(subject, isWord, 'is a word of three characters');
      const part = [...found.text].slice(1, -1).join('');
      await expectFound(subject, escapeText(part), found.model);
    },
  },
  {
    id: 'encoding-form',
    title: 'An unescaped plus sign in a search is a space, as HTML forms send it.',
    async run(subject) {
      const found = await needText(subject, (text) => text.includes(' '), 'has a space');
      await expectFound(subject, escapeText(found.text).replaceAll('%20', '+'), found.model);
    },
  },
  {
    id: 'encoding-malformed',
    title: 'A malformed escape does not make the server fail, and neither does the character NUL.',
    async run(subject) {
      // The second is well-formed, but many databases refuse the character.
      for (const search of ['query=%zz%ff%', 'query=%00']) {
        const answer = await subject.ask(catalog, { search });
        if (answer.status >= 500) throw new Failure(answer, 'a status below 500');
      }
    },
  },
  ...orderChecks,
  ...literalChecks,
  ...severalChecks,
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
      expectTotal(page, all.total, 'as without it');
    },
  },
  {
    id: 'path-unknown',
    title: 'Another path is answered 404 in the error envelope.',
    async run(subject) {
      const path = `${catalog.path}/no/such/path`;
      expectEnvelope(subject, await subject.ask(catalog, { path, outside: true }), 404);
    },
  },
  {
    id: 'head',
    title: 'HEAD is answered with the status and the media type of GET (RFC 9110, section 9.3.2).',
    async run(subject) {
      for (const ask of [{}, { authorization: null }]) {
        const get = await subject.ask(catalog, ask);
        const head = await subject.ask(catalog, { ...ask, method: 'HEAD', outside: true }).catch((error) => {
          throw error instanceof Failure ? new Skip('the server gives no answer to HEAD') : error;
        });
        if (head.status >= 500) throw new Skip('the server fails on HEAD, which the contract does not have');
        const describe = ({ status, contentType }: Answer) =>
          `status ${status}, ${contentType || 'no content-type'}`;
        if (describe(head) === describe(get)) continue;
        throw new Failure(head, get.quote(describe(get)), head.quote(describe(head)));
      }
    },
  },
  {
    id: 'auth-scheme-case',
    title: 'The letter case of the scheme Bearer does not count (RFC 9110, section 11.1).',
    async run(subject) {
      const answer = await subject.ask(catalog, { scheme: 'bearer' });
      if (answer.status !== 200) throw new Failure(answer, 'status 200');
    },
  },
];

/** For unsafe runs only: a server may do anything with a method that the contract does not have. */
const unsafeCheck: Omit<Check, 'advice'> = {
  id: 'method-unknown',
  title: 'Another method is answered 404 in the error envelope.',
  async run(subject) {
    // PROPFIND is safe by definition (RFC 4918, section 9.1).
    expectEnvelope(subject, await subject.ask(catalog, { method: 'PROPFIND', outside: true }), 404);
  },
};

export function adviceChecks(unsafe: boolean): Check[] {
  return [...checks, ...(unsafe ? [unsafeCheck] : [])].map((check) => ({ ...check, advice: true }));
}
