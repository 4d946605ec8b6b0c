/** Checks that each filter keeps the models it should, alone and with others. */
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../../generated/values.ts';
import type { Check } from '../check.ts';
import { catalog } from '../contract.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';
import { type Filter, memberFilters, sizeBound, sizeFilter, valuesOf } from './choose.ts';
import {
  askMatches,
  askPage,
  encode,
  expectAmong,
  expectLength,
  expectModels,
  expectNone,
  expectOnly,
  knownModels,
  limitSchema,
  type Model,
  nobody,
  type Query,
} from './pages.ts';
import { contains, textsOf } from './texts.ts';

type Member = 'family' | 'algorithm';
type Bound = 'min_size_b' | 'max_size_b';

/** How many values of one parameter are filtered by at most. */
const mostValues = 6;

async function checkMember(subject: Subject, name: Member): Promise<void> {
  const models = await knownModels(subject);
  const filters = memberFilters(models, name);
  if (filters.length === 0) throw new Skip(`no ${name} tells the models apart`);
  // The most selective first, whose matches are surely on one page. Each value may have a branch of its own.
  for (const filter of filters.slice(0, mostValues)) {
    const page = await askMatches(subject, { [name]: filter.value });
    expectModels(page, filter.keeps, models.filter(filter.keeps), filter.words);
  }
}

async function checkNobody(subject: Subject, name: Member): Promise<void> {
  await knownModels(subject);
  const page = await askMatches(subject, { [name]: nobody });
  expectNone(page, `no model has ${name} ${nobody}`);
}

/** Values that a server takes for the real one if it compares by part: too short at either end, and too long. */
async function checkPart(subject: Subject, name: Member): Promise<void> {
  const models = await knownModels(subject);
  const values = new Set(models.flatMap(valuesOf[name]));
  const [longest = ''] = [...values].sort((a, b) => b.length - a.length);
  const parts = [longest.slice(0, 1), longest.slice(0, -1), longest.slice(1), `${longest}x`].filter(
    (part) => part.trim() !== '' && part !== 'x' && !values.has(part),
  );
  if (parts.length === 0) throw new Skip(`no model has a value of ${name}`);
  for (const part of new Set(parts)) {
    const page = await askMatches(subject, { [name]: part });
    expectNone(page, `no model has ${name} ${part}`);
  }
}

/** Several values in one are no value that anybody has. */
async function checkSeveral(subject: Subject, name: Member): Promise<void> {
  const models = await knownModels(subject);
  const values = [...new Set(models.flatMap(valuesOf[name]))].filter((value) => value.trim() !== '');
  if (values.length < 2) throw new Skip(`the models have fewer than two values of ${name}`);
  const several = values.slice(0, 2).join(',');
  expectNone(await askMatches(subject, { [name]: several }), `no model has ${name} ${several}`);
}

async function checkBound(subject: Subject, name: Bound): Promise<void> {
  const models = await knownModels(subject);
  const bound = sizeBound(models, name);
  const filter = sizeFilter(name, bound);
  if (models.every(filter.keeps)) throw new Skip('all models are of one size');
  const page = await askMatches(subject, { [name]: bound });
  // Whether the bound itself belongs is for the check of that name.
  const must = models.filter((model) => filter.keeps(model) && model.size_b !== bound);
  expectModels(page, filter.keeps, must, filter.words);
}

async function checkInclusive(subject: Subject, name: Bound): Promise<void> {
  const models = await knownModels(subject);
  // Where sizes are kept in single precision, this one is another number.
  const uneven = models.map(({ size_b }) => size_b).find((size) => isLost(size, name));
  for (const bound of new Set([sizeBound(models, name), uneven ?? sizeBound(models, name)])) {
    const page = await askMatches(subject, { [name]: bound });
    const must = models.filter((model) => model.size_b === bound);
    expectAmong(page, must, sizeFilter(name, bound).words);
  }
}

/** Whether a size in single precision lies outside of the bound that it is. */
function isLost(size: number, name: Bound): boolean {
  return name === 'min_size_b' ? Math.fround(size) < size : Math.fround(size) > size;
}

/** Bounds a hair beyond a size, so that a server which rounds or cuts decimals keeps what it must not. */
async function checkDecimals(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  for (const [name, step] of [
    ['min_size_b', 0.01],
    ['max_size_b', -0.01],
  ] as const) {
    const size = sizeBound(models, name);
    const bound = Number((size + step).toFixed(3));
    const filter = sizeFilter(name, bound);
    if (filter.keeps({ size_b: size } as Model)) throw new Skip(`the size ${size} is too large to show it`);
    const page = await askMatches(subject, { [name]: bound });
    expectModels(page, filter.keeps, models.filter(filter.keeps), filter.words);
  }
}

/** A server may show a part of its models only, unless it is asked for the others. */
async function checkWithin(subject: Subject): Promise<void> {
  const all = await askMatches(subject, {});
  await knownModels(subject);
  if (all.total > all.models.length) return checkSum(subject, all.total);
  const ids = new Set(all.models.map(({ tinker_id }) => tinker_id));
  const queries = [
    ...TrainingModel_family.map((family) => ({ family })),
    ...TrainingModel_supported_algorithms.map((algorithm) => ({ algorithm })),
  ];
  for (const query of queries) {
    const page = await askMatches(subject, query);
    expectOnly(page, ({ tinker_id }) => ids.has(tinker_id), 'that are there without the filter');
  }
}

/** What fits on no page is counted all the same, and a model is of one family. */
async function checkSum(subject: Subject, most: number): Promise<void> {
  let left = most;
  for (const family of TrainingModel_family) {
    const page = await askMatches(subject, { family });
    if (page.models.some((model) => model.family !== family)) {
      throw new Skip('a family has other models among it; see family-filter');
    }
    if (page.total > left) {
      const why = `${most} without a filter, less those of other families`;
      throw new Failure(page.answer, `a total of at most ${left}: ${why}`, `total ${page.total}`);
    }
    left -= page.total;
  }
}

/** Parameters to combine. The first three pairs with values that tell something are asked for. */
const combinations: [Filter['name'], Filter['name']][] = [
  ['family', 'algorithm'],
  ['min_size_b', 'max_size_b'],
  ['algorithm', 'max_size_b'],
  ['family', 'min_size_b'],
];

/** Whether each of two filters takes something away from the other, and both leave something. */
function tell(models: readonly Model[], [one, other]: [Filter, Filter]): boolean {
  const count = (keeps: Filter['keeps']) => models.filter(keeps).length;
  const both = count((model) => one.keeps(model) && other.keeps(model));
  return both > 0 && both < count(one.keeps) && both < count(other.keeps);
}

async function checkCombination(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  const filters = [
    ...memberFilters(models, 'family'),
    ...memberFilters(models, 'algorithm'),
    // The other way round, these bounds leave what lies between them.
    sizeFilter('min_size_b', sizeBound(models, 'max_size_b')),
    sizeFilter('max_size_b', sizeBound(models, 'min_size_b')),
  ].reverse();
  const named = (name: string) => filters.filter((filter) => filter.name === name);
  const pairs = combinations.flatMap(([a, b]) =>
    named(a)
      .flatMap((one) => named(b).map((other): [Filter, Filter] => [one, other]))
      .filter((pair) => tell(models, pair))
      .slice(0, 1),
  );
  if (pairs.length === 0) throw new Skip('no two filters narrow each other');
  for (const [one, other] of pairs.slice(0, 3)) {
    const page = await askMatches(subject, { [one.name]: one.value, [other.name]: other.value });
    const keeps = (model: Model) => one.keeps(model) && other.keeps(model);
    expectModels(page, keeps, models.filter(keeps), `${one.words} and ${other.words}`);
  }
}

/** Three and more filters at once, as far as they leave something. */
async function checkAll(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  // Of the most common family, with an algorithm that not all of it have, between its extreme sizes.
  const [family] = memberFilters(models, 'family').reverse();
  const ofFamily = family ? models.filter(family.keeps) : [...models];
  const algorithm = memberFilters(ofFamily, 'algorithm').at(-1) ?? memberFilters(models, 'algorithm').at(-1);
  const left = algorithm ? ofFamily.filter(algorithm.keeps) : ofFamily;
  const sizes = [...new Set(left.map((model) => model.size_b))].sort((a, b) => a - b);
  if (sizes.length < 3) throw new Skip('too few models are left to narrow them by everything at once');
  const filters = [
    ...[family, algorithm].filter((filter) => filter !== undefined),
    sizeFilter('min_size_b', sizes[1] as number),
    sizeFilter('max_size_b', sizes.at(-2) as number),
  ];
  const page = await askMatches(subject, Object.fromEntries(filters.map(({ name, value }) => [name, value])));
  const keeps = (model: Model) => filters.every((filter) => filter.keeps(model));
  expectModels(page, keeps, models.filter(keeps), filters.map(({ words }) => words).join(' and '));
}

async function checkSearchCombination(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  const filters = [
    ...memberFilters(models, 'family').slice(0, 1),
    ...memberFilters(models, 'algorithm').slice(0, 1),
    sizeFilter('min_size_b', sizeBound(models, 'min_size_b')),
    sizeFilter('max_size_b', sizeBound(models, 'max_size_b')),
  ];
  let shown = false;
  for (const filter of filters) {
    const outside = models.find((model) => !filter.keeps(model) && model.tinker_id.trim());
    const inside = models.find((model) => filter.keeps(model) && model.tinker_id.trim());
    if (!outside || !inside) continue;
    shown = true;
    // By name, too: in SQL, an OR without brackets lets one of the two past the filter.
    for (const query of [outside.tinker_id, outside.display_name, inside.tinker_id]) {
      if (query.trim() === '') continue;
      const page = await askMatches(subject, { query, [filter.name]: filter.value });
      expectOnly(page, filter.keeps, filter.words);
      const matches = (model: Model) => textsOf(model).some((text) => contains(text, query.trim()));
      expectOnly(page, matches, `that match ${query}`);
      expectLength(page, limitSchema.maximum);
      if (query === inside.tinker_id) expectAmong(page, [inside], `that match ${query}`);
    }
  }
  if (!shown) throw new Skip('no filter tells the models apart');
}

export const filterChecks: Check[] = [
  {
    id: 'family-filter',
    title: 'A family filter gives the models of that family, all and only.',
    run: (subject) => checkMember(subject, 'family'),
  },
  {
    id: 'family-unmatched',
    title: 'A family that no model has gives an empty list.',
    run: (subject) => checkNobody(subject, 'family'),
  },
  {
    id: 'algorithm-filter',
    title: 'An algorithm filter gives the models that support it, all and only.',
    run: (subject) => checkMember(subject, 'algorithm'),
  },
  {
    id: 'algorithm-unmatched',
    title: 'An algorithm that no model supports gives an empty list.',
    run: (subject) => checkNobody(subject, 'algorithm'),
  },
  {
    id: 'family-part',
    title: 'A part of a family is another family.',
    run: (subject) => checkPart(subject, 'family'),
  },
  {
    id: 'algorithm-part',
    title: 'A part of an algorithm is another algorithm.',
    run: (subject) => checkPart(subject, 'algorithm'),
  },
  {
    id: 'min-size-filter',
    title: 'A lower bound keeps the models above it and none below.',
    run: (subject) => checkBound(subject, 'min_size_b'),
  },
  {
    id: 'max-size-filter',
    title: 'An upper bound keeps the models below it and none above.',
    run: (subject) => checkBound(subject, 'max_size_b'),
  },
  {
    id: 'min-size-inclusive',
    title: 'A lower bound keeps the models of exactly that size.',
    run: (subject) => checkInclusive(subject, 'min_size_b'),
  },
  {
    id: 'max-size-inclusive',
    title: 'An upper bound keeps the models of exactly that size.',
    run: (subject) => checkInclusive(subject, 'max_size_b'),
  },
  {
    id: 'size-decimals',
    title: 'The decimals of a bound count.',
    run: checkDecimals,
  },
  {
    id: 'size-zero',
    title: 'A bound of 0 or less is a bound: above it is everything, below it nothing.',
    async run(subject) {
      const all = await askMatches(subject, {});
      await knownModels(subject);
      for (const bound of [0, -1]) {
        // Whether such a bound is taken is for the checks of that name.
        const isRefused = async (query: Query) =>
          bound < 0 && (await subject.ask(catalog, { search: encode(query) })).status !== 200;
        if ((await isRefused({ min_size_b: bound })) || (await isRefused({ max_size_b: bound }))) continue;
        const above = await askPage(subject, encode({ min_size_b: bound }));
        if (above.total !== all.total) {
          throw new Failure(above.answer, `total ${all.total}, as without a bound`, `total ${above.total}`);
        }
        expectNone(await askPage(subject, encode({ max_size_b: bound })), 'no model is that small');
      }
    },
  },
  {
    id: 'filters-within',
    title: 'What a filter gives is in the catalog without it, too.',
    run: checkWithin,
  },
  {
    id: 'filters-combine',
    title: 'Two filters together keep the models that fit both.',
    run: checkCombination,
  },
  {
    id: 'filters-combine-all',
    title: 'All filters together keep the models that fit each.',
    run: checkAll,
  },
  {
    id: 'search-combines',
    title: 'A search with a filter finds the models that match both, all and only.',
    run: checkSearchCombination,
  },
];

/** What becomes of a list of values where the contract has one value, it does not say. */
export const severalChecks: Check[] = (['family', 'algorithm'] as const).map((name) => ({
  id: `${name}-several`,
  title: `Two values with a comma between are one value of ${name}, which no model has.`,
  run: (subject) => checkSeveral(subject, name),
}));
