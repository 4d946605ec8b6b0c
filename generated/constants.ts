// Written by `npm run generate` from openapi/openapi.yaml. Do not edit.
/** The version of the contract. */
export const version = "1.0.0" as const;

/** The hosted platform: the first of the servers. */
export const serverUrl = "https://app.dreadnode.io" as const;

/** The path of the operation, to be appended to the server. */
export const catalogPath = "/api/v1/training/catalog" as const;

/** The type of each query parameter, null left aside. */
export const queryTypes = {
  "query": "string",
  "family": "string",
  "algorithm": "string",
  "min_size_b": "number",
  "max_size_b": "number",
  "limit": "integer"
} as const;

/** The bounds and the default of `limit`. */
export const limitBounds = {
  "default": 20,
  "minimum": 1,
  "maximum": 100
} as const;

/** The values of `TrainingModel.family`. */
export const trainingModelFamily = [
  "llama",
  "qwen"
] as const;

/** The values of `TrainingModel.type`. */
export const trainingModelType = [
  "dense",
  "moe"
] as const;

/** The values of `TrainingModel.supported_algorithms`. */
export const trainingModelSupportedAlgorithms = [
  "sft",
  "importance_sampling",
  "ppo"
] as const;

/** The values of `APIErrorPayload.code`. */
export const apiErrorPayloadCode = [
  400,
  401,
  403,
  404,
  409,
  422,
  426,
  429,
  500,
  502,
  504
] as const;

/** The values of `APIErrorPayload.type`. */
export const apiErrorPayloadType = [
  "already_exists_error",
  "app_error",
  "authentication_error",
  "conflict_error",
  "aws_error",
  "configuration_error",
  "database_error",
  "dynamodb_error",
  "e2b_error",
  "e2b_rate_limit_error",
  "expired_signature_error",
  "expired_token_error",
  "forbidden_error",
  "group_error",
  "invalid_error",
  "invalid_flag_error",
  "invalid_username_error",
  "mail_error",
  "member_exists_error",
  "member_limit_exceeded_error",
  "migration_lock_timeout_error",
  "not_found_error",
  "oauth_config_error",
  "org_sandbox_capacity_exceeded_error",
  "bad_gateway_error",
  "gateway_timeout_error",
  "s3_error",
  "server_error",
  "task_error",
  "stripe_error",
  "token_error",
  "upgrade_required_error",
  "usage_limit_exceeded_error",
  "user_verification_error",
  "validation_error"
] as const;

/** The statuses that the client retries. */
export const retriedStatuses = [
  429,
  500,
  502,
  504
] as const;

/** What the caller can do about an error, by status. */
export const advice = {
  "400": "correct the request",
  "401": "pass a valid API key",
  "403": "use a key that has access",
  "404": "check the server address",
  "409": "look at its state first",
  "422": "correct the parameters named in `errors`",
  "426": "update this package",
  "429": "try again later",
  "500": "try again later",
  "502": "try again later",
  "504": "try again later"
} as const;
