/** Redacts secrets in the texts that will be shown, should a server or a library have put them there. */
import { clip } from './errors.ts';

const standIn = '[secret]';

/** The names of headers that hold a secret. */
const secretName = /auth|cookie|credential|key|password|secret|session|signature|token/;

/** A shorter secret may be a part of an ordinary word, so it is redacted only where it stands alone. */
const wordLength = 8;

/** How many causes of an error are followed: a chain may have no end. */
const deepest = 4;

/** The secrets of one exchange. Each attempt adds its headers, as the key may change from one to the next. */
export class Secrets {
  readonly #alsoSecret: readonly string[];
  readonly #sent: Readonly<Record<string, string>>[] = [];
  /** What is looked for. Made on first use: most calls succeed and show nothing. */
  #forms: readonly string[] | undefined;

  /** @param alsoSecret - Further headers that hold a secret, by lower-case name. */
  constructor(alsoSecret: readonly string[] = []) {
    this.#alsoSecret = alsoSecret;
  }

  /** Adds the headers that a request has sent, by lower-case name. */
  add(headers: Readonly<Record<string, string>>): void {
    this.#sent.push(headers);
    this.#forms = undefined;
  }

  /** The text without the secrets. */
  readonly redact = (text: string): string => this.#allForms().reduce(redactForm, text);

  /** The start of a text without the secrets. The rest of the text is not read. */
  redactAndClip(text: string, length: number): string {
    // A part may end in the middle of a secret, so as much as the longest one is dropped from its end.
    const longest = Math.max(0, ...this.#allForms().map((form) => form.length));
    if (text.length <= length + longest) return clip(this.redact(text), length);
    const part = this.redact(text.slice(0, length + longest));
    return `${part.slice(0, Math.min(length - 1, part.length - longest))}…`;
  }

  /** The headers of an answer by lower-case name, without secrets. What a server sets in a cookie is one, too. */
  redactHeaders(headers: Iterable<[string, string]>): Record<string, string> {
    const shown: Record<string, string> = {};
    for (const [name, value] of headers) {
      const lowerCase = name.toLowerCase();
      if (lowerCase !== 'set-cookie') shown[this.redact(lowerCase)] = this.redact(value);
    }
    return shown;
  }

  /**
   * An error with the name, message, stack, code and causes of what was thrown, and nothing else: what a custom
   * `fetch` throws may hold the request, and with it the key.
   */
  redactError(thrown: unknown, depth = deepest): Error {
    const copy = new Error();
    const from: Record<string, unknown> = typeof thrown === 'string' ? { message: thrown } : Object(thrown);
    for (const name of ['name', 'message', 'stack', 'code']) {
      const text = from[name];
      if (typeof text === 'string') Object.defineProperty(copy, name, { value: this.redact(text) });
    }
    if (from['cause'] && depth > 0) copy.cause = this.redactError(from['cause'], depth - 1);
    return copy;
  }

  #allForms(): readonly string[] {
    this.#forms ??= [
      ...new Set(
        this.#sent
          .flatMap((headers) => Object.entries(headers))
          .filter(([name]) => secretName.test(name) || this.#alsoSecret.includes(name))
          .flatMap(secretsIn)
          .flatMap(formsOf),
      ),
    ].sort((one, other) => other.length - one.length);
    return this.#forms;
  }
}

/** The value of a header, and the part that is secret by itself: behind the scheme, or in each cookie. */
function secretsIn([name, value]: [name: string, value: string]): string[] {
  const parts = name === 'cookie' ? value.split('; ').map((cookie) => cookie.replace(/^[^=]*=/, '')) : [];
  const [, afterScheme = ''] = /^\w+ +(.+)$/.exec(value) ?? [];
  return [value, afterScheme, ...parts].filter(Boolean);
}

/** How servers and libraries send a secret back: as it is, percent-encoded, escaped in JSON, in base64. */
function formsOf(secret: string): string[] {
  const base64 = btoa(secret).replace(/=+$/, '');
  const percent = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    percent,
    percent.replace(/%../g, (byte) => byte.toLowerCase()),
    json,
    // As PHP and .NET escape.
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&+'`]/g, (each) => `\\u00${each.charCodeAt(0).toString(16).toUpperCase()}`),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
}

function redactForm(text: string, form: string): string {
  if (form.length >= wordLength) return text.replaceAll(form, standIn);
  const escaped = form.replace(/[^\w]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, 'g'), standIn);
}
