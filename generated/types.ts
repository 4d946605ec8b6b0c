// Written by `npm run generate` from the contract. Do not edit.
/** The shapes of what is generated beside it. */

/** What the contract says of an operation. */
export interface Operation {
  readonly operationId: string;
  /** In lower case, as OpenAPI has it. */
  readonly method: string;
  /** With parameters in braces: `/models/{id}`. To be appended to the server's URL. */
  readonly path: string;
  /** Whether a request without credentials is refused. */
  readonly secured: boolean;
  /** By where they are sent, then by name. */
  readonly parameters: {
    readonly query: Readonly<Record<string, Parameter>>;
    readonly path: Readonly<Record<string, Parameter>>;
    readonly header: Readonly<Record<string, Parameter>>;
    readonly cookie: Readonly<Record<string, Parameter>>;
  };
  readonly requestBody?: { readonly required: boolean; readonly mediaTypes: readonly string[] };
  /** By status: `200`, `4XX` or `default`. */
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly required: boolean;
  /** How a list or an object is written (OpenAPI 3.1, section 4.8.12.2). */
  readonly style: string;
  /** Whether each member of a list is a parameter of its own: `tags=a&tags=b`. */
  readonly explode: boolean;
  /** Set where the value is written as a document of this media type. */
  readonly mediaType?: string;
  /**
   * JSON Schema without words, `true` and `false` as `{}` and `{ not: {} }`. References are put in place, except
   * where a schema holds itself.
   */
  readonly schema: ParameterSchema;
}

export interface ParameterSchema {
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ParameterSchema[];
  readonly items?: ParameterSchema;
  readonly [keyword: string]: unknown;
}

export interface Response {
  /** Empty where the response has no body. */
  readonly mediaTypes: readonly string[];
  /** Set where trying again may help (`x-retry`). */
  readonly retry?: true;
  /** What the caller can do about it (`x-advice`). */
  readonly advice?: string;
}

/** A function that Ajv wrote. Its `errors` are those of the last call. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly Violation[] | null;
}

/** A broken rule. */
export interface Violation {
  /** Where, as a JSON pointer into what was checked: `/models/3/size_b`. */
  readonly instancePath: string;
  /** The rule in the schema: `#/properties/limit/maximum`. */
  readonly schemaPath: string;
  /** The JSON Schema keyword. */
  readonly keyword: string;
  /** What the rule asks for, by keyword: `{ limit: 100 }`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Set where the name of a property breaks the rule, not its value. */
  readonly propertyName?: string;
}

/** Where lists of values stand in a body: rows that refer to each other by number. Row 0 is the body; no rows, no lists. */
export type Lists = readonly ListPlace[];

/** What one part of a body has to do with lists of values. */
export interface ListPlace {
  /** The values that the contract lists here. Others are newer than the contract. */
  readonly values?: readonly unknown[];
  /** The types that a branch of `anyOf` takes. */
  readonly types?: readonly string[];
  /** The properties that a branch of `anyOf` asks for. */
  readonly required?: readonly string[];
  /** The values that a branch of `anyOf` takes; unlike `values`, this list is fixed. */
  readonly only?: readonly unknown[];
  readonly properties?: Readonly<Record<string, number>>;
  readonly patternProperties?: Readonly<Record<string, number>>;
  readonly additionalProperties?: number;
  readonly propertyNames?: number;
  readonly items?: number;
  /** By index. */
  readonly prefixItems?: Readonly<Record<string, number>>;
  /** One of these rows holds: of those that fit by type and by fixed values, the one with the least news. */
  readonly anyOf?: readonly number[];
  /** All of these rows hold. */
  readonly allOf?: readonly number[];
}
