/** How a check says that it did not pass: by throwing one of these. */
import type { Answer } from './answer.ts';

/** The server did not do what the check asks. */
export class Failure extends Error {
  readonly request: string;
  readonly expected: string;
  readonly received: string;

  /** @param received - What came. All that the server has written in it has to be quoted by the answer. */
  constructor(answer: Pick<Answer, 'curl' | 'summary'>, expected: string, received = answer.summary) {
    super(expected);
    this.request = answer.curl;
    this.expected = expected;
    this.received = received;
  }
}

/** The check could only have passed, so it shows nothing. The message is the reason. */
export class Skip extends Error {}
