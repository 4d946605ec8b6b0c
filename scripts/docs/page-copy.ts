/** Makes the copy of the contract that Redoc renders, in which what Redoc does not show is written into its texts. */
import type { OpenAPI3, OperationObject, ResponseObject, TagObject } from 'openapi-typescript';
import { findOperations, type Operation } from '../contract/operations.ts';
import { at } from '../contract/pointer.ts';
import { follow, isObject } from '../contract/resolve.ts';
import { codeSamples } from './code-samples.ts';

/** The tag under which Redoc keeps operations that have none. It shows tags in order, and the errors are to be last. */
const untagged: TagObject = { name: '' };

/** Does not change the contract itself. */
export function makePageCopy(contract: OpenAPI3): OpenAPI3 {
  const copy = structuredClone(contract);
  const operations = findOperations(contract);
  const tags: TagObject[] = [...(copy.tags ?? [])];
  for (const operation of operations) {
    const node = at(operation.pointer, copy) as OperationObject & { 'x-codeSamples'?: unknown };
    if (!node.tags && tags.at(-1) !== untagged) tags.push(untagged);
    node['x-codeSamples'] = codeSamples(contract, operation);
    for (const { status, ...answer } of operation.responses.filter(isError)) {
      // Of the contract, as operations share responses.
      const { description } = responseAt(contract, operation, status);
      responseAt(copy, operation, status).description = [
        description.trim(),
        `Retried by the client: ${answer.retry ? 'yes' : 'no'}.`,
        ...(answer.advice ? [`What to do: ${answer.advice.trim()}.`] : []),
      ].join('\n\n');
    }
  }
  joinNulls(copy, copy.components?.schemas ?? {});
  const table = errorTable(contract, operations);
  // `x-traitTag` makes a tag a section of text.
  if (table) tags.push({ name: 'Errors', description: table, 'x-traitTag': true });
  return { ...copy, tags };
}

/** Whether a status stands for a failure; `default` is whatever is not documented. */
const isError = ({ status }: { status: string }) => /^(?:[45]|default$)/.test(status);

function responseAt(document: OpenAPI3, { pointer }: Operation, status: string): ResponseObject {
  const target = `${pointer}/responses/${status}`;
  return follow<ResponseObject>(document, at(target, document), target).node;
}

/** Every error of the contract in one table, which Redoc shows one at a time; empty if there is none. */
function errorTable(contract: OpenAPI3, operations: Operation[]): string {
  const users = new Map<string, string[]>();
  for (const operation of operations) {
    for (const { status, retry, advice = '' } of operation.responses.filter(isError)) {
      const { description } = responseAt(contract, operation, status);
      const row = [status, description, retry ? 'yes' : 'no', advice].map(cell).join(' | ');
      users.set(row, [...(users.get(row) ?? []), `${operation.method.toUpperCase()} ${operation.path}`]);
    }
  }
  if (users.size === 0) return '';
  const several = operations.length > 1;
  const where = (names: string[]) =>
    several ? ` | ${names.length === operations.length ? 'all' : names.join('<br>')}` : '';
  const rows = [...users].sort(([a], [b]) => (a < b ? -1 : 1)).map(([row, names]) => row + where(names));
  const head = `Status | Meaning | Retried | What to do${several ? ' | Operations' : ''}`;
  return [head, head.replaceAll(/[^|]+/g, '---'), ...rows].map((row) => `| ${row} |`).join('\n');
}

const cell = (text: string) =>
  text
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');

/**
 * Rewrites "this or null" as one type, in place. FastAPI writes it as a choice between two schemas, which Redoc
 * shows as two boxes to click through. `type: [string, "null"]` reads "string or null".
 */
function joinNulls(node: unknown, schemas: Record<string, unknown>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    // Examples are values: there `anyOf` is no keyword.
    if (key !== 'example' && key !== 'examples') joinNulls(child, schemas);
  }
  if (!isObject(node)) return;
  for (const keyword of ['anyOf', 'oneOf']) {
    const choices = node[keyword];
    if (!Array.isArray(choices) || choices.length !== 2) continue;
    const [other, second] = choices.filter(({ type }) => type !== 'null');
    const joined = other && !second && orNull(other, schemas);
    if (!joined) continue;
    delete node[keyword];
    // Keywords beside the list, such as the description, are about the whole.
    Object.assign(node, { ...joined, ...node });
  }
}

function orNull(schema: Record<string, unknown>, schemas: Record<string, unknown>) {
  const { $ref, type } = schema;
  if (typeof type === 'string') return { ...schema, type: [type, 'null'] };
  const name = String($ref).split('/').at(-1) ?? '';
  const target = schemas[name];
  if (!isObject(target) || typeof target['type'] !== 'string') return undefined;
  // A twin to refer to: a copy in place would never end for a recursive schema.
  schemas[`${name}_or_null`] ??= { title: name, ...target, type: [target['type'], 'null'] };
  return { $ref: `#/components/schemas/${name}_or_null` };
}
