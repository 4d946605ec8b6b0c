/** Chooses values to filter by that tell the known models apart. */

import type { Subject } from '../subject.ts';
import { Skip } from '../verdict.ts';
import { knownModels, type Model } from './pages.ts';

/** A filter with one value, and which models it keeps. */
export interface Filter {
  readonly name: 'family' | 'algorithm' | 'min_size_b' | 'max_size_b';
  readonly value: string | number;
  readonly keeps: (model: Model) => boolean;
  /** For messages: `of family qwen`. */
  readonly words: string;
}

/** What a model has for a filter to compare with. */
export const valuesOf = {
  family: (model: Model): string[] => [model.family],
  algorithm: (model: Model): string[] => model.supported_algorithms,
};

function memberFilter(name: 'family' | 'algorithm', value: string): Filter {
  return {
    name,
    value,
    keeps: (model) => valuesOf[name](model).includes(value),
    words: name === 'family' ? `of family ${value}` : `with algorithm ${value}`,
  };
}

export function sizeFilter(name: 'min_size_b' | 'max_size_b', value: number): Filter {
  return name === 'min_size_b'
    ? { name, value, keeps: (model) => model.size_b >= value, words: `of size ${value} or more` }
    : { name, value, keeps: (model) => model.size_b <= value, words: `of size ${value} or less` };
}

/** A filter for each value that some models have and others have not; the most selective first. */
export function memberFilters(models: readonly Model[], name: 'family' | 'algorithm'): Filter[] {
  return [...new Set(models.flatMap(valuesOf[name]))]
    .map((value) => memberFilter(name, value))
    .map((filter) => ({ filter, matches: models.filter(filter.keeps).length }))
    .filter(({ matches }) => matches < models.length)
    .sort((a, b) => a.matches - b.matches)
    .map(({ filter }) => filter);
}

/**
 * A bound that is the size of a known model and, as far as there are such, has known models on both
 * sides. It lies near the end, so that a page holds the matches of a long catalog too.
 */
export function sizeBound(models: readonly Model[], name: 'min_size_b' | 'max_size_b'): number {
  const sizes = [...new Set(models.map((model) => model.size_b))].sort((a, b) => a - b);
  if (name === 'min_size_b') sizes.reverse();
  return sizes[sizes.length > 2 ? 1 : 0] as number;
}

/**
 * One filter for each parameter that can tell the known models apart. Together they leave something: no bound
 * crosses the other.
 *
 * @throws Skip if none can
 */
export async function narrowingFilters(subject: Subject): Promise<Filter[]> {
  const models = await knownModels(subject);
  const sizes = [...new Set(models.map((model) => model.size_b))].sort((a, b) => a - b);
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
