/** Chooses filters that keep some of the known models and not all. */
import { Skip } from '../check.ts';
import type { Subject } from '../subject.ts';
import { knownModels, type Model } from './pages.ts';

/** A parameter that compares for equality. */
export type Member = 'family' | 'algorithm';

/** A parameter that compares sizes. */
export type Bound = 'min_size_b' | 'max_size_b';

/** A parameter with a value, and which models it keeps. */
export interface Filter {
  readonly name: Member | Bound;
  readonly value: string | number;
  readonly keeps: (model: Model) => boolean;
  /** For messages: `of family qwen`. */
  readonly description: string;
}

/** The values of a model that a filter compares with. */
export const valuesOf = {
  family: (model: Model): string[] => [model.family],
  algorithm: (model: Model): string[] => model.supported_algorithms,
};

function memberFilter(name: Member, value: string): Filter {
  return {
    name,
    value,
    keeps: (model) => valuesOf[name](model).includes(value),
    description: name === 'family' ? `of family ${value}` : `with algorithm ${value}`,
  };
}

export function sizeFilter(name: Bound, value: number): Filter {
  return name === 'min_size_b'
    ? { name, value, keeps: (model) => model.size_b >= value, description: `of size ${value} or more` }
    : { name, value, keeps: (model) => model.size_b <= value, description: `of size ${value} or less` };
}

/** A filter for each value that some models have and not all. The one with the fewest matches comes first. */
export function memberFilters(models: readonly Model[], name: Member): Filter[] {
  return [...new Set(models.flatMap(valuesOf[name]))]
    .map((value) => memberFilter(name, value))
    .map((filter) => ({ filter, matches: models.filter(filter.keeps).length }))
    .filter(({ matches }) => matches < models.length)
    .sort((a, b) => a.matches - b.matches)
    .map(({ filter }) => filter);
}

/** The sizes of the models, each once, in ascending order. */
export function sizesOf(models: readonly Model[]): number[] {
  return [...new Set(models.map((model) => model.size_b))].sort((a, b) => a - b);
}

/**
 * The size of a known model, with known models on both sides if there are three sizes. It is the second from the end
 * that the bound keeps, so the matches fit on a page even in a long catalog.
 */
export function sizeBound(models: readonly Model[], name: Bound): number {
  const sizes = sizesOf(models);
  if (name === 'min_size_b') sizes.reverse();
  return sizes[sizes.length > 2 ? 1 : 0] as number;
}

/**
 * One filter for each parameter, if some keeps some of the known models and not all. The bounds do not cross.
 *
 * @throws Skip if there is none
 */
export async function narrowingFilters(subject: Subject): Promise<Filter[]> {
  const models = await knownModels(subject);
  const sizes = sizesOf(models);
  const filters = [
    ...memberFilters(models, 'family').slice(-1),
    ...memberFilters(models, 'algorithm').slice(-1),
    sizeFilter('min_size_b', sizes[1] ?? (sizes[0] as number)),
    sizeFilter('max_size_b', sizes.at(-2) ?? (sizes[0] as number)),
  ].filter((filter) => !models.every(filter.keeps));
  if (filters.length === 0) throw new Skip('no filter tells the models apart');
  return filters;
}

/** A filter as a query. */
export const queryOf = ({ name, value }: Filter) => ({ [name]: value });
