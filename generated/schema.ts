// Written by `npm run generate` from the contract. Do not edit.
export interface paths {
    "/api/v1/training/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the base models that can be trained
         * @description Lists the base models that hosted training jobs accept, narrowed by any
         *     combination of filters. An id that is not listed here is refused when a job is
         *     created.
         */
        get: operations["list_training_catalog_endpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The models that match, up to `limit` of them. */
        TrainingCatalogResponse: {
            /** @description The limit that was applied. */
            limit: number;
            /** @description The matching models. */
            models?: components["schemas"]["TrainingModel"][];
            /** @description How many models match, whether returned or not. */
            total: number;
        };
        /** @description A base model that hosted training jobs accept. */
        TrainingModel: {
            /** @description The id to pass as `--model` when a training job is created. */
            tinker_id: string;
            /** @description The name to show to people. */
            display_name: string;
            /**
             * @description The family that the model belongs to. More families are to be expected.
             * @enum {string}
             */
            family: "llama" | "qwen";
            /**
             * @description Whether all parameters take part in each token (`dense`) or a few experts do (`moe`).
             * @enum {string}
             */
            type: "dense" | "moe";
            /** @description Active parameters in billions, so 3 for a mixture of experts with 30B in all and 3B active. */
            size_b: number;
            /** @description The context window in tokens. */
            context_length: number;
            /**
             * @description Whether a variant with a longer context exists, under the same id with a `:peft:` suffix.
             * @default false
             */
            extended_context?: boolean;
            /** @description The training algorithms that the model can be used with. */
            supported_algorithms: ("sft" | "importance_sampling" | "ppo")[];
            /** @description What the upstream provider charges, where it is known. The upstream console has the last word. */
            pricing?: components["schemas"]["TrainingModelPricing"] | null;
        };
        /** @description Upstream rates in USD per million tokens. A rate that is null or absent is unknown, not free. */
        TrainingModelPricing: {
            /** @description USD per million tokens read as input. */
            prefill?: number | null;
            /** @description USD per million tokens generated. */
            sample?: number | null;
            /** @description USD per million tokens trained on. */
            train?: number | null;
        };
        /** @description The one envelope in which the API reports every error. */
        APIErrorPayload: {
            /**
             * @description The HTTP status, repeated in the body.
             * @enum {integer}
             */
            code: 400 | 401 | 403 | 404 | 409 | 422 | 426 | 429 | 500 | 502 | 504;
            /** @description What went wrong, in words for people. */
            detail: string;
            /** @description For a request that failed validation, each problem on its own. */
            errors?: components["schemas"]["ValidationErrorItem"][] | null;
            /**
             * @description What went wrong, as a stable word for programs.
             * @enum {string}
             */
            type: "already_exists_error" | "app_error" | "authentication_error" | "conflict_error" | "aws_error" | "configuration_error" | "database_error" | "dynamodb_error" | "e2b_error" | "e2b_rate_limit_error" | "expired_signature_error" | "expired_token_error" | "forbidden_error" | "group_error" | "invalid_error" | "invalid_flag_error" | "invalid_username_error" | "mail_error" | "member_exists_error" | "member_limit_exceeded_error" | "migration_lock_timeout_error" | "not_found_error" | "oauth_config_error" | "org_sandbox_capacity_exceeded_error" | "bad_gateway_error" | "gateway_timeout_error" | "s3_error" | "server_error" | "task_error" | "stripe_error" | "token_error" | "upgrade_required_error" | "usage_limit_exceeded_error" | "user_verification_error" | "validation_error";
        };
        /** @description One problem with one part of the request. */
        ValidationErrorItem: {
            /** @description The way to the part that is wrong, such as `query` then `limit`. */
            loc: (string | number)[];
            /** @description What is wrong with it, in words for people. */
            msg: string;
            /** @description The rule that it breaks, as a word for programs. */
            type: string;
        };
    };
    responses: {
        /** @description The models that match the filters. */
        TrainingCatalog: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TrainingCatalogResponse"];
            };
        };
        /** @description The request could not be understood as sent. */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description No valid API key came with the request. */
        AuthenticationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description The key is valid but may not read the training catalog. */
        AccessForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description Nothing is served at this address. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description The request collides with something that is already there. */
        AlreadyExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description A parameter has a value that the API does not take; `errors` has one item for each. */
        ValidationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description The server no longer serves clients this old. */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description More requests came in than the server accepts for now. */
        RateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description The server failed while it worked on the request. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description A service behind the API gave no usable answer. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
        /** @description A service behind the API took too long to answer. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["APIErrorPayload"];
            };
        };
    };
    parameters: {
        /** @description Text to look for in model ids and display names. */
        query: string | null;
        /**
         * @description Keep only the models of this family, for example `llama` or `qwen`.
         * @example qwen
         */
        family: string | null;
        /** @description Keep only the models that can be trained with this algorithm, for example `sft` or `ppo`. */
        algorithm: string | null;
        /**
         * @description Smallest active size to keep, in billions of parameters.
         * @example 20
         */
        min_size_b: number | null;
        /** @description Largest active size to keep, in billions of parameters. */
        max_size_b: number | null;
        /**
         * @description How many models to return at most. `total` counts every match all the same. 1 to 100, default 20.
         * @example 3
         */
        limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_training_catalog_endpoint: {
        parameters: {
            query?: {
                /** @description Text to look for in model ids and display names. */
                query?: components["parameters"]["query"];
                /**
                 * @description Keep only the models of this family, for example `llama` or `qwen`.
                 * @example qwen
                 */
                family?: components["parameters"]["family"];
                /** @description Keep only the models that can be trained with this algorithm, for example `sft` or `ppo`. */
                algorithm?: components["parameters"]["algorithm"];
                /**
                 * @description Smallest active size to keep, in billions of parameters.
                 * @example 20
                 */
                min_size_b?: components["parameters"]["min_size_b"];
                /** @description Largest active size to keep, in billions of parameters. */
                max_size_b?: components["parameters"]["max_size_b"];
                /**
                 * @description How many models to return at most. `total` counts every match all the same. 1 to 100, default 20.
                 * @example 3
                 */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["TrainingCatalog"];
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["AuthenticationFailed"];
            403: components["responses"]["AccessForbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["AlreadyExists"];
            422: components["responses"]["ValidationFailed"];
            426: components["responses"]["UpgradeRequired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}
