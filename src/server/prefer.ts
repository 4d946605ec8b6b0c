/** Answers a `Prefer` header (RFC 7240) with the example it names, read as Prism reads it. */
import { apiErrorPayloadCode } from '../../generated/constants.ts';
import { type Answer, envelope, json, namedExamples } from './answer.ts';

const statuses = [200, ...apiErrorPayloadCode] as const;

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

/**
 * `code=429` gives the first example of that status, `code=200, example=empty` the one of that name,
 * and `example=empty` alone means one of 200. `code=200` alone asks for what happens anyway.
 *
 * @returns Undefined if the header asks for nothing that is answered here.
 */
export function answerPrefer(header: string): Answer | undefined {
  const { code = '200', example } = readPrefer(header);
  const status = statuses.find((known) => String(known) === code);
  if (status === undefined) {
    return envelope(400, { detail: `Prefer: no such code; there are ${statuses.join(', ')}` });
  }
  if (example === undefined) return status === 200 ? undefined : envelope(status);
  const examples = namedExamples(status);
  const found = examples.find(([name]) => name === example);
  return found
    ? json(status, JSON.stringify(found[1]))
    : envelope(400, {
        detail: `Prefer: no such example of ${status}; there are ${examples.map(([name]) => name).join(', ')}`,
      });
}
