/** The words of FastAPI, which the hosted API uses, for the rules that a contract has. */

/**
 * FastAPI's `type` and sentence (pydantic's "Validation Errors") for each JSON Schema keyword, with Ajv's parameters in
 * braces. Of some keywords there are several: `type:integer`.
 */
const sentences: Readonly<Record<string, readonly [type: string, sentence: string]>> = {
  additionalProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
  const: ['literal_error', 'Input should be {allowedValue}'],
  'discriminator:mapping': [
    'union_tag_invalid',
    "Input tag {tagValue} found using '{tag}' is none of the expected tags",
  ],
  'discriminator:tag': ['union_tag_not_found', "Unable to extract tag using discriminator '{tag}'"],
  enum: ['enum', 'Input should be {allowedValues}'],
  exclusiveMaximum: ['less_than', 'Input should be less than {limit}'],
  exclusiveMinimum: ['greater_than', 'Input should be greater than {limit}'],
  maxItems: ['too_long', 'List should have at most {limit} item{s} after validation, not {size}'],
  maxLength: ['string_too_long', 'String should have at most {limit} character{s}'],
  maxProperties: ['too_long', 'Dictionary should have at most {limit} item{s} after validation, not {size}'],
  maximum: ['less_than_equal', 'Input should be less than or equal to {limit}'],
  minItems: ['too_short', 'List should have at least {limit} item{s} after validation, not {size}'],
  minLength: ['string_too_short', 'String should have at least {limit} character{s}'],
  minProperties: [
    'too_short',
    'Dictionary should have at least {limit} item{s} after validation, not {size}',
  ],
  minimum: ['greater_than_equal', 'Input should be greater than or equal to {limit}'],
  multipleOf: ['multiple_of', 'Input should be a multiple of {multipleOf}'],
  pattern: ['string_pattern_mismatch', "String should match pattern '{pattern}'"],
  required: ['missing', 'Field required'],
  'type:array': ['list_type', 'Input should be a valid list'],
  'type:boolean': ['bool_type', 'Input should be a valid boolean'],
  'type:integer': ['int_type', 'Input should be a valid integer'],
  'type:null': ['none_required', 'Input should be None'],
  'type:number': ['float_type', 'Input should be a valid number'],
  'type:object': ['dict_type', 'Input should be a valid dictionary'],
  'type:string': ['string_type', 'Input should be a valid string'],
  unevaluatedProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
};

/** The sentences for the rules that validators check: whoever calls the API carries no others. */
export function sentencesFor(validators: Iterable<string>): typeof sentences {
  const code = [...validators].join('');
  const used = Object.entries(sentences).filter(([rule]) => {
    const [keyword, type] = rule.split(':');
    return code.includes(`keyword:"${keyword}"`) && (keyword !== 'type' || code.includes(`"${type}"`));
  });
  return Object.fromEntries(used);
}
