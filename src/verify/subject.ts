/** The server under test: asks it one request at a time, none twice, within a budget of calls, waits and bytes. */
import { isCatalogError } from '../client/errors.ts';
import type { ContractOperation } from '../contract.ts';
import { exchange } from '../transport/exchange.ts';
import type { Signal } from '../transport/fetch.ts';
import { withoutNulls } from '../transport/headers.ts';
import { wait } from '../transport/limit.ts';
import type { Settings } from '../transport/options.ts';
import { Secrets } from '../transport/secrets.ts';
import { type Answer, readAnswer } from './answer.ts';
import { Failure, Skip } from './finding.ts';
import type { Claim, Code } from './report.ts';
import { buildRequest, sampleOf, type Variation } from './request.ts';
import { clean, writeCurl } from './shown.ts';

/** What a run may cost at most. */
const budget = {
  callsPerOperation: 500,
  bytes: 64 * 1024 * 1024,
  /** Requests without an answer. */
  silences: 3,
  /** After answers with 429: one wait, all waits, and how often one request is sent again. */
  oneWaitMs: 60_000,
  allWaitsMs: 300_000,
  repeats: 12,
};

/** Sent where no key is given: mocks and servers in development take any. */
const standInKey = 'training-catalog-verify';

/** What stands in front of a server that is not up yet answers these. */
const gatewayStatuses: readonly number[] = [502, 503, 504];

/** After these, nothing more is sent. */
const final: readonly Code[] = ['budget', 'rate-limited', 'stopped'];

/** Waiting does not change these. */
const lasting: readonly Code[] = [...final, 'dns', 'certificate', 'tls', 'fetch'];

/** The run cannot go on. The message is the reason. */
export class Stopped extends Skip {
  readonly code: Code;

  constructor(code: Code, reason: string) {
    super(reason);
    this.code = code;
  }
}

export interface Check extends Claim {
  /** Whether it compares models, so that a change of the catalog can make it fail. */
  readonly comparesModels: boolean;
  /**
   * Returns if the server passes.
   *
   * @throws Failure if it does something else
   * @throws Skip if the check could not show anything
   */
  run(subject: Subject): Promise<void>;
}

export interface Question extends Variation {
  /** The whole `authorization` header; null for none. @default the key */
  readonly authorization?: string | null;
  /** Any number, to send once more what was sent before. */
  readonly again?: number;
}

export interface SubjectOptions {
  readonly settings: Settings;
  readonly apiKey: string | undefined;
  readonly signal: Signal | undefined;
  /** How long the first answer may take to come. */
  readonly waitMs: number;
  /** The operations that are called. */
  readonly operations: readonly ContractOperation[];
  /** Told after each call, and before each wait what the run waits for. */
  tell(waiting?: string): void;
}

type Prepared = ReturnType<Subject['prepare']>;

export class Subject {
  /** The caller's key, or what is sent in its place. */
  readonly key: string;
  /** How many requests were sent. */
  calls = 0;
  /** Set when the run cannot go on. */
  stopped: Stopped | undefined;
  readonly #options: SubjectOptions;
  readonly #secrets: Secrets;
  /** By request, since the catalog was last seen to change. */
  readonly #memory = new Map<string, { operation: ContractOperation; answer: Answer }>();
  readonly #answers: { operation: ContractOperation; answer: Answer }[] = [];
  #bytes = 0;
  #silences = 0;
  #waitedMs = 0;

  constructor(options: SubjectOptions) {
    const { settings, apiKey } = options;
    this.#options = options;
    this.key = apiKey ?? standInKey;
    this.#secrets = new Secrets(settings.secretHeaders);
    this.#secrets.add(withoutNulls(settings.headers));
    if (apiKey !== undefined) this.#secrets.add({ authorization: `Bearer ${apiKey}` });
  }

  /** All answers of an operation so far, also a 429 after which the request was sent again. */
  answersTo(operation: ContractOperation): Answer[] {
    return this.#answers.filter((each) => each.operation === operation).map(({ answer }) => answer);
  }

  /** Those since the catalog was last seen to change. */
  currentAnswersTo(operation: ContractOperation): Answer[] {
    return [...this.#memory.values()]
      .filter((each) => each.operation === operation)
      .map(({ answer }) => answer);
  }

  /** From here on, everything is asked anew. */
  forget(): void {
    this.#memory.clear();
  }

  /**
   * Gets the first answer. A server that refuses connections or is not up behind its gateway is asked again for as
   * long as the run may wait; one that is silent has that long to answer.
   *
   * @throws Stopped if none comes
   */
  async start(operation: ContractOperation): Promise<Answer> {
    const { settings, waitMs, signal, tell } = this.#options;
    const request = this.prepare(operation, {});
    const end = Date.now() + waitMs;
    for (let pauseMs = 250; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
      const isLast = Date.now() >= end;
      const got = await this.#receive(
        operation,
        request,
        Math.max(settings.timeoutMs, end - Date.now()),
        true,
      );
      let why = `${settings.baseUrl} answers with status`;
      let askedMs = pauseMs;
      if (got instanceof Stopped) {
        if (isLast || lasting.includes(got.code)) throw got;
        why = got.message;
      } else {
        if (isLast || !got.isEarly) return got;
        why += ` ${got.status}.`;
        askedMs = Math.max(pauseMs, got.retryAfterMs ?? 0);
      }
      tell(`${why} Asking again for up to ${Math.ceil(waitMs / 1_000)} s.`);
      await wait(Math.min(askedMs, Math.max(0, end - Date.now())), signal);
    }
  }

  /**
   * Gets the answer to a request: from memory, if the same was sent before.
   *
   * @throws Failure if no answer comes
   * @throws Skip if the run cannot go on, or the contract does not say how to call the operation
   */
  async ask(operation: ContractOperation, question: Question = {}): Promise<Answer> {
    const request = this.prepare(operation, question);
    const key = JSON.stringify([request.method, request.url, request.headers, question.again ?? 0]);
    const known = this.#memory.get(key)?.answer;
    if (known) return known;
    if (this.stopped) throw this.stopped;
    const got = await this.#receive(operation, request, this.#options.settings.timeoutMs);
    if (!(got instanceof Stopped)) {
      if (got.size === undefined) throw new Failure(got, 'a body of ordinary size');
      this.#memory.set(key, { operation, answer: got });
      return got;
    }
    this.#silences += 1;
    const isSilent = this.#silences >= budget.silences;
    if (final.includes(got.code)) this.stopped = got;
    else if (isSilent) this.stopped = new Stopped('silent', 'the server stopped answering');
    if (this.stopped === got) throw got;
    throw new Failure({ curl: request.curl, summary: clean(got.message) }, 'an answer');
  }

  /** Makes a request, and the command that shows it. */
  prepare(operation: ContractOperation, { authorization, again: _, ...variation }: Question) {
    const made = sampleOf(operation);
    if ('missing' in made) throw new Skip(made.missing);
    const { settings, apiKey } = this.#options;
    const { url, headers, body } = buildRequest(settings.baseUrl, operation, made.sample, variation);
    const { authorization: usual = `Bearer ${this.key}`, ...callers } = settings.headers;
    const own = { ...headers, authorization: authorization === undefined ? usual : authorization };
    // All media types of its answers, so that no server can say that none is wanted.
    const types = new Set(Object.values(operation.responses).flatMap(({ mediaTypes }) => mediaTypes));
    const accept = [...types].join(', ') || '*/*';
    const method = operation.method.toUpperCase();
    const shown = { url, method, body, own, callers: settings.headers, apiKey, redact: this.#secrets.redact };
    return {
      url,
      method,
      headers: withoutNulls({ accept, ...callers, ...own }),
      body,
      curl: writeCurl(shown),
    };
  }

  /** Sends a request, and again after waits where the server limits the rate. Never rejects. */
  async #receive(
    operation: ContractOperation,
    request: Prepared,
    timeoutMs: number,
    isFirst = false,
  ): Promise<Answer | Stopped> {
    const { settings, signal, operations, tell } = this.#options;
    for (let repeats = 0; ; repeats += 1) {
      if (this.calls >= budget.callsPerOperation * operations.length || this.#bytes > budget.bytes) {
        return new Stopped('budget', `a run takes no more than ${this.calls} calls or ${budget.bytes} bytes`);
      }
      this.calls += 1;
      const outgoing = { ...request, authorize: false, isRetryable: () => false };
      const reply = await exchange(settings, outgoing, { signal, timeoutMs }).catch(explain);
      if (reply instanceof Stopped) return reply;
      const isEarly = isFirst && gatewayStatuses.includes(reply.status);
      const answer = readAnswer(operation, reply, { curl: request.curl, isEarly }, this.#secrets);
      this.#bytes += answer.size ?? settings.maxResponseBytes;
      // A gateway's answer without a body says nothing of the server behind it.
      if (!isEarly || answer.size !== 0) this.#answers.push({ operation, answer });
      if (!isEarly) tell();
      if (answer.status !== 429) return answer;

      const { retryAfterMs } = answer;
      const waitMs = retryAfterMs ?? Math.min(1_000 * 2 ** repeats, 15_000);
      const seconds = Math.ceil(waitMs / 1_000);
      this.#waitedMs += waitMs;
      if (waitMs > budget.oneWaitMs || this.#waitedMs > budget.allWaitsMs || repeats >= budget.repeats) {
        const asked = retryAfterMs === undefined ? '' : ` and asks to wait ${seconds} s`;
        return new Stopped('rate-limited', `the server limits the rate (429)${asked}`);
      }
      tell(`The server limits the rate: waiting ${seconds} s.`);
      await wait(waitMs, signal);
    }
  }
}

/** Why a request had no answer. */
function explain(error: unknown): Stopped {
  if (!isCatalogError(error)) throw error;
  if (error.kind === 'network') return new Stopped(error.reason, error.message);
  if (error.kind === 'aborted') return new Stopped('stopped', 'the run was stopped');
  return new Stopped(error.kind === 'timeout' ? 'timeout' : 'fetch', error.message);
}
