/** Makes foreign text fit for a report: one line, of bounded length, without what could control a terminal. */
import { clip } from '../transport/errors.ts';

export function clean(text: string, length = 200): string {
  const safe = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '\ufffd');
  return clip(safe, length);
}
