/** Follows references within a bundled document. */
import { at, normalPointer } from './pointer.ts';

/** A node, and where it is in the document. */
export interface Located<T> {
  node: T;
  /** A JSON pointer in a fragment: `#/components/schemas/TrainingModel`. */
  pointer: string;
}

/**
 * The node at the end of a chain of references; a circle of them is left where it closes. Keywords beside a `$ref` are
 * ignored. In a schema they count, so schemas are not followed by this function.
 */
export function follow<T>(document: object, node: unknown, pointer: string): Located<T> {
  const seen = new Set<string>();
  let found: Located<unknown> = { node, pointer };
  while (isObject(found.node) && typeof found.node['$ref'] === 'string' && !seen.has(found.node['$ref'])) {
    const { $ref } = found.node;
    seen.add($ref);
    found = { node: at($ref, document), pointer: normalPointer($ref) };
  }
  return found as Located<T>;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Something in the contract that is refused, and what to write instead. */
export interface Problem {
  pointer: string;
  message: string;
}

/** Parts of the contract can't be used. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ pointer, message }) => `${pointer}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
