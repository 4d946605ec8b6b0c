/** Reads a contract from a file or a git reference, and locates pointers in it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { at } from '../contract/pointer.ts';
import { isObject } from '../contract/resolve.ts';
import { git } from './git.ts';
import type { Node } from './values.ts';

// By `require`, as in contract/read.ts.
const redocly: typeof import('@redocly/openapi-core') = createRequire(import.meta.url)(
  '@redocly/openapi-core',
);

/** A document can't be read, or is no OpenAPI document. */
export class DocumentError extends Error {
  override name = 'DocumentError';
}

/** The contract's path, in the working copy and in git. */
export const contractFile = 'openapi/openapi.yaml';

/** More would be an attack: aliases of aliases multiply. */
const mostAliases = 10_000;

export class ContractDocument {
  readonly name: string;
  readonly content: Node;
  /** Whether it is a version of our contract: the working copy, or the file at a git reference. */
  readonly isOurs: boolean;
  readonly #source: InstanceType<typeof redocly.Source>;

  constructor(name: string, text: string, isOurs = false) {
    this.name = name;
    this.isOurs = isOurs;
    this.#source = new redocly.Source(name, text);
    const content = read(name, text);
    if (!isObject(content) || !(isObject(content['paths']) || isObject(content['webhooks']))) {
      throw new DocumentError(`${name} is not an OpenAPI document: it lacks "paths" and "webhooks".`);
    }
    if (!/^3\.[012]/.test(String(content['openapi']))) {
      throw new DocumentError(`${name} is not of OpenAPI 3: it says "openapi: ${content['openapi']}".`);
    }
    this.content = content;
  }

  get title(): string {
    return String(Object(this.content['info']).title);
  }

  get version(): string {
    return String(Object(this.content['info']).version);
  }

  get size(): number {
    return Object.keys(Object(this.content['paths'])).length;
  }

  /** `openapi/openapi.yaml:117:18` for a JSON pointer, or for its nearest parent that exists. */
  locate(pointer: string): string {
    let found = pointer;
    while (found !== '#' && at(found, this.content) === undefined) found = found.replace(/\/[^/]*$/, '');
    const { start } = redocly.getLineColLocation({ source: this.#source, pointer: found });
    return `${this.name}:${start.line}:${start.col}`;
  }
}

/** Parses JSON, else YAML, which is slower. */
function read(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const parsed = parseDocument(text, { merge: true });
    const [error] = parsed.errors;
    if (error) throw new DocumentError(`${name}: ${error.message.split('\n', 1)}`);
    try {
      return parsed.toJS({ maxAliasCount: mostAliases });
    } catch (cause) {
      throw new DocumentError(`${name}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** @param source a file, or a git reference */
export function readDocument(source: string, directory: string): ContractDocument {
  const file = path.resolve(directory, source);
  if (existsSync(file) && statSync(file).isFile()) {
    const isOurs = file === path.resolve(directory, contractFile);
    return new ContractDocument(source, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), isOurs);
  }
  try {
    return new ContractDocument(source, git(directory, 'show', `${source}:${contractFile}`), true);
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    const message = `"${source}" is neither a file nor a git reference that has ${contractFile}.`;
    throw new DocumentError(message, { cause });
  }
}
