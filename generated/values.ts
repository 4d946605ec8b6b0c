// Written by `npm run generate` from the contract. Do not edit.
/** The values of `TrainingModel.family` that the contract knows. */
export const TrainingModel_family = [
  "llama",
  "qwen"
] as const;

/** The values of `TrainingModel.type` that the contract knows. */
export const TrainingModel_type = [
  "dense",
  "moe"
] as const;

/** The values of `TrainingModel.supported_algorithms` that the contract knows. */
export const TrainingModel_supported_algorithms = [
  "sft",
  "importance_sampling",
  "ppo"
] as const;

/** The values of `APIErrorPayload.code` that the contract knows. */
export const APIErrorPayload_code = [
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

/** The values of `APIErrorPayload.type` that the contract knows. */
export const APIErrorPayload_type = [
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

/** The properties that tell the branches of a union apart (`discriminator`). */
export type Discriminator = never;
