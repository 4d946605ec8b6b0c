// Written by `npm run generate` from the contract. Do not edit.
/** FastAPI's `type` and sentence for each rule of the contract, by its keyword; Ajv's parameters are in braces. */
export const sentences = {
  "additionalProperties": [
    "extra_forbidden",
    "Extra inputs are not permitted"
  ],
  "maximum": [
    "less_than_equal",
    "Input should be less than or equal to {limit}"
  ],
  "minimum": [
    "greater_than_equal",
    "Input should be greater than or equal to {limit}"
  ],
  "required": [
    "missing",
    "Field required"
  ],
  "type:array": [
    "list_type",
    "Input should be a valid list"
  ],
  "type:boolean": [
    "bool_type",
    "Input should be a valid boolean"
  ],
  "type:integer": [
    "int_type",
    "Input should be a valid integer"
  ],
  "type:number": [
    "float_type",
    "Input should be a valid number"
  ],
  "type:object": [
    "dict_type",
    "Input should be a valid dictionary"
  ],
  "type:string": [
    "string_type",
    "Input should be a valid string"
  ]
} as const;
