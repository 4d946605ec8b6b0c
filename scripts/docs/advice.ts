/** What the contract's data about errors, `x-retry` and `x-advice`, reads like in words. */
import type { ResponseObject } from 'openapi-typescript';

export interface Advice {
  meaning: string;
  retried: 'yes' | 'no';
  /** Empty where the contract has none. */
  whatToDo: string;
}

/** A response without `x-retry` is not tried again. */
export function adviceOf(response: ResponseObject): Advice {
  const {
    description,
    'x-retry': retry,
    'x-advice': advice,
  } = response as ResponseObject & {
    'x-retry'?: boolean;
    'x-advice'?: string;
  };
  return { meaning: description.trim(), retried: retry ? 'yes' : 'no', whatToDo: advice?.trim() ?? '' };
}

/** The description of a response on the page, where Redoc shows no field whose name starts with `x-`. */
export function describe(response: ResponseObject): string {
  const { meaning, retried, whatToDo } = adviceOf(response);
  const sentences = [meaning, `Retried by the client: ${retried}.`];
  if (whatToDo) sentences.push(`What to do: ${whatToDo}.`);
  return sentences.join('\n\n');
}
