/** Makes the checks of what the catalog means, each with the sentence that it rests on. */
import type { Check } from '../subject.ts';

/** What the public API reference says of `GET /training/catalog`. */
const reference = {
  catalog: 'This is the source of truth for what you can pass as --model',
  query: 'query: Free-text search across model id and display name',
  family: 'family: Restrict to a single model family',
  algorithm: 'algorithm: Restrict to models supporting this algorithm',
  min_size_b: 'min_size_b: Minimum active parameter count (B)',
  max_size_b: 'max_size_b: Maximum active parameter count (B)',
  limit: 'limit: Maximum number of models to return; total still reflects all matches',
  model: 'TrainingModel: One base model available for hosted training jobs',
};

/** What this package adds where the API reference leaves a choice; see docs/verify.md. */
const choice = {
  query: 'a search is a part of the id or the display name, trimmed, in any letter case',
  members: 'a family or an algorithm is an exact member',
  sizes: 'bounds are inclusive, and numbers as JSON writes them',
  order: 'the order of the catalog is kept',
  names: 'the last of a repeated parameter counts, and an unknown one is ignored',
  errors: 'a 422 names each parameter that is wrong',
  text: 'a text that can not be decoded is refused or found nowhere',
};

type Run = Check['run'];

export function must(id: string, source: keyof typeof reference, title: string, run: Run): Check {
  const quoted = `API reference, "${reference[source]}"`;
  return { id, title, severity: 'must', source: quoted, comparesModels: true, run };
}

export function should(id: string, source: keyof typeof choice, title: string, run: Run): Check {
  return {
    id,
    title,
    severity: 'should',
    source: `this package: ${choice[source]}`,
    comparesModels: true,
    run,
  };
}
