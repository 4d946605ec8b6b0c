/** Finds what a server says in the body of an error that is not the contract's envelope. */
import type { Problem } from '../violations.ts';

/** Where servers and gateways put their words, the most telling first. */
const wordNames = [
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

/** Where they put the part of the request that a problem is about. */
const partNames = ['loc', 'path', 'field', 'pointer', 'parameter', 'instancePath', 'param'];

type Holder = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** The words in a body that was JSON, each with the part of the request that it is about; empty where it has none. */
export function wordsInJson(body: unknown, isTop = true): string {
  if (typeof body === 'string') return body.trim();
  if (Array.isArray(body)) return joined(body.map((each) => wordsInJson(each, false)));
  if (!isObject(body)) return '';
  const { title, detail } = body;
  // RFC 9457: the title names the sort of problem, the detail describes this one.
  if (typeof title === 'string' && typeof detail === 'string') return `${partOf(body)}${title}: ${detail}`;
  for (const name of wordNames) {
    const words = wordsInJson(body[name], false);
    if (words) return partOf(body) + words;
  }
  // Each name is such a part: `{"detail": {"limit": ["too large"]}}`. At the top, only one with a list of texts can be.
  const parts = Object.entries(body).filter(([, inner]) => !isTop || isTexts(inner));
  return joined(
    parts.map(([name, inner]) => {
      const words = wordsInJson(inner, false);
      return words && `${name}: ${words}`;
    }),
  );
}

const joined = (parts: readonly string[]) => parts.filter(Boolean).join('; ');

/** `query.limit: `, where an object says what its words are about. JSON:API has it in `source`. */
function partOf(body: Holder): string {
  const { source } = body;
  for (const name of partNames) {
    const part = body[name] ?? (isObject(source) ? source[name] : undefined);
    const text = Array.isArray(part) ? part.filter(isStep).join('.') : isStep(part) ? String(part) : '';
    if (text) return `${text}: `;
  }
  return '';
}

/** The words in a body that was not JSON: the title of a page, or a plain text. */
export function wordsInText(text: string, contentType: string): string {
  // A title is near the start of a page.
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
const isTexts = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');

function isProblem(value: unknown): value is Problem {
  const { loc, msg } = Object(value);
  return Array.isArray(loc) && loc.every(isStep) && typeof msg === 'string';
}
