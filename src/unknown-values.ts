/** Collects the values in a body that a list in the contract does not have, while a validator reads the body. */
import { locOf, type Step } from './violations.ts';

/** A value that the contract does not list, and where it was met first. */
export interface UnknownValue {
  readonly loc: Step[];
  readonly value: unknown;
}

/** How many values are told of at most. */
const most = 50;

/**
 * At most 50 values, each once for each list: a new family that a hundred models have is told of once.
 *
 * @example
 * const unknown = new UnknownValues();
 * if (validate.call(unknown, body)) console.log(unknown.in(body));
 */
export class UnknownValues {
  readonly #noted: { path: string; value: unknown }[] = [];
  /** By list. A list or an object is known by its JSON. */
  readonly #known = new Map<string, Set<unknown>>();

  note(list: string, path: string, value: unknown): void {
    if (this.#noted.length === most) return;
    const known = this.#known.get(list) ?? new Set();
    const key = typeof value === 'object' ? JSON.stringify(value) : value;
    if (known.has(key)) return;
    this.#known.set(list, known.add(key));
    this.#noted.push({ path, value });
  }

  /** What was noted, with its places in the body that was read. */
  in(body: unknown): UnknownValue[] {
    return this.#noted.map(({ path, value }) => ({ loc: locOf(path, body), value }));
  }
}
