/** Turns what the contract says of errors, in `x-retry` and `x-advice`, into sentences. */
import type { ResponseObject } from 'openapi-typescript';

export interface Advice {
  meaning: string;
  retried: 'yes' | 'no';
  /** Empty where the contract has none. */
  whatToDo: string;
}

/** A response without `x-retry` is not tried again. */
export function adviceOf(response: ResponseObject): Advice {
  const { description, ...fields } = response as ResponseObject & Partial<Record<string, unknown>>;
  return {
    meaning: description.trim(),
    retried: fields['x-retry'] ? 'yes' : 'no',
    whatToDo: String(fields['x-advice'] ?? '').trim(),
  };
}

/** The description of a response on the page. Redoc shows no `x-` fields, so it includes them. */
export function describe(response: ResponseObject): string {
  const { meaning, retried, whatToDo } = adviceOf(response);
  const sentences = [meaning, `Retried by the client: ${retried}.`];
  if (whatToDo) sentences.push(`What to do: ${whatToDo}.`);
  return sentences.join('\n\n');
}
