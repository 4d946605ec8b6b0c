/** Knows the keywords that are not supported, and what to write instead. */

const referByPointer = 'leave it out and refer to the schema as "#/components/schemas/<name>"';

const advice: Record<string, string> = {
  $id: referByPointer,
  $anchor: referByPointer,
  $dynamicAnchor: referByPointer,
  $dynamicRef: 'write "$ref" with "#/components/schemas/<name>"',
  $recursiveRef: 'write "$ref" with "#/components/schemas/<name>"',
  nullable: 'it is of OpenAPI 3.0; in 3.1 write anyOf with { type: "null" }, or a list of types',
};

/** Why a keyword is refused, and what to do; undefined for one that is supported. */
export function refusalOf(keyword: string): string | undefined {
  return Object.hasOwn(advice, keyword) ? `"${keyword}" is not taken: ${advice[keyword]}.` : undefined;
}
