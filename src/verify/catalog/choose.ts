/** Chooses filters from the models that are known, so that what they have to give is known, too. */
import { fits, type Model, maximum, minimum, type Query, usual } from './pages.ts';

/** A parameter that compares for equality. */
export type Member = 'family' | 'algorithm';

/** A parameter that compares sizes. */
export type Bound = 'min_size_b' | 'max_size_b';

/** A value that no model has. */
export const unmatched = 'no-such-value';

/** The values of a model that a filter compares with. */
export const valuesOf: Readonly<Record<Member, (model: Model) => readonly string[]>> = {
  family: ({ family }) => [family],
  algorithm: ({ supported_algorithms }) => supported_algorithms,
};

/** The values of all models, each once. */
export function membersOf(models: readonly Model[], name: Member): string[] {
  return [...new Set(models.flatMap((model) => valuesOf[name](model)))];
}

/** The sizes of the models, each once, in ascending order. */
export function sizesOf(models: readonly Model[]): number[] {
  return [...new Set(models.map(({ size_b }) => size_b))].sort((a, b) => a - b);
}

export const matchesOf = (models: readonly Model[], query: Query): Model[] =>
  models.filter((model) => fits(model, query));

/** All filters by one parameter, from the one with the most matches to that with the fewest. */
export function filtersBy(models: readonly Model[], name: Member | Bound): Query[] {
  const values = name === 'family' || name === 'algorithm' ? membersOf(models, name) : sizesOf(models);
  return values
    .map((value) => ({
      query: { [name]: value } as Query,
      matches: matchesOf(models, { [name]: value }).length,
    }))
    .sort((a, b) => b.matches - a.matches)
    .map(({ query }) => query);
}

const names = ['family', 'algorithm', 'min_size_b', 'max_size_b'] as const;

/** For each parameter the filter with the most matches that leaves something out, if there is one. */
export function filterOfEach(models: readonly Model[]): Query[] {
  return names.flatMap((name) => {
    const filters = filtersBy(models, name);
    return filters.find((filter) => matchesOf(models, filter).length < models.length) ?? filters.slice(0, 1);
  });
}

/**
 * For each parameter the filter that leaves out the most of the first models, with a limit at which a page has some of
 * its matches and not all, one above the usual, and the largest: a server may know several.
 */
export function limitedFilters(models: readonly Model[]): { filter: Query; limits: number[] }[] {
  return names.flatMap((name) => {
    const candidates = filtersBy(models, name).map((filter) => {
      const matches = matchesOf(models, filter).length;
      const limit = Math.max(minimum, Math.min(matches - 1, 3));
      // How many models a page lacks if the server applies the limit before the filter.
      const missing = limit - matchesOf(models.slice(0, limit), filter).length;
      return { filter, matches, missing, limits: [limit, usual + 1, maximum] };
    });
    const [best] = candidates.filter(({ matches }) => matches > 1).sort((a, b) => b.missing - a.missing);
    return best ?? [];
  });
}

/** The first two filters of which each removes some matches of the other, and that leave some. */
export function pairOf(models: readonly Model[], some: readonly Query[], others: readonly Query[]) {
  const count = (query: Query) => matchesOf(models, query).length;
  for (const one of some) {
    for (const other of others) {
      const both = count({ ...one, ...other });
      if (both > 0 && both < count(one) && both < count(other)) return { ...one, ...other };
    }
  }
  return undefined;
}
