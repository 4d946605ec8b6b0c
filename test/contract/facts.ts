/**
 * The facts of the API, typed by hand from its public reference page, and how a contract departs from them.
 *
 * Nothing here is read from the contract or from generated code, so a slip in the YAML can't hide.
 * `stated`: the page shows it. `inferred`: the page's renderer hides what is false, zero or null, and
 * what it calls the operation and the server, so this is our reading.
 */
import { type Found, observe, type Value } from './observe.ts';

type Basis = 'stated' | 'inferred';

interface Fact {
  /** Where in the API: `GET /path`, `parameter limit`, `TrainingModel.size_b`. */
  subject: string;
  /** Which aspect of it, mostly a keyword of OpenAPI. */
  aspect: string;
  /** Lists are sets: their order means nothing. Two facts on one aspect add up. */
  value: Value;
  basis: Basis;
}

const stated = (subject: string, aspects: Record<string, Value>) => list('stated', subject, aspects);
const inferred = (subject: string, aspects: Record<string, Value>) => list('inferred', subject, aspects);

function list(basis: Basis, subject: string, aspects: Record<string, Value>): Fact[] {
  return Object.entries(aspects).map(([aspect, value]) => ({ basis, subject, aspect, value }));
}

/**
 * What each status means: the page gives the meanings in the order of the envelope's `code` values. Which of the
 * envelope's types say so, and whether trying again may help, is our reading; an error that the page does not show has
 * the basis `inferred`.
 */
export const errors: Record<string, { meaning: string; types: string[]; retry: boolean; basis?: Basis }> = {
  400: { meaning: 'InvalidRequest', types: ['invalid_error'], retry: false },
  401: {
    meaning: 'AuthenticationFailed',
    types: ['authentication_error', 'expired_token_error', 'token_error'],
    retry: false,
  },
  403: { meaning: 'AccessForbidden', types: ['forbidden_error'], retry: false },
  404: { meaning: 'NotFound', types: ['not_found_error'], retry: false },
  409: { meaning: 'AlreadyExists', types: ['already_exists_error', 'conflict_error'], retry: false },
  422: { meaning: 'ValidationFailed', types: ['validation_error'], retry: false },
  426: { meaning: 'UpgradeRequired', types: ['upgrade_required_error'], retry: false },
  429: {
    meaning: 'RateLimited',
    types: ['usage_limit_exceeded_error', 'e2b_rate_limit_error'],
    retry: true,
  },
  500: { meaning: 'InternalServerError', types: ['server_error', 'app_error'], retry: true },
  502: { meaning: 'BadGateway', types: ['bad_gateway_error'], retry: true },
  504: { meaning: 'GatewayTimeout', types: ['gateway_timeout_error'], retry: true },
};
const errorMeanings = Object.values(errors).map(({ meaning }) => meaning);

const parameters: Record<string, Basis> = {
  query: 'stated',
  family: 'stated',
  algorithm: 'stated',
  min_size_b: 'stated',
  max_size_b: 'stated',
  limit: 'stated',
};

const facts: Fact[] = [
  ...stated('API', { paths: ['/api/v1/training/catalog'] }),
  ...inferred('API', { servers: ['https://app.dreadnode.io'] }),
  ...stated('components', {
    schemas: [
      'TrainingCatalogResponse',
      'TrainingModel',
      'TrainingModelPricing',
      'APIErrorPayload',
      'ValidationErrorItem',
    ],
  }),
  ...inferred('components', {
    parameters: Object.keys(parameters),
    responses: ['TrainingCatalog', ...errorMeanings],
    securitySchemes: ['bearerAuth'],
  }),

  ...stated('/api/v1/training/catalog', { operations: ['get'] }),
  ...inferred('GET /api/v1/training/catalog', { operationId: 'list_training_catalog_endpoint' }),
  ...stated('GET /api/v1/training/catalog', {
    security: ['http bearer'],
    responses: ['200 TrainingCatalog'],
  }),
  ...Object.entries(errors).flatMap(([status, { meaning, basis = 'stated' }]) => [
    ...list(basis, 'GET /api/v1/training/catalog', { responses: [`${status} ${meaning}`] }),
    ...list(basis, 'APIErrorPayload.code', { enum: [Number(status)] }),
  ]),

  ...Object.entries(parameters).flatMap(([name, basis]) => [
    ...list(basis, 'GET /api/v1/training/catalog', { parameters: [name] }),
    ...list(basis, `parameter ${name}`, { name, in: 'query' }),
  ]),
  ...['query', 'family', 'algorithm'].flatMap((name) => [
    ...stated(`schema of parameter ${name}`, { anyOf: ['string'] }),
    ...inferred(`schema of parameter ${name}`, { anyOf: ['null'] }),
  ]),
  ...['min_size_b', 'max_size_b'].flatMap((name) => [
    ...stated(`schema of parameter ${name}`, { anyOf: ['number'] }),
    ...inferred(`schema of parameter ${name}`, { anyOf: ['null'] }),
  ]),
  ...stated('schema of parameter limit', { type: 'integer', default: 20, minimum: 1, maximum: 100 }),

  ...stated('response TrainingCatalog', { 'application/json': 'TrainingCatalogResponse' }),
  ...Object.values(errors).flatMap(({ meaning, retry, basis = 'stated' }) => [
    ...list(basis, `response ${meaning}`, { 'application/json': 'APIErrorPayload' }),
    ...inferred(`response ${meaning}`, { 'x-retry': retry }),
  ]),

  ...stated('TrainingCatalogResponse', {
    type: 'object',
    required: ['limit', 'total'],
    properties: ['limit', 'models', 'total'],
  }),
  ...stated('TrainingCatalogResponse.limit', { type: 'integer', minimum: 1 }),
  ...stated('TrainingCatalogResponse.models', { type: 'array' }),
  ...stated('TrainingCatalogResponse.models[]', { is: 'TrainingModel' }),
  ...stated('TrainingCatalogResponse.total', { type: 'integer' }),

  ...stated('TrainingModel', {
    type: 'object',
    required: [
      'context_length',
      'display_name',
      'family',
      'size_b',
      'supported_algorithms',
      'tinker_id',
      'type',
    ],
    properties: [
      'context_length',
      'display_name',
      'extended_context',
      'family',
      'pricing',
      'size_b',
      'supported_algorithms',
      'tinker_id',
      'type',
    ],
  }),
  ...stated('TrainingModel.context_length', { type: 'integer', minimum: 1 }),
  ...stated('TrainingModel.display_name', { type: 'string' }),
  ...stated('TrainingModel.extended_context', { type: 'boolean' }),
  ...inferred('TrainingModel.extended_context', { default: false }),
  ...stated('TrainingModel.family', { type: 'string', enum: ['llama', 'qwen'] }),
  ...stated('TrainingModel.pricing', { anyOf: ['TrainingModelPricing'] }),
  ...inferred('TrainingModel.pricing', { anyOf: ['null'] }),
  ...stated('TrainingModel.size_b', { type: 'number', minimum: 0.1 }),
  ...stated('TrainingModel.supported_algorithms', { type: 'array' }),
  ...stated('TrainingModel.supported_algorithms[]', {
    type: 'string',
    enum: ['sft', 'importance_sampling', 'ppo'],
  }),
  ...stated('TrainingModel.tinker_id', { type: 'string' }),
  ...stated('TrainingModel.type', { type: 'string', enum: ['dense', 'moe'] }),

  ...stated('TrainingModelPricing', { type: 'object', properties: ['prefill', 'sample', 'train'] }),
  ...['prefill', 'sample', 'train'].flatMap((rate) => [
    ...stated(`TrainingModelPricing.${rate}`, { anyOf: ['number'] }),
    ...inferred(`TrainingModelPricing.${rate}`, { anyOf: ['null'] }),
  ]),

  ...stated('APIErrorPayload', {
    type: 'object',
    required: ['code', 'detail', 'type'],
    properties: ['code', 'detail', 'errors', 'type'],
  }),
  ...stated('APIErrorPayload.code', { type: 'integer' }),
  ...stated('APIErrorPayload.detail', { type: 'string' }),
  ...stated('APIErrorPayload.errors', { anyOf: ['array of ValidationErrorItem'] }),
  ...inferred('APIErrorPayload.errors', { anyOf: ['null'] }),
  ...stated('APIErrorPayload.type', {
    type: 'string',
    enum: [
      'already_exists_error',
      'app_error',
      'authentication_error',
      'conflict_error',
      'aws_error',
      'configuration_error',
      'database_error',
      'dynamodb_error',
      'e2b_error',
      'e2b_rate_limit_error',
      'expired_signature_error',
      'expired_token_error',
      'forbidden_error',
      'group_error',
      'invalid_error',
      'invalid_flag_error',
      'invalid_username_error',
      'mail_error',
      'member_exists_error',
      'member_limit_exceeded_error',
      'migration_lock_timeout_error',
      'not_found_error',
      'oauth_config_error',
      'org_sandbox_capacity_exceeded_error',
      'bad_gateway_error',
      'gateway_timeout_error',
      's3_error',
      'server_error',
      'task_error',
      'stripe_error',
      'token_error',
      'upgrade_required_error',
      'usage_limit_exceeded_error',
      'user_verification_error',
      'validation_error',
    ],
  }),

  ...stated('ValidationErrorItem', {
    type: 'object',
    required: ['loc', 'msg', 'type'],
    properties: ['loc', 'msg', 'type'],
  }),
  ...stated('ValidationErrorItem.loc', { type: 'array' }),
  ...inferred('ValidationErrorItem.loc[]', { anyOf: ['string', 'integer'] }),
  ...stated('ValidationErrorItem.msg', { type: 'string' }),
  ...stated('ValidationErrorItem.type', { type: 'string' }),
];

/** One sentence for each fact that the contract breaks or lacks, and for each thing in it that is no fact. */
export function violatedFacts(document: unknown): string[] {
  const found = observe(document);
  return [...facts.flatMap((fact) => broken(fact, found)), ...unknown(found)];
}

function broken({ subject, aspect, value, basis }: Fact, found: Found): string[] {
  const actual = found.get(subject)?.get(aspect);
  const source = basis === 'stated' ? 'the reference page states' : 'inferred from the reference page is';
  if (Array.isArray(value) && Array.isArray(actual)) {
    return value
      .filter((member) => !actual.includes(member))
      .map((member) => `${subject}: ${aspect} lacks ${member}; ${source} ${value.join(', ')}`);
  }
  if (value === actual) return [];
  const shown = actual === undefined ? 'is missing' : `is ${written(actual)}`;
  return [`${subject}: ${aspect} ${shown}; ${source} ${written(value)}`];
}

/** As a fact is written: `['string', 'null']`. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', "'").replaceAll(',', ', ');
}

function unknown(found: Found): string[] {
  return [...found].flatMap(([subject, aspects]) =>
    [...aspects].flatMap(([aspect, actual]) => {
      const values = facts.filter((fact) => fact.subject === subject && fact.aspect === aspect);
      if (values.length === 0)
        return [`${subject}: ${aspect} ${written(actual)} is not among the facts in facts.ts`];
      const members = values.flatMap(({ value }) => value);
      return [actual]
        .flat()
        .filter((member) => Array.isArray(actual) && !members.includes(member))
        .map((member) => `${subject}: ${aspect} has ${member}, which is not among the facts in facts.ts`);
    }),
  );
}
