/** Takes secrets out of texts that will be shown, should someone have written them down there. */

/** Takes the secrets of a request out of a text. */
export type Scrub = (text: string) => string;

/**
 * The text without the values and without their words (`Bearer` and a key), in any case, be they plain,
 * in base64, percent-encoded or escaped as JSON. What is too short to be a secret would only garble texts.
 */
export function hide(text: string, values: string[]): string {
  // Most texts are spared the pattern that takes a while to compile.
  const mayEscape = /[\\%]/.test(text);
  // Backslashes come and go with each escaping, so some may stand anywhere. To count them in each place would
  // let a hostile text be matched in so many ways that it takes for ever.
  const anyForm = (char: string) => {
    const hex = (0x100 + char.charCodeAt(0)).toString(16).slice(1);
    return mayEscape ? `(?:\\\\|(?:%|u00)5c){0,31}(?:\\x${hex}|(?:%|u00)${hex})` : `\\x${hex}`;
  };
  // What is left of a secret without its backslashes is looked for; where that is nothing, a run of them is.
  return values
    .flatMap((value) => [value, ...value.split(' ')])
    .filter((secret) => secret.length > 7)
    .flatMap((secret) => [secret, btoa(secret).replace(/=+$/, '')])
    .map((secret) => secret.replace(/\\/g, '').replace(/./g, anyForm) || '\\\\{8,}')
    .reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'gi'), '[secret]'), text);
}
