/** Checks that each filter keeps the models it should, alone and with others. */
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../../generated/values.ts';
import { catalog } from '../../contract.ts';
import { type Check, Failure, Skip } from '../check.ts';
import type { Subject } from '../subject.ts';
import {
  type Bound,
  type Filter,
  type Member,
  memberFilters,
  sizeBound,
  sizeFilter,
  sizesOf,
  valuesOf,
} from './choose.ts';
import {
  askMatches,
  askPage,
  encode,
  expectAmong,
  expectLength,
  expectModels,
  expectNone,
  expectOnly,
  expectTotal,
  knownModels,
  limitSchema,
  type Model,
  type Query,
  unmatchedValue,
} from './pages.ts';
import { mentions } from './texts.ts';

/** How many values of one parameter are tried at most. */
const mostValues = 6;

/** How many pairs of filters are tried at most. */
const mostPairs = 3;

/** Fails unless these filters together keep the models that they should, and no others. */
async function expectFiltered(
  subject: Subject,
  models: readonly Model[],
  filters: readonly Filter[],
): Promise<void> {
  const page = await askMatches(subject, Object.fromEntries(filters.map(({ name, value }) => [name, value])));
  const keeps = (model: Model) => filters.every((filter) => filter.keeps(model));
  const description = filters.map((filter) => filter.description).join(' and ');
  expectModels(page, keeps, models.filter(keeps), description);
}

async function checkMember(subject: Subject, name: Member): Promise<void> {
  const models = await knownModels(subject);
  const filters = memberFilters(models, name);
  if (filters.length === 0) throw new Skip(`no ${name} tells the models apart`);
  // Several are tried, as a server may treat some value in a special way.
  for (const filter of filters.slice(0, mostValues)) await expectFiltered(subject, models, [filter]);
}

async function checkUnmatched(subject: Subject, name: Member): Promise<void> {
  await knownModels(subject);
  const page = await askMatches(subject, { [name]: unmatchedValue });
  expectNone(page, `no model has ${name} ${unmatchedValue}`);
}

/** Values that match if a server compares parts: cut at the start, cut at the end, and with a letter added. */
async function checkPart(subject: Subject, name: Member): Promise<void> {
  const models = await knownModels(subject);
  const values = new Set(models.flatMap(valuesOf[name]));
  const [longest = ''] = [...values].sort((a, b) => b.length - a.length);
  const parts = [longest.slice(0, 1), longest.slice(0, -1), longest.slice(1), `${longest}x`].filter(
    (part) => part.trim() !== '' && !values.has(part),
  );
  if (longest === '') throw new Skip(`no model has a value of ${name}`);
  for (const part of new Set(parts)) {
    const page = await askMatches(subject, { [name]: part });
    expectNone(page, `no model has ${name} ${part}`);
  }
}

/** Two values with a comma between are no value of any model. */
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
  // Models of exactly that size are for the checks of inclusive bounds.
  const expected = models.filter((model) => filter.keeps(model) && model.size_b !== bound);
  expectModels(page, filter.keeps, expected, filter.description);
}

async function checkInclusive(subject: Subject, name: Bound): Promise<void> {
  const models = await knownModels(subject);
  const rounded = models.map(({ size_b }) => size_b).find((size) => isLostByRounding(size, name));
  for (const bound of new Set([sizeBound(models, name), rounded ?? sizeBound(models, name)])) {
    const page = await askMatches(subject, { [name]: bound });
    const expected = models.filter((model) => model.size_b === bound);
    expectAmong(page, expected, sizeFilter(name, bound).description);
  }
}

/** Whether a server that keeps sizes in single precision finds this one outside of a bound of the same value. */
function isLostByRounding(size: number, name: Bound): boolean {
  return name === 'min_size_b' ? Math.fround(size) < size : Math.fround(size) > size;
}

/** Bounds just beyond a size: a server that rounds or cuts decimals keeps models of that size. */
async function checkDecimals(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  for (const name of ['min_size_b', 'max_size_b'] as const) {
    const size = sizeBound(models, name);
    const beyond = name === 'min_size_b' ? size + 0.01 : size - 0.01;
    const filter = sizeFilter(name, Number(beyond.toFixed(3)));
    if (filter.keeps({ size_b: size } as Model)) throw new Skip(`the size ${size} is too large to show it`);
    await expectFiltered(subject, models, [filter]);
  }
}

/** Finds a server that hides models unless a filter asks for them. */
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

/** The same for more models than fit on a page, by totals: as a model has one family, those of all families add up. */
async function checkSum(subject: Subject, all: number): Promise<void> {
  let left = all;
  for (const family of TrainingModel_family) {
    const page = await askMatches(subject, { family });
    if (page.models.some((model) => model.family !== family)) {
      throw new Skip('a family has other models among it; see family-filter');
    }
    if (page.total > left) {
      const why = `${all} without a filter, less those of other families`;
      throw new Failure(page.answer, `a total of at most ${left}: ${why}`, `total ${page.total}`);
    }
    left -= page.total;
  }
}

/** The first two filters of which each removes some matches of the other, and that leave some. */
function findPair(
  models: readonly Model[],
  some: readonly Filter[],
  others: readonly Filter[],
): [Filter, Filter] | undefined {
  const count = (keeps: Filter['keeps']) => models.filter(keeps).length;
  for (const one of some) {
    for (const other of others) {
      const both = count((model) => one.keeps(model) && other.keeps(model));
      if (both > 0 && both < count(one.keeps) && both < count(other.keeps)) return [one, other];
    }
  }
  return undefined;
}

async function checkCombination(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  const families = memberFilters(models, 'family').reverse();
  const algorithms = memberFilters(models, 'algorithm').reverse();
  // The lower bound is near the smallest size and the upper one near the largest, so that there are sizes between.
  const lower = [sizeFilter('min_size_b', sizeBound(models, 'max_size_b'))];
  const upper = [sizeFilter('max_size_b', sizeBound(models, 'min_size_b'))];
  const pairs = [
    findPair(models, families, algorithms),
    findPair(models, lower, upper),
    findPair(models, algorithms, upper),
    findPair(models, families, lower),
  ].filter((pair) => pair !== undefined);
  if (pairs.length === 0) throw new Skip('no two filters narrow each other');
  for (const pair of pairs.slice(0, mostPairs)) await expectFiltered(subject, models, pair);
}

/** As many filters at once as leave something. */
async function checkAll(subject: Subject): Promise<void> {
  const models = await knownModels(subject);
  // The most common family, an algorithm that some of it lack, and bounds that leave out its smallest and largest.
  const family = memberFilters(models, 'family').at(-1);
  const ofFamily = family ? models.filter(family.keeps) : models;
  const algorithm = memberFilters(ofFamily, 'algorithm').at(-1) ?? memberFilters(models, 'algorithm').at(-1);
  const sizes = sizesOf(algorithm ? ofFamily.filter(algorithm.keeps) : ofFamily);
  if (sizes.length < 3) throw new Skip('too few models are left to narrow them by everything at once');
  await expectFiltered(subject, models, [
    ...[family, algorithm].filter((filter) => filter !== undefined),
    sizeFilter('min_size_b', sizes[1] as number),
    sizeFilter('max_size_b', sizes.at(-2) as number),
  ]);
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
    // By display name, too: if SQL lacks brackets around its OR, one of the two texts is found despite the filter.
    for (const query of [outside.tinker_id, outside.display_name, inside.tinker_id]) {
      if (query.trim() === '') continue;
      const page = await askMatches(subject, { query, [filter.name]: filter.value });
      expectOnly(page, filter.keeps, filter.description);
      expectOnly(page, (model) => mentions(model, query.trim()), `that match ${query}`);
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
    run: (subject) => checkUnmatched(subject, 'family'),
  },
  {
    id: 'algorithm-filter',
    title: 'An algorithm filter gives the models that support it, all and only.',
    run: (subject) => checkMember(subject, 'algorithm'),
  },
  {
    id: 'algorithm-unmatched',
    title: 'An algorithm that no model supports gives an empty list.',
    run: (subject) => checkUnmatched(subject, 'algorithm'),
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
        // A server may refuse a bound below 0: that is for the checks of the parameter.
        const isRefused = async (query: Query) =>
          bound < 0 && (await subject.ask(catalog, { search: encode(query) })).status !== 200;
        if ((await isRefused({ min_size_b: bound })) || (await isRefused({ max_size_b: bound }))) continue;
        const above = await askPage(subject, encode({ min_size_b: bound }));
        expectTotal(above, all.total, 'as without a bound');
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

/** Advice: the contract does not say what two values mean where it has one. */
export const severalChecks: Check[] = (['family', 'algorithm'] as const).map((name) => ({
  id: `${name}-several`,
  title: `Two values with a comma between are one value of ${name}, which no model has.`,
  run: (subject) => checkSeveral(subject, name),
}));
