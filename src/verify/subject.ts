/** The server under test: asks it one request at a time, none twice, within a budget of calls, waits and bytes. */
import type { ContractOperation } from '../contract.ts';
import type { Signal } from '../transport/fetch.ts';
import { withoutNulls } from '../transport/headers.ts';
import type { Settings } from '../transport/options.ts';
import { Secrets } from '../transport/secrets.ts';
import { wait } from '../transport/within.ts';
import { type Answer, readAnswer } from './answer.ts';
import { Failure, Skip } from './finding.ts';
import type { Code } from './report.ts';
import { buildRequest, sampleOf, type Variation } from './request.ts';
import { type Reply, send, whyNot } from './send.ts';
import { clean, writeCurl } from './shown.ts';

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
  readonly operations: readonly ContractOperation[];
  /** Told after each call, and before each wait what the run waits for. */
  tell(waiting?: string): void;
}

/** What a run may cost at most. */
export const budget = {
  callsPerOperation: 300,
  /** Requests without an answer. */
  silences: 3,
  bytes: 64 * 1024 * 1024,
  /** After answers with 429: one wait, all waits, and how often one request is sent again. */
  oneWaitMs: 60_000,
  allWaitsMs: 300_000,
  repeats: 12,
};

/** Sent where no key is given: mocks and servers in development take any. */
const standInKey = 'training-catalog-verify';

/** What stands in front of a server that is not up yet answers these. */
const gatewayStatuses: readonly number[] = [502, 503, 504];

/** Waiting does not change these. */
const lasting: readonly Code[] = ['dns', 'certificate', 'tls', 'fetch', 'budget', 'stopped'];

/** The run cannot go on. The message is the reason. */
export class Stopped extends Skip {
  readonly code: Code;

  constructor(code: Code, reason: string) {
    super(reason);
    this.code = code;
  }
}

interface Prepared {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ArrayBuffer | undefined;
  readonly curl: string;
}

export class Subject {
  /** The operations that this run calls. */
  readonly operations: readonly ContractOperation[];
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
  readonly #answersTo = new Map<ContractOperation, Answer[]>();
  #bytes = 0;
  #silences = 0;
  #waitedMs = 0;

  constructor(options: SubjectOptions) {
    const { settings, apiKey, operations } = options;
    this.#options = options;
    this.operations = operations;
    this.key = apiKey ?? standInKey;
    this.#secrets = new Secrets();
    this.#secrets.addHeaders(withoutNulls(settings.headers));
    if (apiKey !== undefined) this.#secrets.addHeaders({ authorization: `Bearer ${apiKey}` });
  }

  /** All answers of an operation so far, also a 429 after which the request was sent again. */
  answersTo(operation: ContractOperation): readonly Answer[] {
    return this.#answersTo.get(operation) ?? [];
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
    const request = this.#prepare(operation, {});
    const end = Date.now() + waitMs;
    for (let pauseMs = 250; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
      const isLast = Date.now() >= end;
      let asksMs = 0;
      let why: string;
      try {
        const reply = await this.#send(request, Math.max(settings.timeoutMs, end - Date.now()));
        if (isLast || !gatewayStatuses.includes(reply.status))
          return await this.#settle(operation, request, reply);
        // A gateway's answer without a body says nothing of the server behind it.
        if (reply.body?.length !== 0) this.#note(operation, request, reply, { isEarly: true });
        asksMs = reply.retryAfterMs ?? 0;
        why = `${settings.baseUrl} answers with status ${reply.status}.`;
      } catch (thrown) {
        const stopped = this.#explain(thrown);
        if (isLast || lasting.includes(stopped.code)) throw stopped;
        why = stopped.message;
      }
      const leftMs = Math.max(0, end - Date.now());
      tell(`${why} Asking again for up to ${Math.ceil(leftMs / 1000)} s.`);
      await wait(Math.min(Math.max(asksMs, pauseMs), leftMs), signal);
    }
  }

  /**
   * Gets the answer to a request: from memory, if the same was sent before.
   *
   * @throws Failure if no answer comes
   * @throws Skip if the run cannot go on, or the contract does not say how to call the operation
   */
  async ask(operation: ContractOperation, question: Question = {}): Promise<Answer> {
    const request = this.#prepare(operation, question);
    const key = JSON.stringify([request.method, request.url, request.headers, question.again]);
    const known = this.#memory.get(key);
    if (known) return known.answer;
    if (this.stopped) throw this.stopped;
    let answer: Answer;
    try {
      const reply = await this.#send(request, this.#options.settings.timeoutMs);
      answer = await this.#settle(operation, request, reply);
    } catch (thrown) {
      if (thrown instanceof Stopped) throw thrown;
      const { code, message } = this.#explain(thrown);
      if (code === 'stopped') throw this.#stop('stopped', message);
      this.#silences += 1;
      if (this.#silences >= budget.silences) this.#stop('silent', 'the server stopped answering');
      throw new Failure({ curl: request.curl, summary: clean(message) }, 'an answer');
    }
    if (answer.isTooLarge) throw new Failure(answer, 'an answer of ordinary size');
    this.#memory.set(key, { operation, answer });
    return answer;
  }

  #prepare(operation: ContractOperation, question: Question): Prepared {
    const made = sampleOf(operation);
    if ('missing' in made) throw new Skip(made.missing);
    const { settings, apiKey } = this.#options;
    const { target, headers, body } = buildRequest(operation, made.sample, question);
    const isOwn = question.authorization !== undefined || settings.headers['authorization'] === undefined;
    const { authorization = `Bearer ${this.key}` } = question;
    const own = {
      ...headers,
      ...(isOwn && authorization !== null && { authorization }),
    };
    // Media types of all answers, so that no server can say that none is wanted.
    const accept = [...new Set(Object.values(operation.responses).flatMap(({ mediaTypes }) => mediaTypes))];
    const { authorization: _, ...callers } = settings.headers;
    const others = question.authorization === undefined ? settings.headers : callers;
    const request = {
      url: settings.baseUrl + target,
      method: operation.method.toUpperCase(),
      headers: { ...withoutNulls({ accept: accept.join(', ') || '*/*', ...others }), ...own },
      body,
    };
    const curl = writeCurl({
      ...request,
      headers: own,
      callerHeaders: others,
      apiKey,
      redact: this.#secrets.hide,
    });
    return { ...request, body: body === undefined ? undefined : encode(body), curl };
  }

  async #send(request: Prepared, timeoutMs: number): Promise<Reply> {
    const { settings, signal, tell } = this.#options;
    if (this.calls >= budget.callsPerOperation * this.operations.length || this.#bytes > budget.bytes) {
      throw this.#stop('budget', `a run may take no more than ${this.calls} calls or ${budget.bytes} bytes`);
    }
    this.calls += 1;
    const reply = await send(settings, request, { signal, timeoutMs });
    this.#bytes += reply.body?.length ?? settings.maxResponseBytes;
    tell();
    return reply;
  }

  /** Waits and asks again where the server limits the rate. */
  async #settle(operation: ContractOperation, request: Prepared, first: Reply): Promise<Answer> {
    const { settings, signal, tell } = this.#options;
    let reply = first;
    for (let repeats = 0; ; repeats += 1) {
      const answer = this.#note(operation, request, reply);
      if (answer.status !== 429) return answer;
      const { retryAfterMs } = reply;
      const waitMs = retryAfterMs ?? Math.min(1_000 * 2 ** repeats, 15_000);
      const asked = retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(waitMs / 1000)} s`;
      const isTooLong = waitMs > budget.oneWaitMs || this.#waitedMs + waitMs > budget.allWaitsMs;
      if (isTooLong || repeats >= budget.repeats) {
        throw this.#stop('rate-limited', `the server limits the rate (429)${asked}`);
      }
      this.#waitedMs += waitMs;
      tell(`The server limits the rate: waiting ${Math.ceil(waitMs / 1000)} s.`);
      await wait(waitMs, signal);
      reply = await this.#send(request, settings.timeoutMs);
    }
  }

  #note(
    operation: ContractOperation,
    { curl }: Prepared,
    reply: Reply,
    more: { isEarly?: true } = {},
  ): Answer {
    const answer = { ...readAnswer(operation, reply, curl, this.#secrets), ...more };
    this.#answersTo.set(operation, [...this.answersTo(operation), answer]);
    return answer;
  }

  /** Why a request had no answer. */
  #explain(thrown: unknown): Stopped {
    if (thrown instanceof Stopped) return thrown;
    const failure = whyNot(thrown);
    if (!failure) throw thrown;
    if (failure.kind === 'aborted') return new Stopped('stopped', 'the run was stopped');
    if (failure.kind === 'usage') return new Stopped('fetch', failure.message);
    if (failure.kind === 'timeout') return new Stopped('timeout', failure.message);
    return new Stopped(failure.reason as Code, failure.message);
  }

  #stop(code: Code, reason: string): Stopped {
    this.stopped = new Stopped(code, reason);
    return this.stopped;
  }
}

function encode(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  return bytes.buffer.slice(0, bytes.byteLength);
}
