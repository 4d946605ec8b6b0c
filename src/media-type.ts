/** Compares media types, whose letter case and parameters make no difference (RFC 9110, section 8.3.1). */

/** `Application/JSON; charset=utf-8` becomes `application/json`. */
function essenceOf(mediaType: string): string {
  return mediaType.replace(/;.*/s, '').trim().toLowerCase();
}

/** Whether a media type is JSON: `application/json`, or one that ends in `+json` (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(essenceOf(mediaType));
}

/** Whether a media type is one of those in a contract, which may be ranges: `text/*`. */
export function isOneOf(mediaType: string, mediaTypes: readonly string[]): boolean {
  const actual = essenceOf(mediaType);
  return mediaTypes.map(essenceOf).some((wanted) => {
    if (wanted === '*/*') return true;
    return wanted.endsWith('/*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
  });
}
