/** Reads the contract for tests straight from the YAML, past all of the project's own reading. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const yamlText = readFileSync(new URL('../../openapi/openapi.yaml', import.meta.url), 'utf8');

/** A contract of the form of ours that stands still, for tests that edit its text. */
export const smallContractPath = fileURLToPath(new URL('small.yaml', import.meta.url));

/** A fresh copy of the parsed contract, to be changed at will. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into the document at will; a wrong path fails them.
export function parsedContract(): any {
  return parse(yamlText);
}
