/** Reads the `Retry-After` header (RFC 9110, section 10.2.3). */

/** An HTTP date in any of its three forms; asctime's has no zone and means GMT all the same. */
const httpDate = /^[A-Z][a-z]+,? [\w :-]+?( GMT| \d{4})$/;

/**
 * The wait in milliseconds, never negative. Undefined for anything but whole seconds or an HTTP date,
 * so that the ordinary back-off applies.
 */
export function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const ending = httpDate.exec(value)?.[1];
  if (ending === undefined) return undefined;
  const date = Date.parse(ending === ' GMT' ? value : `${value} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
