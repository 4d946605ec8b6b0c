/** Writes the error guide: every error of the contract in one table, which Redoc shows one at a time. */
import { isDeepStrictEqual } from 'node:util';
import type { MediaTypeObject, OpenAPI3, SchemaObject } from 'openapi-typescript';
import { adviceOf } from './advice.ts';
import { linkTo } from './links.ts';
import { type Answer, findJson, follow, isError, type Operation, readOperations } from './operations.ts';

/** Markdown; empty if the contract has no error. */
export function errorGuide(contract: OpenAPI3): string {
  const operations = readOperations(contract);
  const errors = distinctErrors(operations);
  if (errors.length === 0) return '';
  const sometimes = errors.some(({ places }) => places.length < operations.length);
  const head = ['Status', 'Meaning', 'Retried', 'What to do', ...(sometimes ? ['Operations'] : [])];
  const rows = errors.map(({ places }) => {
    const [first] = places;
    const { meaning, retried, whatToDo } = adviceOf(first.answer.response);
    const where =
      places.length === operations.length
        ? 'all'
        : places.map((place) => link(place.operation.name, place)).join('<br>');
    return [link(first.answer.status, first), meaning, retried, whatToDo, ...(sometimes ? [where] : [])];
  });
  return [table([head, head.map(() => '---'), ...rows]), ...typesOfErrors(contract, errors)].join('\n\n');
}

interface ObjectSchema {
  properties?: Record<string, SchemaObject>;
}

interface Place {
  operation: Operation;
  answer: Answer;
}

interface DistinctError {
  /** The operations that give it. */
  places: [Place, ...Place[]];
}

/** Errors with the same status and an equal response are one. Sorted by status. */
function distinctErrors(operations: Operation[]): DistinctError[] {
  const found: DistinctError[] = [];
  for (const operation of operations) {
    for (const answer of operation.answers.filter(isError)) {
      const place = { operation, answer };
      const same = found.find(
        ({ places: [{ answer: other }] }) =>
          other.status === answer.status && isDeepStrictEqual(other.response, answer.response),
      );
      if (same) same.places.push(place);
      else found.push({ places: [place] });
    }
  }
  return found.sort(({ places: [a] }, { places: [b] }) => (a.answer.status < b.answer.status ? -1 : 1));
}

/** A sentence for each different list of values of an error's property `type`. */
function typesOfErrors(contract: OpenAPI3, errors: DistinctError[]): string[] {
  const sentences = errors.map(({ places: [{ answer }] }) => {
    const [, body] = findJson(answer.response.content as Record<string, MediaTypeObject> | undefined) ?? [];
    const { properties = {} } = follow(contract, (body?.schema ?? {}) as ObjectSchema);
    const words = properties['type'] && follow<SchemaObject>(contract, properties['type']).enum;
    return (
      words &&
      `The \`type\` of an error is one of these words so far: ${words.map((word) => `\`${word}\``).join(', ')}.`
    );
  });
  return [...new Set(sentences)].filter((sentence) => sentence !== undefined);
}

const link = (text: string, { operation, answer }: Place) => `[${text}](${linkTo(operation, answer)})`;

function table(rows: string[][]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
  return rows.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}
