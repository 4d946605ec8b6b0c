/** Sends requests to the server under test: one at a time, none twice, within a budget of calls and waits. */
import { type ContractOperation, contractOperations } from '../contract.ts';
import { isFailure, type TransportError } from '../transport/errors.ts';
import { exchange, type Reply } from '../transport/exchange.ts';
import type { Signal } from '../transport/fetch.ts';
import type { Settings } from '../transport/options.ts';
import { parseRetryAfter } from '../transport/retry-after.ts';
import { Secrets } from '../transport/secrets.ts';
import { type Answer, readAnswer } from './answer.ts';
import { Failure, Skip } from './check.ts';
import { writeCurl } from './curl.ts';
import { type MinimalRequest, minimalRequest } from './minimal-request.ts';
import { clean } from './shown.ts';

/** How a request differs from the minimal one with the key. */
export interface Variation {
  /** The query without its question mark, encoded. Required parameters that it lacks are added. */
  readonly search?: string;
  /** A required parameter of the query, a header or a cookie that is to be left out. */
  readonly without?: string;
  /** Parameters of the path, encoded, in place of those of the minimal request. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** The whole path, in place of the operation's. */
  readonly path?: string;
  /** @default the operation's */
  readonly method?: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole `authorization` header instead of the key; null for none. */
  readonly authorization?: string | null;
  /** How to spell the scheme before the key. @default 'Bearer' */
  readonly scheme?: string;
  /** Any number, to send once more what was sent before. */
  readonly again?: number;
  /** Set if the request is none of the operation's, so the contract says nothing of its answer. */
  readonly outside?: boolean;
}

/** Settings of {@link Subject}. */
export interface SubjectOptions {
  readonly settings: Settings;
  readonly apiKey: string | undefined;
  readonly signal: Signal | undefined;
  /** Whether to call operations that may change something, too. */
  readonly unsafe: boolean;
}

/** What a run may cost at most. */
const budget = {
  callsPerOperation: 200,
  waitMs: 300_000,
  /** Requests without an answer. */
  silences: 3,
};

/** Sent where no key is given: mocks and servers in development take any. */
const standInKey = 'training-catalog-verify';

const tooManyRequests = 429;

/** The server under test. */
export class Subject {
  readonly url: string;
  /** The operations that this run calls. */
  readonly operations: readonly ContractOperation[];
  /** Whether operations that may change something are called, too. */
  readonly unsafe: boolean;
  /** How many requests were sent. */
  calls = 0;
  /** Why the run cannot go on; undefined as long as it can. */
  interruption: string | undefined;
  readonly #options: SubjectOptions;
  readonly #secrets = new Secrets();
  /** By request. */
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #answersTo = new Map<ContractOperation, Answer[]>();
  #waitedMs = 0;
  #silences = 0;

  constructor(options: SubjectOptions) {
    const { settings, apiKey, unsafe } = options;
    this.#options = options;
    this.url = settings.baseUrl;
    this.unsafe = unsafe;
    this.operations = contractOperations.filter((operation) => unsafe || isSafe(operation));
    for (const [name, value] of Object.entries(settings.headers)) {
      if (value !== null) this.#secrets.addHeaders({ [name]: value });
    }
    if (apiKey !== undefined) this.#secrets.addHeaders({ authorization: `Bearer ${apiKey}` });
  }

  /** All answers of an operation so far, also a 429 that was followed by another attempt. */
  answersTo(operation: ContractOperation): readonly Answer[] {
    return this.#answersTo.get(operation) ?? [];
  }

  /**
   * Gets the answer to a request: from memory, if the same was sent before.
   *
   * @throws Failure if no answer comes
   * @throws Skip if the run cannot go on, or the contract does not say how to call the operation
   * @throws the reason of the caller's signal
   */
  ask(operation: ContractOperation, variation: Variation = {}): Promise<Answer> {
    const key = JSON.stringify([operation.operationId, { search: '', ...variation }]);
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = this.#send(operation, variation);
    this.#answers.set(key, answer);
    return answer;
  }

  async #send(operation: ContractOperation, variation: Variation): Promise<Answer> {
    const minimal = minimalRequest(operation);
    if (this.interruption) throw new Skip(this.interruption);
    if (this.calls >= budget.callsPerOperation * this.operations.length) {
      throw this.#interrupt(`the budget of ${this.calls} calls is used up`);
    }
    const { settings, apiKey, signal } = this.#options;
    const { scheme = 'Bearer', authorization } = variation;
    const path = variation.path ?? minimal.pathWith(variation.pathParameters);
    const request = {
      url: this.url + path + writeSearch(minimal, variation),
      method: variation.method ?? operation.method.toUpperCase(),
      headers: {
        accept: mediaTypesOf(operation),
        ...minimal.headersWithout(variation.without),
        ...variation.headers,
        ...this.#authorize(scheme, authorization),
      },
      body: minimal.body === undefined ? undefined : encodeBody(minimal.body),
    };
    const curl = writeCurl({
      ...request,
      body: minimal.body,
      callerHeaders: settings.headers,
      hide: this.#secrets.hide,
      keyScheme: authorization === undefined && apiKey !== undefined ? scheme : undefined,
    });
    const read = (reply: Omit<Reply, 'attempts' | 'secrets'>) => {
      const answer = readAnswer(reply, curl, this.#secrets);
      if (!variation.outside) this.#answersTo.set(operation, [...this.answersTo(operation), answer]);
      return answer;
    };
    try {
      const reply = await exchange(
        this.#exchangeSettings(),
        {
          ...request,
          isRetried: (status) => status === tooManyRequests,
          onFollowed: (reply) => void read(reply),
        },
        { signal },
      );
      const answer = read(reply);
      if (answer.status === tooManyRequests) throw this.#limited(reply.headers.get('retry-after'));
      if (answer.text === undefined) {
        const received = `A body of more than ${settings.maxResponseBytes} bytes.`;
        throw new Failure(answer, 'an answer that ends', received);
      }
      return answer;
    } catch (error) {
      throw this.#explain(error, curl);
    }
  }

  /** The `authorization` header; none where it is what the transport sends by itself. */
  #authorize(scheme: string, authorization: string | null | undefined): Record<string, string | null> {
    const { apiKey, settings } = this.#options;
    if (authorization !== undefined) return { authorization };
    if (settings.headers['authorization'] !== undefined) return {};
    if (apiKey === undefined) return { authorization: `${scheme} ${standInKey}` };
    return scheme === 'Bearer' ? {} : { authorization: `${scheme} ${apiKey}` };
  }

  #exchangeSettings(): Settings {
    const { settings } = this.#options;
    const leftMs = Math.max(0, budget.waitMs - this.#waitedMs);
    return {
      ...settings,
      totalTimeoutMs: leftMs + settings.timeoutMs,
      onAttempt: ({ delayMs = 0 }) => {
        this.calls += 1;
        this.#waitedMs += delayMs;
      },
    };
  }

  #explain(error: unknown, curl: string): unknown {
    if (!isFailure(error)) return error;
    if (error.kind === 'aborted') return error.cause;
    // That includes a `fetch` of the caller's that throws: it gives no answer either.
    this.#silences += 1;
    if (this.#silences >= budget.silences) this.#interrupt('the server stopped answering');
    const { message } = error as TransportError;
    return new Failure({ curl, summary: clean(message) }, 'an answer');
  }

  #limited(retryAfter: string | null): Skip {
    const ms = parseRetryAfter(retryAfter);
    const wait = ms === undefined ? '' : ` and asks to wait ${Math.ceil(ms / 1000)} s`;
    return this.#interrupt(`the server limits the rate (429)${wait}`);
  }

  #interrupt(reason: string): Skip {
    this.interruption = reason;
    return new Skip(reason);
  }
}

/** Whether a method is safe, so that calling it changes nothing (RFC 9110, section 9.2.1). */
function isSafe({ method }: ContractOperation): boolean {
  return method === 'get' || method === 'head';
}

/** The query with its question mark: required parameters first, then those of the variation. */
function writeSearch({ query }: MinimalRequest, { search = '', without }: Variation): string {
  const given = new URLSearchParams(search);
  const required = [...query].filter(([name]) => !given.has(name) && name !== without);
  const parts = [...required.map(([, written]) => written), search].filter(Boolean);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** The media types of all answers, so that no server can say that none is wanted. */
function mediaTypesOf({ responses }: ContractOperation): string {
  const all = Object.values(responses).flatMap(({ mediaTypes }) => mediaTypes);
  return [...new Set(all)].join(', ') || '*/*';
}

function encodeBody(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer as ArrayBuffer;
}
