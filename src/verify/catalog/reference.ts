/** What the public API reference says of `GET /training/catalog`, where a check rests on it. */
export const reference = {
  source: 'API reference: "the source of truth for what you can pass as --model"',
  query: 'API reference, query: "Free-text search across model id and display name"',
  family: 'API reference, family: "Restrict to a single model family"',
  algorithm: 'API reference, algorithm: "Restrict to models supporting this algorithm"',
  min_size_b: 'API reference, min_size_b: "Minimum active parameter count (B)"',
  max_size_b: 'API reference, max_size_b: "Maximum active parameter count (B)"',
  limit: 'API reference, limit: "Maximum number of models to return; total still reflects all matches"',
  usual: 'API reference, limit: "default: 20"',
  model: 'API reference, TrainingModel: "One base model available for hosted training jobs"',
  errors: 'API reference, errors: "Where the validation error occurred"',
  invalid: 'API reference, 400: "Invalid request"',
} as const;

/** What this package adds to it: how its own server reads the parameters. */
export const ours = {
  query: 'docs/verify.md: a search is a part of the id or the name, trimmed, in any letter case',
  member: 'docs/verify.md: a family or an algorithm is an exact member',
  size: 'docs/verify.md: bounds are inclusive numbers as JSON writes them',
  order: 'docs/verify.md: the order of the catalog is kept',
  names: 'docs/verify.md: the last of a repeated parameter counts, and an unknown one is ignored',
} as const;
