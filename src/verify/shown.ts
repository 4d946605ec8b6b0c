/** Makes text from elsewhere fit for a report: on one line, bounded, and without what could steer a terminal. */
import { clip } from '../transport/errors.ts';

const longest = 200;

export function clean(text: string, length = longest): string {
  const safe = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '\ufffd');
  return clip(safe, length);
}
