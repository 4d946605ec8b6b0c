/** Takes secrets out of the texts that will be shown, should a server or a library have put them there. */
import { clip } from './errors.ts';

const standIn = '[secret]';

/** Servers cut what they send back, so the first characters of a secret, from this many on, are hidden as well. */
const tellingLength = 32;

/** A shorter secret may be a part of an ordinary word, so it is hidden only where it stands alone. */
const wordLength = 8;

/** Headers that hold no secrets. */
const harmless = ['accept', 'accept-language', 'content-type'];

/** How many secrets a client remembers the forms of. */
const mostRemembered = 20;

/** The secrets of one exchange. Each attempt adds its headers, as the key may change from one to the next. */
export class Secrets {
  readonly #formsOf: FormsOf;
  readonly #sent: Readonly<Record<string, string>>[] = [];
  /** Made on first use: most calls succeed and show nothing. */
  #forms: readonly string[] | undefined;

  /** @param formsOf - Gives the forms in which a secret is hidden. */
  constructor(formsOf: FormsOf = makeForms) {
    this.#formsOf = formsOf;
  }

  /** Adds what a request has sent: the key, and whatever else may be a secret of the caller's. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#sent.push(headers);
    this.#forms = undefined;
  }

  /** The text without the secrets. Its cost grows with the length of the text, and not with that of a key. */
  readonly hide = (text: string): string => this.#allForms().reduce(hideForm, text);

  /** The start of a text without the secrets. The rest of the text is not read. */
  hideAndClip(text: string, length: number): string {
    const longest = Math.max(0, ...this.#allForms().map((form) => form.length));
    if (text.length <= length + longest) return clip(this.hide(text), length);
    // The part may end in the middle of a secret, so the length of the longest is dropped.
    const part = this.hide(text.slice(0, length + longest));
    return `${part.slice(0, part.length - longest).slice(0, length - 1)}…`;
  }

  #allForms(): readonly string[] {
    if (!this.#forms) {
      const headers = this.#sent.flatMap(Object.entries<string>);
      this.#forms = [...new Set(headers.flatMap(secretsIn))].flatMap(this.#formsOf);
    }
    return this.#forms;
  }
}

/** What may be a secret in a header. */
function secretsIn([name, value]: [name: string, value: string]): string[] {
  if (harmless.includes(name)) return [];
  const words = value.split(' ');
  // The first word is the scheme, such as `Bearer`.
  if (name === 'authorization') return [value, ...words.slice(1)];
  // In any other header, such as a cookie, each part may be a secret if it is longer than an ordinary word.
  return [value, ...words, ...value.split(/[\s,;=]+/)].filter((part) => part.length >= wordLength);
}

/** Gives the forms in which servers and libraries send a secret back. */
export type FormsOf = (secret: string) => readonly string[];

/** Remembers the forms: a client sends the same secrets again and again. Those of keys that change are forgotten. */
export function rememberForms(): FormsOf {
  const known = new Map<string, readonly string[]>();
  return (secret) => {
    const before = known.get(secret);
    if (before) return before;
    if (known.size >= mostRemembered) known.clear();
    const forms = makeForms(secret);
    known.set(secret, forms);
    return forms;
  };
}

/** Makes all forms. For most keys several of them are the same. */
function makeForms(secret: string): string[] {
  if (secret === '') return [];
  const base64 = btoa(secret).replace(/=+$/, '');
  const percent = encodeURIComponent(secret);
  const form = new URLSearchParams({ '': secret }).toString().slice('='.length);
  const lowerHex = (text: string) => text.replace(/%../g, (byte) => byte.toLowerCase());
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = new Set([
    secret,
    // As `fetch` gives the name of a header, and a URL its host.
    secret.toLowerCase(),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    ...[percent, form, lowerHex(percent), lowerHex(form)],
    json,
    // PHP, Go and .NET.
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&]/g, (character) => `\\u00${hexOf(character)}`),
    json.replace(/\\"|['`<>&+]/g, (escaped) => `\\u00${hexOf(escaped.slice(-1)).toUpperCase()}`),
    secret.replace(/["'<>&]/g, (character) => htmlEntities[character] as string),
  ]);
  return [...forms];
}

const hexOf = (character: string) => character.charCodeAt(0).toString(16);

/** As Python and PHP write them. */
const htmlEntities: Readonly<Record<string, string>> = {
  '"': '&quot;',
  "'": '&#x27;',
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
};

/** Hides each start of a form that is long enough. It reads on behind what it has compared, so its cost is linear. */
function hideForm(text: string, form: string): string {
  const start = form.slice(0, tellingLength);
  let shown = '';
  let done = 0;
  let from = text.indexOf(start);
  while (from >= 0) {
    let to = from + start.length;
    while (to - from < form.length && text[to] === form[to - from]) to += 1;
    if (form.length >= wordLength || standsAlone(text, from, to)) {
      shown += text.slice(done, from) + standIn;
      done = to;
    }
    from = text.indexOf(start, to);
  }
  return shown + text.slice(done);
}

function standsAlone(text: string, from: number, to: number): boolean {
  return !/\w/.test(text[from - 1] ?? '') && !/\w/.test(text[to] ?? '');
}
