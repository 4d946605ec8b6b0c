/** Finds what a server says in the body of an error that is not the contract's envelope. */
import type { Problem } from '../violations.ts';

/** Where servers and gateways put their words, those that tell most first. */
const places = [
  'detail',
  'message',
  'Message',
  'error_description',
  'error',
  'errors',
  'msg',
  'title',
  'reason',
];

type Holder = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** The words in a body that was JSON; empty where it has none. */
export function wordsInJson(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  if (Array.isArray(body)) return body.map(wordsInJson).filter(Boolean).join('; ');
  if (!isObject(body)) return '';
  if (isProblem(body)) return `${body.loc.join('.')}: ${body.msg}`;
  const { title, detail } = body;
  // As RFC 9457 has it: the sort of problem, then this one.
  if (typeof title === 'string' && typeof detail === 'string') return `${title}: ${detail}`;
  for (const place of places) {
    const part = body[place];
    const words = wordsInJson(part);
    if (words) return words;
    if (isObject(part) && Object.keys(part).length > 0) return JSON.stringify(part);
  }
  return '';
}

/** The words in a body that was not JSON: the title of a page, or a plain text. */
export function wordsInText(text: string, contentType: string): string {
  // Where it is in a page, it is near the start.
  const [, title] = /<(?:title|h1)[^>]{0,200}>([^<]{1,500})</i.exec(text.slice(0, 20_000)) ?? [];
  if (title) return title.replace(/\s+/g, ' ').trim();
  return /^text\/plain\b/i.test(contentType) && !text.trimStart().startsWith('<') ? text.trim() : '';
}

/** The problems that FastAPI lists: `{"detail": [{"loc": […], "msg": "…", "type": "…"}]}`. */
export function problemsInJson(body: unknown): Problem[] {
  const list = isObject(body) ? (Array.isArray(body['detail']) ? body['detail'] : body['errors']) : undefined;
  return Array.isArray(list) ? list.filter(isProblem) : [];
}

const isStep = (value: unknown) => typeof value === 'string' || typeof value === 'number';

function isProblem(value: unknown): value is Problem {
  return (
    isObject(value) &&
    Array.isArray(value['loc']) &&
    value['loc'].every(isStep) &&
    typeof value['msg'] === 'string'
  );
}
