/** Tells what an answer means: a page of the catalog, or which error. */
import { advice } from '../../generated/constants.ts';
import {
  type Report,
  validateAPIErrorPayload,
  validateTrainingCatalogResponse,
} from '../../generated/validators.ts';
import { describeViolation, formatPath } from '../violations.ts';
import { plainCause } from './attempt.ts';
import { clip, failure } from './errors.ts';
import { type Exchanged, notify } from './exchange.ts';
import type { Drift, Settings } from './options.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { TrainingCatalog, ValidationErrorItem } from './types.ts';

/** The fields of both bodies, before it is known which it is. */
type Body = Partial<TrainingCatalog> & {
  code: number;
  type: string;
  detail: string;
  errors?: ValidationErrorItem[] | null;
};

/** @throws `api` errors for the API's envelopes, `response` errors for everything that is not the contract */
export function readAnswer(settings: Settings, exchanged: Exchanged): TrainingCatalog {
  const { status, headers, text = '', attempts, scrub } = exchanged;
  const ok = status === 200;
  const errors: ValidationErrorItem[] = [];
  const drifts = new Map<string, Drift>();
  let body = {} as Body;
  let reason = '';
  let cause: Error | undefined;

  const report: Report = (path, rule, expected) => {
    const violation = describeViolation(`/body${path}`, rule, expected);
    const at = formatPath(path);
    if (rule === 'enum') {
      const value = violation.loc
        .slice(1)
        .reduce<unknown>((node, step) => (node as Body)[step as 'type'], body);
      // A new family of a hundred models is one piece of news.
      const news = path.replace(/\d+/g, '') + value;
      if (!drifts.has(news)) drifts.set(news, { at, value });
    } else {
      reason ||= `${at || 'body'}: ${violation.msg}`;
      errors.push(violation);
    }
  };

  if (exchanged.text === undefined) {
    reason = `the body is larger than ${settings.maxResponseBytes} bytes (maxResponseBytes)`;
  } else if (status < 200 || (status > 299 && status < 400)) {
    reason = `redirects are not followed, for the key's sake; set baseUrl to where it leads (${headers.get('location')})`;
  } else {
    try {
      body = JSON.parse(ok ? text : scrub(text));
    } catch (thrown) {
      reason = `the body (${headers.get('content-type')}) is not JSON; check baseUrl and what is in between`;
      cause = plainCause(thrown, scrub);
    }
  }
  if (!reason) {
    if (!ok) validateAPIErrorPayload(body, report);
    else if (settings.validate) validateTrainingCatalogResponse(body, report);
    // No list means an empty one, unless there is something to list.
    if (ok && body?.total === 0) body.models ??= [];
    if (ok && !Array.isArray(body?.models)) report('/models', 'required');
    if (!ok && status < 400) reason ||= 'the contract has no such status';
  }
  const { code, type, detail, models } = body ?? {};
  if (ok && !reason) {
    for (const model of settings.validate ? (models ?? []) : []) model.extended_context ??= false;
  } else {
    if (!(status in advice)) drifts.set('status', { at: 'status', value: status });
    if (code !== status) drifts.set('code', { at: 'code', value: code });
  }
  if (!reason) for (const drift of drifts.values()) notify(settings.onDrift, drift);
  if (ok && !reason) return body as TrainingCatalog;

  const retryAfterMs = parseRetryAfter(headers.get('retry-after'));
  const { 'set-cookie': _, ...shown } = Object.fromEntries(headers);
  const answered = {
    status,
    headers: Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, scrub(value)])),
    attempts,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  throw reason
    ? failure(
        'response',
        `Status ${status}, but not an answer of this API: ${reason}.`,
        { ...answered, snippet: clip(scrub(text), 200), errors },
        cause && { cause },
      )
    : failure(
        'api',
        `${status} ${type}: ${clip(detail, 300)} (${(advice as Record<number, string>)[status] ?? ''})`,
        {
          ...answered,
          code,
          type,
          detail,
          errors: body.errors ?? [],
        },
      );
}
