/** Answers with the contract's examples: those that a `Prefer` header names (RFC 7240), read as Prism reads it, or the first. */
import { isJson } from '../media-type.ts';
import { type Answer, answer, corsHeaders, envelope } from './answer.ts';
import type { ServedOperation } from './contract.ts';

/** The first of each preference counts; parameters after a semicolon are left aside. */
function readPrefer(header: string): { code?: string; example?: string } {
  const wish: { code?: string; example?: string } = {};
  for (const preference of header.split(',')) {
    const [name = '', ...rest] = (preference.split(';', 1)[0] ?? '').split('=');
    const key = name.trim().toLowerCase();
    const value = rest
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (key === 'code' || key === 'example') wish[key] ??= value;
  }
  return wish;
}

/** The status of a success, as the contract has it. */
function successOf({ responses }: ServedOperation): string {
  return Object.keys(responses).find((status) => /^2\d\d$/.test(status)) ?? '200';
}

/**
 * `code=429` gives the first example of that status, `code=200, example=empty` the one of that name,
 * and `example=empty` alone means one of a success. `code=200` alone asks for what happens anyway.
 *
 * @returns Undefined if the header asks for nothing that is answered here.
 */
export function answerPrefer(operation: ServedOperation, header: string): Answer | undefined {
  const success = successOf(operation);
  const { code = success, example } = readPrefer(header);
  const statuses = Object.keys(operation.responses);
  if (!statuses.includes(code)) {
    return envelope(400, { detail: `Prefer: no such code; there are ${statuses.join(', ')}` });
  }
  if (example === undefined) return code === success ? undefined : answerExample(operation, code);
  const examples = operation.examples[code] ?? {};
  return Object.hasOwn(examples, example)
    ? write(operation, code, examples[example])
    : envelope(400, {
        detail: `Prefer: no such example of ${code}; there are ${Object.keys(examples).join(', ') || 'none'}`,
      });
}

/** The first example of a status: by default of a success, for an operation that has no behaviour yet. */
export function answerExample(operation: ServedOperation, status = successOf(operation)): Answer {
  const response = operation.responses[status];
  if (response?.mediaTypes.length === 0) return { status: Number(status), headers: corsHeaders, body: null };
  const [example] = Object.values(operation.examples[status] ?? {});
  if (example !== undefined) return write(operation, status, example);
  const { method, path } = operation;
  return envelope(500, {
    detail: `The contract has no example of ${status} for ${method.toUpperCase()} ${path}`,
  });
}

function write({ responses }: ServedOperation, status: string, example: unknown): Answer {
  const [mediaType = 'application/json'] = responses[status]?.mediaTypes ?? [];
  const isText = typeof example === 'string' && !isJson(mediaType);
  return answer(Number(status), mediaType, isText ? example : JSON.stringify(example));
}
