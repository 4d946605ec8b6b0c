// Written by `npm run generate` from the contract. Do not edit.
import type { Operation } from './types.js';
import { request as list_training_catalog_endpoint_request, responses as list_training_catalog_endpoint_responses } from './validators/list_training_catalog_endpoint.mjs';

/** `GET /api/v1/training/catalog`: List the base models that can be trained */
export const list_training_catalog_endpoint = {
  operationId: "list_training_catalog_endpoint",
  method: "get",
  path: "/api/v1/training/catalog",
  secured: true,
  parameters: {
    "query": {
      "query": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "null"
            }
          ]
        }
      },
      "family": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "null"
            }
          ]
        }
      },
      "algorithm": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "null"
            }
          ]
        }
      },
      "min_size_b": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "anyOf": [
            {
              "type": "number"
            },
            {
              "type": "null"
            }
          ]
        }
      },
      "max_size_b": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "anyOf": [
            {
              "type": "number"
            },
            {
              "type": "null"
            }
          ]
        }
      },
      "limit": {
        "required": false,
        "style": "form",
        "explode": true,
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 100,
          "default": 20
        }
      }
    },
    "path": {},
    "header": {},
    "cookie": {}
  },
  responses: {
    "200": {
      "mediaTypes": [
        "application/json"
      ]
    },
    "400": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "correct the request"
    },
    "401": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "pass a valid API key"
    },
    "403": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "use a key that has access"
    },
    "404": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "check the server address"
    },
    "409": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "look at its state first"
    },
    "422": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "correct the parameters named in `errors`"
    },
    "426": {
      "mediaTypes": [
        "application/json"
      ],
      "advice": "update this package"
    },
    "429": {
      "mediaTypes": [
        "application/json"
      ],
      "retry": true,
      "advice": "try again later"
    },
    "500": {
      "mediaTypes": [
        "application/json"
      ],
      "retry": true,
      "advice": "try again later"
    },
    "502": {
      "mediaTypes": [
        "application/json"
      ],
      "retry": true,
      "advice": "try again later"
    },
    "504": {
      "mediaTypes": [
        "application/json"
      ],
      "retry": true,
      "advice": "try again later"
    }
  },
  validators: { request: list_training_catalog_endpoint_request, responses: list_training_catalog_endpoint_responses },
} as const satisfies Operation;
