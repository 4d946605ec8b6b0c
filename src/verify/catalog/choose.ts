/** Chooses filters from the models that are known, so that what they have to give is known, too. */
import { fits, type Model, type Query } from './pages.ts';

/** A parameter that compares for equality. */
export type Member = 'family' | 'algorithm';

const names = ['family', 'algorithm', 'min_size_b', 'max_size_b'] as const;

/** The values of all models, each once. */
export function membersOf(models: readonly Model[], name: Member): string[] {
  const values = (model: Model): string[] =>
    name === 'family' ? [model.family] : model.supported_algorithms;
  return [...new Set(models.flatMap(values))];
}

/** The sizes of the models, each once, in ascending order. */
export function sizesOf(models: readonly Model[]): number[] {
  return [...new Set(models.map(({ size_b }) => size_b))].sort((a, b) => a - b);
}

/** How many values of one parameter are tried at most: of more, the first and the last ones. */
const mostValues = 8;

export function someOf<Value>(values: readonly Value[]): Value[] {
  const half = mostValues / 2;
  return values.length <= mostValues ? [...values] : [...values.slice(0, half), ...values.slice(-half)];
}

const count = (models: readonly Model[], query: Query): number =>
  models.filter((model) => fits(model, query)).length;

/** Filters by one parameter, from the one with the most matches to that with the fewest. */
function filtersBy(models: readonly Model[], name: (typeof names)[number]): Query[] {
  const values = name === 'family' || name === 'algorithm' ? membersOf(models, name) : sizesOf(models);
  return someOf<string | number>(values)
    .map((value): Query => ({ [name]: value }))
    .sort((a, b) => count(models, b) - count(models, a));
}

/** For each parameter the filter with the most matches that leaves something out, if there is one. */
export function filterOfEach(models: readonly Model[]): Query[] {
  return names.flatMap((name) => {
    const filters = filtersBy(models, name);
    return filters.find((filter) => count(models, filter) < models.length) ?? filters.slice(0, 1);
  });
}

/** For each two parameters, and for all at once, filters of which each leaves out something that the others keep. */
export function narrowing(models: readonly Model[]): Query[] {
  const pairs = names.flatMap((name, index) => names.slice(index + 1).map((other) => [name, other]));
  return [...pairs, [...names], [...names].reverse()].flatMap((chosen) => {
    const all = chosen.reduce<Query[]>(
      (queries, name) => {
        const filters = filtersBy(models, name as (typeof names)[number]);
        return queries.flatMap((query) => filters.map((filter) => ({ ...query, ...filter })));
      },
      [{}],
    );
    const narrows = (query: Query) => {
      const matches = count(models, query);
      return matches > 0 && chosen.every((name) => count(models, { ...query, [name]: undefined }) > matches);
    };
    return all.find(narrows) ?? [];
  });
}
