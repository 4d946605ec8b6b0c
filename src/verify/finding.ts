/** What a check throws if it does not pass. */
import type { Answer } from './answer.ts';

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
