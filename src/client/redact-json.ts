/** Copies parts of an answer to be shown: without secrets, and of a bounded size. */
import type { Secrets } from '../transport/secrets.ts';

/** The longest text, in characters. */
const maxTextLength = 10_000;

/** The most members of a list or an object. */
const maxMembers = 100;

/** The most values in all. */
const maxValues = 2_000;

/** What lies deeper is left out. */
const maxDepth = 12;

/** A copy of a JSON value. What exceeds the limits is left out. */
export function redactJson<Value>(value: Value, secrets: Secrets): Value {
  let left = maxValues;
  function copy(part: unknown, depth: number): unknown {
    if (typeof part === 'string') return secrets.redactAndClip(part, maxTextLength);
    if (typeof part !== 'object' || part === null) return part;
    if (depth > maxDepth) return undefined;
    if (Array.isArray(part)) return take(part).map((member) => copy(member, depth + 1));
    return Object.fromEntries(
      take(Object.entries(part)).map(([name, member]) => [secrets.redact(name), copy(member, depth + 1)]),
    );
  }
  function take<Member>(members: readonly Member[]): readonly Member[] {
    const taken = members.slice(0, Math.min(maxMembers, left));
    left -= taken.length;
    return taken;
  }
  return copy(value, 0) as Value;
}
