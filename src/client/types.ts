/** What goes into the client's methods and what comes out, derived from the contract's types. */
import type { components, operations } from '../../generated/schema.ts';

type Schemas = components['schemas'];
type WireQuery = NonNullable<operations['list_training_catalog_endpoint']['parameters']['query']>;

/** `'llama' | 'qwen'` becomes `'llama' | 'qwen' | (string & {})`: known values complete, newer ones compile. */
export type Open<Known extends string | number> =
  | Known
  | ((Known extends string ? string : number) & Record<never, never>);

/**
 * Filters and page size under their wire names. Null and undefined mean: not set.
 *
 * @example
 * { family: 'qwen', min_size_b: 7, limit: 100 }
 */
export type CatalogQuery = { [Name in keyof WireQuery]?: WireQuery[Name] | null | undefined };

/** The family of a model. Newer values than the contract knows are passed on. */
export type Family = Open<Schemas['TrainingModel']['family']>;

/** A training algorithm. Newer values than the contract knows are passed on. */
export type Algorithm = Open<Schemas['TrainingModel']['supported_algorithms'][number]>;

/** The architecture of a model. Newer values than the contract knows are passed on. */
export type ModelType = Open<Schemas['TrainingModel']['type']>;

/** The stable word for what went wrong. Newer values than the contract knows are passed on. */
export type ErrorType = Open<Schemas['APIErrorPayload']['type']>;

/** The status that an error envelope repeats. Newer values than the contract knows are passed on. */
export type ErrorCode = Open<Schemas['APIErrorPayload']['code']>;

/** Upstream rates in USD per million tokens; null or absent is unknown, not free. */
export type TrainingModelPricing = Schemas['TrainingModelPricing'];

/** One problem with one part of a request. */
export type ValidationErrorItem = Schemas['ValidationErrorItem'];

/** A base model as the API sends it, with value lists open to growth. `size_b` is in billions of active parameters. */
export interface TrainingModel
  extends Omit<Schemas['TrainingModel'], 'family' | 'type' | 'supported_algorithms' | 'extended_context'> {
  /** The family that the model belongs to. */
  family: Family;
  /** Whether all parameters take part in each token (`dense`) or a few experts do (`moe`). */
  type: ModelType;
  /** The training algorithms that the model can be used with. */
  supported_algorithms: Algorithm[];
  /** Whether a variant with a longer context exists. Absent on the wire reads as false, the contract's default. */
  extended_context: boolean;
}

/** A page of the catalog. */
export interface TrainingCatalog {
  /** The limit that was applied. */
  limit: number;
  /** The matching models, up to `limit` of them; always an array. */
  models: TrainingModel[];
  /** How many models match, returned or not. */
  total: number;
}
