/** Tells what an answer means: a page of the catalog, or which error. */
import { advice } from '../../generated/constants.ts';
import {
  type Report,
  validateAPIErrorPayload,
  validateTrainingCatalogResponse,
} from '../../generated/validators.ts';
import { describeViolation, formatPath } from '../violations.ts';
import { plainCause, type Reply } from './attempt.ts';
import { clip, failure } from './errors.ts';
import { notify } from './exchange.ts';
import type { Drift, Settings } from './options.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { TrainingCatalog, TrainingModel, ValidationErrorItem } from './types.ts';

/** The fields of both bodies, before it is known which it is. */
interface Body {
  models?: TrainingModel[];
  total?: number;
  code: number;
  type: string;
  detail: string;
  errors?: ValidationErrorItem[] | null;
}

/** @throws `api` errors for the API's envelopes, `response` errors for everything that is not the contract */
export function readAnswer(settings: Settings, reply: Reply): TrainingCatalog {
  const { status, headers, text = '', attempts, scrub } = reply;
  const ok = status === 200;
  const errors: ValidationErrorItem[] = [];
  const drifts = new Map<string, Drift>();
  let body: Body | undefined;
  let cause: Error | undefined;
  // Why this is not an answer of the API, if it is not.
  let reason = '';

  const report: Report = (path, rule, expected) => {
    const violation = describeViolation(`/body${path}`, rule, expected);
    const at = formatPath(path);
    if (rule !== 'enum') {
      reason ||= `${at || 'body'}: ${violation.msg}`;
      errors.push(violation);
      return;
    }
    const value = violation.loc
      .slice(1)
      .reduce<unknown>((node, step) => (node as Body)[step as 'type'], body);
    // A new family of a hundred models is one piece of news.
    const news = path.replace(/\d+/g, '') + JSON.stringify(value);
    if (!drifts.has(news)) drifts.set(news, { at, value: typeof value === 'string' ? scrub(value) : value });
  };

  if (reply.text === undefined) {
    reason = `the body is larger than maxResponseBytes, ${settings.maxResponseBytes}`;
  } else if (!ok && status < 400) {
    reason = `the contract has no such status; redirects are not followed (location: ${headers.get('location')})`;
  } else {
    try {
      body = JSON.parse(ok ? text : scrub(text));
      if (!ok) validateAPIErrorPayload(body, report);
      else if (settings.validate) validateTrainingCatalogResponse(body, report);
    } catch (thrown) {
      const type = headers.get('content-type') ?? 'no content type';
      reason = `the body (${type}) is ${text ? 'not JSON' : 'empty'}; check baseUrl`;
      cause = plainCause(thrown, scrub);
    }
    if (ok && !reason) {
      // No list means an empty one, unless there is something to list.
      if (body?.total === 0) body.models ??= [];
      if (!Array.isArray(body?.models)) report('/models', 'required');
    }
  }

  const { code, type, detail, models } = body ?? ({} as Body);
  if (!reason) {
    if (!ok && !(status in advice)) drifts.set('status', { at: 'status', value: status });
    if (!ok && code !== status) drifts.set('code', { at: 'code', value: code });
    for (const drift of drifts.values()) notify(settings.onDrift, drift);
    if (ok) {
      if (settings.validate) for (const model of models as TrainingModel[]) model.extended_context ??= false;
      return body as unknown as TrainingCatalog;
    }
  }

  const retryAfterMs = parseRetryAfter(headers.get('retry-after'));
  const answered = {
    status,
    // What a server sets in a cookie may be a secret of its own.
    headers: Object.fromEntries(
      [...headers].filter(([name]) => name !== 'set-cookie').map((header) => header.map(scrub)),
    ),
    attempts,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  if (reason) {
    throw failure(
      'response',
      `Status ${status}, but not an answer of this API: ${scrub(reason)}.`,
      { ...answered, snippet: clip(scrub(text), 200), errors },
      cause && { cause },
    );
  }
  const hint = (advice as Record<number, string>)[status];
  throw failure('api', `${status} ${type}: ${clip(detail, 300)}${hint ? ` (what to do: ${hint})` : ''}`, {
    ...answered,
    code,
    type,
    detail,
    errors: body?.errors ?? [],
  });
}
