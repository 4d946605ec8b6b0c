// Written by `npm run generate` from the contract. Do not edit.
/** Of `GET /api/v1/training/catalog`. */
export const list_training_catalog_endpoint = {
  "200": {
    "catalog": {
      "limit": 20,
      "total": 20,
      "models": [
        {
          "tinker_id": "meta-llama/Llama-3.2-1B",
          "display_name": "Llama 3.2 1B",
          "family": "llama",
          "type": "dense",
          "size_b": 1,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft"
          ],
          "pricing": {
            "prefill": 0.03,
            "sample": 0.09,
            "train": 0.09
          }
        },
        {
          "tinker_id": "meta-llama/Llama-3.1-8B",
          "display_name": "Llama 3.1 8B",
          "family": "llama",
          "type": "dense",
          "size_b": 8,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft"
          ],
          "pricing": {
            "prefill": 0.13,
            "sample": 0.4,
            "train": 0.4
          }
        },
        {
          "tinker_id": "meta-llama/Llama-3.1-8B-Instruct",
          "display_name": "Llama 3.1 8B Instruct",
          "family": "llama",
          "type": "dense",
          "size_b": 8,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.13,
            "sample": 0.4,
            "train": 0.4
          }
        },
        {
          "tinker_id": "meta-llama/Llama-3.1-70B",
          "display_name": "Llama 3.1 70B",
          "family": "llama",
          "type": "dense",
          "size_b": 70,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft"
          ],
          "pricing": {
            "prefill": 1.05,
            "sample": 3.16,
            "train": 3.16
          }
        },
        {
          "tinker_id": "meta-llama/Llama-3.3-70B-Instruct",
          "display_name": "Llama 3.3 70B Instruct",
          "family": "llama",
          "type": "dense",
          "size_b": 70,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3-4B-Instruct-2507",
          "display_name": "Qwen3 4B Instruct 2507",
          "family": "qwen",
          "type": "dense",
          "size_b": 4,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3-8B",
          "display_name": "Qwen3 8B",
          "family": "qwen",
          "type": "dense",
          "size_b": 8,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.13,
            "sample": 0.4,
            "train": 0.4
          }
        },
        {
          "tinker_id": "Qwen/Qwen3-32B",
          "display_name": "Qwen3 32B",
          "family": "qwen",
          "type": "dense",
          "size_b": 32,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.49,
            "sample": 1.47,
            "train": 1.47
          }
        },
        {
          "tinker_id": "Qwen/Qwen3-30B-A3B",
          "display_name": "Qwen3 30B A3B",
          "family": "qwen",
          "type": "moe",
          "size_b": 3,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.12,
            "sample": 0.3,
            "train": 0.36
          }
        },
        {
          "tinker_id": "Qwen/Qwen3-30B-A3B-Instruct-2507",
          "display_name": "Qwen3 30B A3B Instruct 2507",
          "family": "qwen",
          "type": "moe",
          "size_b": 3,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3-235B-A22B-Instruct-2507",
          "display_name": "Qwen3 235B A22B Instruct 2507",
          "family": "qwen",
          "type": "moe",
          "size_b": 22,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling"
          ],
          "pricing": {
            "prefill": 0.68,
            "sample": 1.7,
            "train": 2.04
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.5-4B",
          "display_name": "Qwen3.5 4B",
          "family": "qwen",
          "type": "dense",
          "size_b": 4,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.22,
            "sample": 0.67,
            "train": 0.67
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.5-9B",
          "display_name": "Qwen3.5 9B",
          "family": "qwen",
          "type": "dense",
          "size_b": 9,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3.5-9B-Base",
          "display_name": "Qwen3.5 9B Base",
          "family": "qwen",
          "type": "dense",
          "size_b": 9,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3.5-27B",
          "display_name": "Qwen3.5 27B",
          "family": "qwen",
          "type": "dense",
          "size_b": 27,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 1.24,
            "sample": 3.73,
            "train": 3.73
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.5-35B-A3B",
          "display_name": "Qwen3.5 35B A3B",
          "family": "qwen",
          "type": "moe",
          "size_b": 3,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.36,
            "sample": 0.89,
            "train": 1.07
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.5-35B-A3B-Base",
          "display_name": "Qwen3.5 35B A3B Base",
          "family": "qwen",
          "type": "moe",
          "size_b": 3,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3.5-397B-A17B",
          "display_name": "Qwen3.5 397B A17B",
          "family": "qwen",
          "type": "moe",
          "size_b": 17,
          "context_length": 65536,
          "extended_context": true,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 2,
            "sample": 5,
            "train": 6
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.6-27B",
          "display_name": "Qwen3.6 27B",
          "family": "qwen",
          "type": "dense",
          "size_b": 27,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": null
        },
        {
          "tinker_id": "Qwen/Qwen3.8-27B",
          "display_name": "Qwen3.8 27B",
          "family": "qwen",
          "type": "dense",
          "size_b": 27,
          "context_length": 65536,
          "extended_context": true,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 1.86,
            "sample": 5.595,
            "train": null
          }
        }
      ]
    },
    "empty": {
      "limit": 20,
      "total": 0,
      "models": []
    },
    "filtered": {
      "limit": 3,
      "total": 5,
      "models": [
        {
          "tinker_id": "Qwen/Qwen3-32B",
          "display_name": "Qwen3 32B",
          "family": "qwen",
          "type": "dense",
          "size_b": 32,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 0.49,
            "sample": 1.47,
            "train": 1.47
          }
        },
        {
          "tinker_id": "Qwen/Qwen3-235B-A22B-Instruct-2507",
          "display_name": "Qwen3 235B A22B Instruct 2507",
          "family": "qwen",
          "type": "moe",
          "size_b": 22,
          "context_length": 32768,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling"
          ],
          "pricing": {
            "prefill": 0.68,
            "sample": 1.7,
            "train": 2.04
          }
        },
        {
          "tinker_id": "Qwen/Qwen3.5-27B",
          "display_name": "Qwen3.5 27B",
          "family": "qwen",
          "type": "dense",
          "size_b": 27,
          "context_length": 65536,
          "extended_context": false,
          "supported_algorithms": [
            "sft",
            "importance_sampling",
            "ppo"
          ],
          "pricing": {
            "prefill": 1.24,
            "sample": 3.73,
            "train": 3.73
          }
        }
      ]
    }
  },
  "400": {
    "invalid_request": {
      "code": 400,
      "type": "invalid_error",
      "detail": "Invalid request"
    }
  },
  "401": {
    "authentication_failed": {
      "code": 401,
      "type": "authentication_error",
      "detail": "Authentication failed"
    },
    "expired_token": {
      "code": 401,
      "type": "expired_token_error",
      "detail": "Token has expired"
    }
  },
  "403": {
    "access_forbidden": {
      "code": 403,
      "type": "forbidden_error",
      "detail": "Access forbidden"
    }
  },
  "404": {
    "not_found": {
      "code": 404,
      "type": "not_found_error",
      "detail": "Not found"
    }
  },
  "409": {
    "already_exists": {
      "code": 409,
      "type": "already_exists_error",
      "detail": "Already exists"
    },
    "conflict": {
      "code": 409,
      "type": "conflict_error",
      "detail": "Conflict"
    }
  },
  "422": {
    "limit_too_large": {
      "code": 422,
      "type": "validation_error",
      "detail": "Validation error",
      "errors": [
        {
          "loc": [
            "query",
            "limit"
          ],
          "msg": "Input should be less than or equal to 100",
          "type": "less_than_equal"
        }
      ]
    },
    "sizes_not_numbers": {
      "code": 422,
      "type": "validation_error",
      "detail": "Validation error",
      "errors": [
        {
          "loc": [
            "query",
            "min_size_b"
          ],
          "msg": "Input should be a valid number, unable to parse string as a number",
          "type": "float_parsing"
        },
        {
          "loc": [
            "query",
            "max_size_b"
          ],
          "msg": "Input should be a valid number, unable to parse string as a number",
          "type": "float_parsing"
        }
      ]
    }
  },
  "426": {
    "upgrade_required": {
      "code": 426,
      "type": "upgrade_required_error",
      "detail": "Upgrade required"
    }
  },
  "429": {
    "usage_limit_exceeded": {
      "code": 429,
      "type": "usage_limit_exceeded_error",
      "detail": "Usage limit exceeded"
    },
    "rate_limited_upstream": {
      "code": 429,
      "type": "e2b_rate_limit_error",
      "detail": "Rate limited"
    }
  },
  "500": {
    "server_error": {
      "code": 500,
      "type": "server_error",
      "detail": "Internal server error"
    }
  },
  "502": {
    "bad_gateway": {
      "code": 502,
      "type": "bad_gateway_error",
      "detail": "Bad gateway"
    }
  },
  "504": {
    "gateway_timeout": {
      "code": 504,
      "type": "gateway_timeout_error",
      "detail": "Gateway timeout"
    }
  },
  "request": {
    "query": {
      "family": "qwen",
      "min_size_b": 20,
      "limit": 3
    }
  }
} as const;
