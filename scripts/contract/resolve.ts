/** Follows references within a bundled document. */
import { at, normalPointer } from './pointer.ts';

/** A node and its place in the document. */
export interface Place<T> {
  node: T;
  /** A JSON pointer in a fragment: `#/components/schemas/TrainingModel`. */
  pointer: string;
}

/**
 * The node at the end of a chain of references; a circle of them is left where it closes. Keywords beside a `$ref` are
 * ignored. In a schema they count, so schemas are not followed by this function.
 */
export function follow<T>(document: object, node: unknown, pointer: string): Place<T> {
  const seen = new Set<string>();
  let place: Place<unknown> = { node, pointer };
  while (isObject(place.node) && typeof place.node['$ref'] === 'string' && !seen.has(place.node['$ref'])) {
    const { $ref } = place.node;
    seen.add($ref);
    place = { node: at($ref, document), pointer: normalPointer($ref) };
  }
  return place as Place<T>;
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
