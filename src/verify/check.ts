/** The shape of a conformance check. */
import type { Subject } from './subject.ts';

export interface Check {
  /** Short, stable, in kebab case. For operations other than the catalog, it follows the operation's id and a slash. */
  readonly id: string;
  /** What the server does if it passes, as a sentence. */
  readonly title: string;
  /** `must` where the contract or the API reference says it; `should` where only this package does. */
  readonly severity: 'must' | 'should';
  /** Where it is said: the contract, or a sentence of the API reference. */
  readonly source: string;
  /** Whether it compares what the catalog holds, so that a change of the catalog can make it fail. */
  readonly comparesModels?: boolean;
  /**
   * Returns if the server passes.
   *
   * @throws Failure if it does something else
   * @throws Skip if the check could not show anything
   */
  run(subject: Subject): Promise<void>;
}
