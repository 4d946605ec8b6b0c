/** Takes secrets out of the texts that will be shown, should a server or a library have put them there. */
import { clip } from './errors.ts';

const standIn = '[secret]';

/** From this length on, the start of a secret is taken for the whole: servers cut what they send back. */
const tellingLength = 32;

/** What is shorter than this may be an ordinary word, so it is hidden only where it stands alone. */
const wordLength = 8;

/** Headers that say what is wanted, not who wants it. */
const harmless = ['accept', 'accept-language', 'content-type'];

/** The secrets of one exchange: they come in attempt by attempt, and all of them stay. */
export class Secrets {
  readonly #sent: Readonly<Record<string, string>>[] = [];
  /** Made when they are needed: most calls go well and show nothing. */
  #forms: readonly string[] | undefined;

  /** Adds what a request has sent: the key, and whatever else may be a secret of the caller's. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#sent.push(headers);
    this.#forms = undefined;
  }

  /** The text without the secrets. Its cost grows with the length of the text, and not with that of a key. */
  readonly hide = (text: string): string => this.#allForms().reduce(hideForm, text);

  /** The start of a text without the secrets, which costs no more than the start. */
  hideAndClip(text: string, length: number): string {
    const longest = Math.max(0, ...this.#allForms().map((form) => form.length));
    if (text.length <= length + longest) return clip(this.hide(text), length);
    // The part may end in the middle of a secret, so as much as that is dropped.
    const part = this.hide(text.slice(0, length + longest));
    return `${part.slice(0, part.length - longest).slice(0, length - 1)}…`;
  }

  #allForms(): readonly string[] {
    this.#forms ??= [...new Set(this.#sent.flatMap(Object.entries<string>).flatMap(secretsIn))].flatMap(
      formsOf,
    );
    return this.#forms;
  }
}

/** What may be a secret in a header. */
function secretsIn([name, value]: [name: string, value: string]): string[] {
  if (harmless.includes(name)) return [];
  // Behind a scheme, such as `Bearer`, stands a key.
  const [, ...keys] = value.split(' ');
  if (name === 'authorization') return [value, ...keys];
  // In another header, such as a cookie, any part may be a secret that is no ordinary word.
  return [value, ...value.split(' '), ...value.split(/[\s,;=]+/)].filter((part) => part.length >= wordLength);
}

/** The forms in which servers and libraries send a text back. For most keys several of these are the same. */
function formsOf(secret: string): string[] {
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

/** It is looked for by its start, and what follows is compared once, so that no text takes long. */
function hideForm(text: string, form: string): string {
  const start = form.slice(0, tellingLength);
  let shown = '';
  let done = 0;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at)) {
    let end = at + start.length;
    while (end < text.length && end - at < form.length && text[end] === form[end - at]) end += 1;
    if (form.length >= wordLength || standsAlone(text, at, end)) {
      shown += text.slice(done, at) + standIn;
      done = end;
    }
    at = end;
  }
  return shown + text.slice(done);
}

function standsAlone(text: string, from: number, to: number): boolean {
  return !/\w/.test(text[from - 1] ?? '') && !/\w/.test(text[to] ?? '');
}
