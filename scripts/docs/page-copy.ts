/** Makes the copy of the contract that Redoc renders: the same facts, in the forms that Redoc shows well. */
import type { OpenAPI3 } from 'openapi-typescript';
import { describe } from './advice.ts';
import { codeSamples } from './code-samples.ts';
import { errorGuide } from './error-guide.ts';
import { idOf } from './links.ts';
import { joinNulls } from './nullable.ts';
import { isError, readOperations } from './operations.ts';

/** Does not change the contract itself. */
export function makePageCopy(contract: OpenAPI3): OpenAPI3 {
  const copy = structuredClone(contract);
  const operations = readOperations(contract);
  const copies = readOperations(copy);
  for (const [index, operation] of operations.entries()) {
    Object.assign(copies[index]?.node ?? {}, {
      operationId: idOf(operation),
      'x-codeSamples': codeSamples(contract, operation),
    });
  }
  // A response that several operations share is described once.
  const errors = new Set(
    copies.flatMap(({ answers }) => answers.filter(isError)).map(({ response }) => response),
  );
  for (const response of errors) response.description = describe(response);
  joinNulls(copy);
  const guide = errorGuide(contract);
  if (!guide) return copy;
  // `x-traitTag` makes a tag a section of text with an entry in the menu.
  const tag = { name: 'Errors', description: guide, 'x-traitTag': true };
  return { ...copy, tags: [tag, ...(copy.tags ?? [])] };
}
