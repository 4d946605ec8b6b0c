/** Reads a contract from a file or a git reference and finds places in it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { keysOf } from '../contract/pointer.ts';
import type { Node } from './normal-form.ts';

export class ContractDocument {
  readonly name: string;
  readonly content: Node;
  readonly paths: string[];
  readonly #parsed: Document;
  readonly #lines = new LineCounter();

  constructor(name: string, text: string) {
    this.name = name;
    this.#parsed = parseDocument(text, { lineCounter: this.#lines });
    const [error] = this.#parsed.errors;
    if (error) throw new Error(`${name}: ${error.message}`);
    this.content = this.#parsed.toJS() ?? {};
    if (typeof this.content['openapi'] !== 'string' || !this.content['paths']) {
      throw new Error(`${name} is not an OpenAPI document: it lacks "openapi" or "paths".`);
    }
    this.paths = Object.keys(this.content['paths'] as object);
  }

  get version(): string {
    return String((this.content['info'] as Node | undefined)?.['version']);
  }

  /** `openapi/openapi.yaml:117:18` for a JSON pointer, or for the nearest node above it. */
  locate(pointer: string): string {
    for (const keys = keysOf(pointer); keys.length > 0; keys.pop()) {
      const node = this.#parsed.getIn(keys, true);
      if (!isNode(node) || !node.range) continue;
      const { line, col } = this.#lines.linePos(node.range[0]);
      return `${this.name}:${line}:${col}`;
    }
    return this.name;
  }
}

/** @param source a file, or else a git reference whose contract is meant */
export function readDocument(source: string, directory: string, contract: string): ContractDocument {
  const file = path.resolve(directory, source);
  if (existsSync(file)) return new ContractDocument(source, readFileSync(file, 'utf8'));
  let text: string;
  try {
    text = git(directory, 'show', `${source}:${contract}`);
  } catch (error) {
    throw new Error(`"${source}" is neither a file nor a git reference that has ${contract}.`, {
      cause: error,
    });
  }
  return new ContractDocument(source, text);
}

/** The newest release that the working copy builds on: the nearest tag `v1.2.3`. */
export function lastRelease(directory: string): string | undefined {
  try {
    return git(directory, 'describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*').trim();
  } catch {
    return undefined;
  }
}

export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
