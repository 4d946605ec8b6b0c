/** What goes into the client's methods and what comes out, derived from the contract's types. */
import type { components, operations } from '../../generated/schema.ts';
import type { Open } from './open.ts';

type Schemas = components['schemas'];

/** The query as the contract has it. */
type WireQuery = NonNullable<operations['list_training_catalog_endpoint']['parameters']['query']>;

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

/** Free texts in the contract, for which the values that models have are worth offering. */
interface Offered {
  family: Family;
  algorithm: Algorithm;
}

/**
 * Filters and page size under their wire names. Null and undefined mean: not set.
 *
 * @example
 * { family: 'qwen', min_size_b: 7, limit: 100 }
 */
export type CatalogQuery = {
  [Name in keyof WireQuery]?:
    | (Name extends keyof Offered ? Offered[Name] : WireQuery[Name])
    | null
    | undefined;
};

/** Upstream rates in USD per million tokens; null or absent is unknown, not free. */
export type TrainingModelPricing = Open<Schemas['TrainingModelPricing']>;

/** One problem with one part of a request. */
export type ValidationErrorItem = Open<Schemas['ValidationErrorItem']>;

/** The envelope of every error. */
export type ErrorEnvelope = Open<Schemas['APIErrorPayload']>;

/** A base model as the API sends it, with value lists open to growth. `size_b` is in billions of active parameters. */
export interface TrainingModel extends Open<Schemas['TrainingModel']> {
  /** Whether a variant with a longer context exists. Absent on the wire reads as false, the contract's default. */
  extended_context: boolean;
}

/** A page of the catalog. */
export interface TrainingCatalog extends Omit<Open<Schemas['TrainingCatalogResponse']>, 'models'> {
  /** The matching models. Up to `limit` of them; always an array. */
  models: TrainingModel[];
}
