/** What a conformance check is made of. */
import type { Subject } from './subject.ts';

export interface Check {
  /** Short, stable, in kebab case; for operations other than the catalog's, after the operation's id and a slash. */
  readonly id: string;
  /** What the server is held to, as a sentence. */
  readonly title: string;
  /** Set where the contract is silent and the reference server is the only guide. */
  readonly advice?: boolean;
  /**
   * Passes by returning.
   *
   * @throws Failure if the server does something else
   * @throws Skip if nothing could be shown
   */
  run(subject: Subject): Promise<void>;
}
