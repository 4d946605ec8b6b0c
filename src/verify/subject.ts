/** Asks the server under test: one request at a time, none twice, within a budget of calls and waits. */
import { isFailure, type TransportError } from '../transport/errors.ts';
import { exchange } from '../transport/exchange.ts';
import type { Signal } from '../transport/fetch.ts';
import type { Settings } from '../transport/options.ts';
import { parseRetryAfter } from '../transport/retry-after.ts';
import { Secrets } from '../transport/secrets.ts';
import { type Answer, readAnswer } from './answer.ts';
import { type ContractOperation, contractOperations, onlyReads } from './contract.ts';
import { writeCurl } from './curl.ts';
import { type PlainestRequest, plainestRequest } from './plainest-request.ts';
import { clean } from './shown.ts';
import { Failure, Skip } from './verdict.ts';

/** How a request differs from the plainest one that the operation takes, with the key. */
export interface Ask {
  /** What follows the question mark, already encoded. Required parameters that it lacks are added. */
  readonly search?: string;
  /** A required parameter of the query, a header or a cookie that is to be left out. */
  readonly without?: string;
  /** Parameters of the path, encoded, in place of those of the plainest request. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** In place of the operation's own. */
  readonly path?: string;
  /** @default the operation's own */
  readonly method?: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole `authorization` header instead of the key; null for none. */
  readonly authorization?: string | null;
  /** How to spell the scheme before the key. @default 'Bearer' */
  readonly scheme?: string;
  /** Set where the same request is to be sent once more. */
  readonly again?: number;
  /** Set for what is no request of the operation, so that the contract says nothing of its answer. */
  readonly outside?: boolean;
}

/** Settings of {@link Subject}. */
export interface SubjectOptions {
  readonly settings: Settings;
  readonly apiKey: string | undefined;
  readonly signal: Signal | undefined;
  /** Whether operations that may change something are called, too. */
  readonly unsafe: boolean;
}

/** What a run may cost at most. */
const budget = {
  callsPerOperation: 200,
  waitMs: 300_000,
  silences: 3,
};

/** Stands in for a key where none is given: mocks and servers in development take any. */
const standInKey = 'training-catalog-verify';

const tooManyRequests = 429;

export class Subject {
  readonly url: string;
  /** The operations that this run calls. */
  readonly operations: readonly ContractOperation[];
  /** How many requests were sent. */
  calls = 0;
  /** Why the run could not go on, once that is so. */
  interruption: string | undefined;
  readonly #options: SubjectOptions;
  readonly #secrets = new Secrets();
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #heard = new Map<ContractOperation, Answer[]>();
  readonly #plainest = new Map<ContractOperation, PlainestRequest | string>();
  #waitedMs = 0;
  #silences = 0;

  constructor(options: SubjectOptions) {
    const { settings, apiKey, unsafe } = options;
    this.#options = options;
    this.url = settings.baseUrl;
    this.operations = contractOperations.filter((operation) => unsafe || onlyReads(operation));
    for (const [name, value] of Object.entries(settings.headers)) {
      if (value !== null) this.#secrets.addHeaders({ [name]: value });
    }
    if (apiKey !== undefined) this.#secrets.addHeaders({ authorization: `Bearer ${apiKey}` });
  }

  /** Whether operations that may change something are called, too. */
  get unsafe(): boolean {
    return this.#options.unsafe;
  }

  /** The request that others differ from, or why there is none. */
  plainest(operation: ContractOperation): PlainestRequest | string {
    const known = this.#plainest.get(operation) ?? plainestRequest(operation);
    this.#plainest.set(operation, known);
    return known;
  }

  /** Every answer of an operation so far, those included that were followed by another attempt. */
  heard(operation: ContractOperation): readonly Answer[] {
    return this.#heard.get(operation) ?? [];
  }

  /**
   * Gets the answer to a request, from memory if it was asked before.
   *
   * @throws Failure if no answer comes
   * @throws Skip if the run can't go on, or the contract does not say how to call the operation
   * @throws the reason of the caller's signal
   */
  ask(operation: ContractOperation, ask: Ask = {}): Promise<Answer> {
    const name = JSON.stringify([operation.operationId, { search: '', ...ask }]);
    const known = this.#answers.get(name);
    if (known) return known;
    const answer = this.#ask(operation, ask);
    this.#answers.set(name, answer);
    return answer;
  }

  async #ask(operation: ContractOperation, ask: Ask): Promise<Answer> {
    const plainest = this.plainest(operation);
    if (typeof plainest === 'string') throw new Skip(plainest);
    if (this.interruption) throw new Skip(this.interruption);
    if (this.calls >= budget.callsPerOperation * this.operations.length) {
      throw this.#interrupt(`the budget of ${this.calls} calls is used up`);
    }
    const { settings, apiKey, signal } = this.#options;
    const { scheme = 'Bearer', authorization } = ask;
    const search = joinSearch(plainest, ask);
    const path = ask.path ?? plainest.pathWith(ask.pathParameters);
    const request = {
      url: `${this.url}${path}${search ? `?${search}` : ''}`,
      method: ask.method ?? operation.method.toUpperCase(),
      headers: {
        accept: acceptedBy(operation),
        ...plainest.headersWithout(ask.without),
        ...ask.headers,
        ...this.#authorize(scheme, authorization),
      },
      body: plainest.body === undefined ? undefined : encodeBody(plainest.body),
    };
    const curl = writeCurl({
      ...{ ...request, body: plainest.body, own: settings.headers, hide: this.#secrets.hide },
      credentials: authorization === undefined && apiKey !== undefined ? scheme : undefined,
    });
    const read = (reply: Parameters<typeof readAnswer>[0]) => {
      const answer = readAnswer(reply, curl, this.#secrets);
      if (!ask.outside) this.#heard.set(operation, [...this.heard(operation), answer]);
      return answer;
    };
    try {
      const reply = await exchange(
        this.#settings(),
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
        throw new Failure(
          answer,
          'an answer that ends',
          `A body of more than ${settings.maxResponseBytes} bytes.`,
        );
      }
      return answer;
    } catch (error) {
      throw this.#explain(error, curl);
    }
  }

  /** The header that makes the difference; the key itself is left to the transport. */
  #authorize(scheme: string, authorization: string | null | undefined): Record<string, string | null> {
    const { apiKey, settings } = this.#options;
    if (authorization !== undefined) return { authorization };
    if (settings.headers['authorization'] !== undefined) return {};
    if (apiKey === undefined) return { authorization: `${scheme} ${standInKey}` };
    return scheme === 'Bearer' ? {} : { authorization: `${scheme} ${apiKey}` };
  }

  /** Only a 429 is tried again: any other failure is what the run is to find. */
  #settings(): Settings {
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
    // A `fetch` of the caller's that is at fault gives no answer either.
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

function joinSearch({ query }: PlainestRequest, { search = '', without }: Ask): string {
  const asked = new URLSearchParams(search);
  const left = [...query].filter(([name]) => !asked.has(name) && name !== without);
  const required = left.map(([, written]) => written);
  return [...required, ...(search ? [search] : [])].join('&');
}

/** The media types of all answers, so that no server can say that none is wanted. */
function acceptedBy({ responses }: ContractOperation): string {
  const all = Object.values(responses).flatMap(({ mediaTypes }) => mediaTypes);
  return [...new Set(all)].join(', ') || '*/*';
}

function encodeBody(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer as ArrayBuffer;
}
