/** Takes secrets out of texts that will be shown, should someone have written them down there. */

/** Takes the secrets of a request out of a text. */
export type Scrub = (text: string) => string;

/**
 * The text without the values and without their words (`Bearer` and a key), be they plain, in base64 or
 * percent-encoded. What is too short to be a secret would only garble texts.
 */
export function hide(text: string, values: string[]): string {
  return values
    .flatMap((value) => [value, ...value.split(' ')])
    .filter((secret) => secret.length > 7)
    .flatMap((secret) => [secret, encodeURIComponent(secret), btoa(secret).replace(/=+$/, '')])
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
