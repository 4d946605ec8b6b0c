/** Compares two OpenAPI documents and rates what changed for callers. */
import type { Change } from './changes.ts';
import { findDifferences, type Scope } from './operation-pairs.ts';
import { OperationReader } from './operations.ts';
import { byImpact } from './ratings.ts';
import { rate } from './redocly-diff.ts';

export interface Pair extends Scope {
  /** An OpenAPI document, parsed. */
  base: object;
  revision: object;
}

/**
 * The changes from one document to the other, sorted by impact, major first.
 *
 * @example
 * highest(await compare(parse(before), parse(after))) // 'major'
 * @throws {NotComparable} for a reference to nowhere and the like
 */
export async function compare(base: object, revision: object, scope: Scope = {}): Promise<Change[]> {
  const [changes = []] = await compareAll([{ base, revision, ...scope }]);
  return changes;
}

/** The changes of each pair. Many pairs take little longer than one. */
export async function compareAll(pairs: readonly Pair[]): Promise<Change[][]> {
  const found = pairs.map(({ base, revision, whole }) =>
    findDifferences(new OperationReader(base), new OperationReader(revision), { whole }),
  );
  const rated = await rate(found.flatMap(({ differences }) => differences));
  return found.map(({ differences, changes, words }) =>
    once([...changes, ...rated.splice(0, differences.length).flat(), ...words]),
  );
}

/**
 * Sorts the changes, and drops those that are one edit seen again: of a schema that is both sent and returned, or
 * used in two places. The one with the highest impact stays.
 */
function once(changes: readonly Change[]): Change[] {
  const said = new Set<string>();
  return changes.toSorted(byImpact).filter(({ message, keyword, base, revision }) => {
    const keys = [
      base && `base ${base} ${message}`,
      revision && `revision ${revision} ${message}`,
      keyword && `both ${base} ${revision} ${keyword}`,
    ].filter((key) => key !== undefined);
    const known = keys.some((key) => said.has(key));
    for (const key of keys) said.add(key);
    return !known;
  });
}
