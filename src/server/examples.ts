/** Answers with the contract's examples: the one that a `Prefer` header asks for (RFC 7240), or the first. */
import { type ContractOperation, nameOf } from '../contract.ts';
import { isJson } from '../media-type.ts';
import { envelope, respond } from './respond.ts';

/** Reads the header as Prism does: of a repeated preference the first counts, parameters after a semicolon do not. */
function readPrefer(header: string): { code?: string; example?: string } {
  const preferences: ReturnType<typeof readPrefer> = {};
  for (const part of header.split(',')) {
    const [, name = '', value = ''] = /^([^=;]*)=?([^;]*)/.exec(part) ?? [];
    const key = name.trim().toLowerCase();
    if (key === 'code' || key === 'example') preferences[key] ??= value.trim().replace(/^"(.*)"$/, '$1');
  }
  return preferences;
}

/** The first success that the contract lists. */
function successOf({ responses }: ContractOperation): string {
  return Object.keys(responses).find((status) => /^2\d\d$/.test(status)) ?? '200';
}

/**
 * `code=429` gives the first example of that status, `code=200, example=empty` the one of that name,
 * and `example=empty` alone means one of a success. `code=200` alone asks for what happens anyway.
 *
 * @returns Undefined if the header asks for nothing that is answered here.
 */
export function answerPrefer(operation: ContractOperation, header: string): Response | undefined {
  const success = successOf(operation);
  const { code = success, example } = readPrefer(header);
  const statuses = Object.keys(operation.responses);
  if (!statuses.includes(code)) {
    return envelope(400, { detail: `Prefer: no such code; there are ${statuses.join(', ')}` });
  }
  if (example === undefined) return code === success ? undefined : answerExample(operation, code);
  const examples = operation.examples[code] ?? {};
  if (Object.hasOwn(examples, example)) return write(operation, code, examples[example]);
  const names = Object.keys(examples).join(', ') || 'none';
  return envelope(400, { detail: `Prefer: no such example of ${code}; there are ${names}` });
}

/** The first example of a status, by default of a success. */
export function answerExample(operation: ContractOperation, status = successOf(operation)): Response {
  const response = operation.responses[status];
  if (response?.mediaTypes.length === 0) return respond(Number(status), null);
  const [example] = Object.values(operation.examples[status] ?? {});
  if (example !== undefined) return write(operation, status, example);
  return envelope(500, { detail: `The contract has no example of ${status} for ${nameOf(operation)}` });
}

function write({ responses }: ContractOperation, status: string, example: unknown): Response {
  const [mediaType = 'application/json'] = responses[status]?.mediaTypes ?? [];
  const isText = typeof example === 'string' && !isJson(mediaType);
  return respond(Number(status), isText ? example : JSON.stringify(example), { 'content-type': mediaType });
}
