/** Says what to write in place of keywords of a schema that are not taken. */

const referByPointer = 'leave it out and refer to the schema as "#/components/schemas/<name>"';

const advice: Record<string, string> = {
  $id: referByPointer,
  $anchor: referByPointer,
  $dynamicAnchor: referByPointer,
  $dynamicRef: 'write "$ref" with "#/components/schemas/<name>"',
  $recursiveRef: 'write "$ref" with "#/components/schemas/<name>"',
  nullable: 'it is of OpenAPI 3.0; in 3.1 write anyOf with { type: "null" }, or a list of types',
};

/** What is wrong with a keyword, and what to do; undefined for one that is taken. */
export function complainAbout(keyword: string): string | undefined {
  return Object.hasOwn(advice, keyword) ? `"${keyword}" is not taken: ${advice[keyword]}.` : undefined;
}
