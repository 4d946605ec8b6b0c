/** Checks that each filter keeps the models it should, alone and with others. */
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../../generated/values.ts';
import type { Check } from '../check.ts';
import { Failure, Skip } from '../finding.ts';
import type { Subject } from '../subject.ts';
import {
  type Bound,
  filtersBy,
  type Member,
  matchesOf,
  membersOf,
  pairOf,
  sizesOf,
  unmatched,
} from './choose.ts';
import {
  askPage,
  encode,
  expectMeant,
  expectNone,
  type Known,
  knownModels,
  longest,
  type Model,
  type Query,
} from './pages.ts';
import { ours, reference } from './reference.ts';

/** How many values of one parameter are tried at most: the first half and the last half of them. */
const mostValues = 8;

function someOf<Value>(values: readonly Value[]): Value[] {
  const half = mostValues / 2;
  return values.length <= mostValues ? [...values] : [...values.slice(0, half), ...values.slice(-half)];
}

const listed: Readonly<Record<Member, readonly string[]>> = {
  family: TrainingModel_family,
  algorithm: TrainingModel_supported_algorithms,
};

function memberCheck(name: Member): Check {
  return {
    id: name,
    title: `The filter by ${name} gives the models that have it, all and only.`,
    severity: 'must',
    source: reference[name],
    comparesModels: true,
    async run(subject) {
      const among = await knownModels(subject);
      const values = membersOf(among.models, name);
      // Those of the contract, too: a server may hide models until their family is asked for.
      const asked = new Set([...someOf(values), ...listed[name]]);
      const pages = [];
      for (const value of asked)
        pages.push(await expectMeant(subject, longest({ [name]: value }), { among }));
      // Of more models than fit on a page: as each has one family, those of all families are no more than all.
      const sum = pages.reduce((sum, { total }) => sum + total, 0);
      const [last] = pages.slice(-1);
      if (name === 'family' && last && sum > among.total) {
        const expected = `no more than ${among.total} models of ${[...asked].join(' and ')} together, as without a filter`;
        throw new Failure(last.answer, last.answer.quote(expected), `${sum} models`);
      }
      for (const value of lookalikes(values)) {
        expectNone(
          await askPage(subject, encode(longest({ [name]: value }))),
          `no model has ${name} ${value}`,
        );
      }
    },
  };
}

/** Values that no model has, and that match if a server compares parts, patterns, or anything by a name of its own. */
function lookalikes(values: readonly string[]): string[] {
  const [longest = ''] = [...values].sort((a, b) => b.length - a.length);
  const middle = Math.floor(longest.length / 2);
  const masked = (by: string) => [...longest.slice(0, middle), by, ...longest.slice(middle + 1)].join('');
  const parts = [longest.slice(0, 1), longest.slice(0, -1), longest.slice(1), `${longest}x`];
  const patterns = longest ? [masked('_'), masked('.')] : [];
  const all = [unmatched, 'all', 'constructor', '%', '*', ...parts, ...patterns];
  return [...new Set(all)].filter((value) => value.trim() !== '' && !values.includes(value));
}

/** Where a value is nearly one that a model has, the API reference does not say what it gives. */
function exactCheck(name: Member): Check {
  return {
    id: `${name}-exact`,
    title: `In the filter by ${name} the letter case counts, a list with commas is one value, and so is nothing.`,
    severity: 'should',
    source: ours.member,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      const values = membersOf(models, name).filter((value) => value.trim() !== '');
      const [first = 'none'] = values;
      const near = [first.toUpperCase(), first.toLowerCase(), values.slice(0, 2).join(','), ` ${first} `, ''];
      for (const value of new Set(near)) {
        if (values.includes(value)) continue;
        expectNone(
          await askPage(subject, encode(longest({ [name]: value }))),
          `no model has ${name} ${value || '(empty)'}`,
        );
      }
    },
  };
}

function boundCheck(id: string, name: Bound): Check {
  const isMin = name === 'min_size_b';
  return {
    id,
    title: `The filter ${name} keeps the models of that size and ${isMin ? 'larger' : 'smaller'}, all and only.`,
    severity: 'must',
    source: reference[name],
    comparesModels: true,
    async run(subject) {
      const among = await knownModels(subject);
      const sizes = sizesOf(among.models);
      // A server that keeps sizes in single precision finds these outside of a bound of the same value.
      const rounded = sizes.filter((size) => (isMin ? Math.fround(size) < size : Math.fround(size) > size));
      const [middle = 1] = sizes.slice(Math.floor(sizes.length / 2));
      // Just beyond a size: a server that rounds or cuts decimals keeps the models of that size.
      const beyond = Number((isMin ? middle + 0.01 : middle - 0.01).toFixed(3));
      const outside = [0, -1, (sizes.at(-1) ?? 1) + 1];
      for (const bound of new Set([...someOf(sizes), ...rounded.slice(0, 1), beyond, ...outside])) {
        await expectMeant(subject, longest({ [name]: bound }), { among });
      }
    },
  };
}

async function expectTogether(subject: Subject, among: Known, queries: readonly Query[]): Promise<void> {
  for (const query of queries) await expectMeant(subject, longest(query), { among });
}

export const filterChecks: Check[] = [
  memberCheck('family'),
  memberCheck('algorithm'),
  boundCheck('min-size', 'min_size_b'),
  boundCheck('max-size', 'max_size_b'),
  {
    id: 'filters-combine',
    title: 'Filters together keep the models that fit each of them.',
    severity: 'must',
    source: `${reference.family}, and so each`,
    comparesModels: true,
    async run(subject) {
      const among = await knownModels(subject);
      const { models } = among;
      const families = filtersBy(models, 'family');
      const algorithms = filtersBy(models, 'algorithm');
      // Wide bounds first, so that they leave something between them.
      const lower = filtersBy(models, 'min_size_b');
      const upper = filtersBy(models, 'max_size_b');
      const pairs = [
        [families, algorithms],
        [lower, upper],
        [families, lower],
        [families, upper],
        [algorithms, lower],
        [algorithms, upper],
      ] as const;
      const queries = pairs.flatMap(([some, others]) => pairOf(models, some, others) ?? []);
      if (queries.length === 0) throw new Skip('no two filters narrow each other');
      await expectTogether(subject, among, [...queries, ...allAtOnce(models)]);
    },
  },
  exactCheck('family'),
  exactCheck('algorithm'),
  {
    id: 'sizes-crossed',
    title: 'A lower bound above the upper one gives an empty list.',
    severity: 'should',
    source: ours.size,
    comparesModels: true,
    async run(subject) {
      const sizes = sizesOf((await knownModels(subject)).models);
      const [low = 0] = sizes;
      const high = sizes.at(-1) ?? 0;
      if (low === high) throw new Skip('all models are of one size');
      const page = await askPage(subject, encode(longest({ min_size_b: high, max_size_b: low })));
      expectNone(page, `no model has a size of ${high} or more and ${low} or less`);
    },
  },
];

/** All four filters, each of which leaves something out that the others keep; and once more in another order. */
function allAtOnce(models: readonly Model[]): Query[] {
  for (const family of filtersBy(models, 'family')) {
    for (const algorithm of filtersBy(models, 'algorithm')) {
      const sizes = sizesOf(matchesOf(models, { ...family, ...algorithm }));
      const [, second] = sizes;
      const last = sizes.at(-2);
      if (sizes.length < 3 || second === undefined || last === undefined) continue;
      const all = { ...family, ...algorithm, min_size_b: second, max_size_b: last };
      return [all, Object.fromEntries(Object.entries(all).reverse())];
    }
  }
  return [];
}
