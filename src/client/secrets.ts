/** Takes secrets out of texts that will be shown, should someone have written them down there. */

/** Takes the secrets of a request out of a text. */
export type Scrub = (text: string) => string;

/**
 * The text without the values and without their words (`Bearer` and a key), in any case, be they plain,
 * in base64, percent-encoded or escaped as JSON. What is too short to be a secret would only garble texts.
 */
export function hide(text: string, values: string[]): string {
  return values
    .flatMap((value) => [value, ...value.split(' ')])
    .filter((secret) => secret.length > 7)
    .flatMap((secret) => [secret, btoa(secret).replace(/=+$/, '')])
    .reduce((rest, secret) => {
      const forms = Array.from(secret, (char) => {
        const hex = char.charCodeAt(0).toString(16).padStart(2, '0');
        return `\\\\{0,3}(\\x${hex}|(%|u00)${hex})`;
      });
      return rest.replace(new RegExp(forms.join(''), 'gi'), '[secret]');
    }, text);
}
