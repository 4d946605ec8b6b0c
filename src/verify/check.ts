/** The shape of a conformance check, and what it throws if it does not pass. */
import type { Answer } from './answer.ts';
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

/** The server did not do what the check asks. */
export class Failure extends Error {
  readonly request: string;
  readonly expected: string;
  readonly received: string;

  /** @param received - What came. The server's words in it must have gone through `quote` of the answer. */
  constructor(answer: Pick<Answer, 'curl' | 'summary'>, expected: string, received = answer.summary) {
    super(expected);
    this.request = answer.curl;
    this.expected = expected;
    this.received = received;
  }
}

/** The check could not have failed, so it shows nothing. The message is the reason. */
export class Skip extends Error {}
