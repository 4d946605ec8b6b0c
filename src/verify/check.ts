/** The shape of a conformance check. */
import type { Subject } from './subject.ts';

export interface Check {
  /** Short, stable, in kebab case. For operations other than the catalog, it follows the operation's id and a slash. */
  readonly id: string;
  /** What the server should do, as a sentence. */
  readonly title: string;
  /** Set if the contract is silent, so the server is compared with the reference server. */
  readonly advice?: boolean;
  /**
   * Returns if the server passes.
   *
   * @throws Failure if it does something else
   * @throws Skip if the check could not show anything
   */
  run(subject: Subject): Promise<void>;
}
