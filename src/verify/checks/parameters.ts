/** Checks the types and bounds of every parameter, derived from the contract. */
import type { Parameter } from '../../../generated/types.ts';
import { typesOf } from '../../parameter-schema.ts';
import type { Answer } from '../answer.ts';
import type { Check } from '../check.ts';
import { type ContractOperation, refusalOf } from '../contract.ts';
import { plainestRequest } from '../plainest-request.ts';
import type { Ask, Subject } from '../subject.ts';
import { Failure } from '../verdict.ts';
import { writeParameter } from '../write-parameter.ts';
import { acceptedValues, mistypedValues, outlyingValues } from './values.ts';

type Place = 'query' | 'path' | 'header' | 'cookie';

/** How many values of one kind are tried at most. */
const mostValues = 4;

/** The checks of every parameter of an operation. */
export function parameterChecks(operation: ContractOperation): Check[] {
  return (['query', 'path', 'header', 'cookie'] as const).flatMap((place) =>
    Object.entries(operation.parameters[place]).flatMap(([name, parameter]) =>
      checksOf(operation, place, name, parameter),
    ),
  );
}

/** Values that the contract takes for a parameter. */
export function acceptedBy(operation: ContractOperation, place: Place, name: string): unknown[] {
  const { schema } = operation.parameters[place][name] as Parameter;
  return fitting(operation, place, name, acceptedValues(schema), true);
}

function checksOf(operation: ContractOperation, place: Place, name: string, parameter: Parameter): Check[] {
  const { schema, required } = parameter;
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const refused = (values: unknown[]) => fitting(operation, place, name, values, false);
  const mistyped = refused(mistypedValues(schema));
  const outlying = refused(outlyingValues(schema));
  // What comes of a value in a path depends on what the server has there.
  const accepted = place === 'path' ? [] : acceptedBy(operation, place, name);
  const status = refusalOf(operation);
  const isRefused = `is refused${status ? ` with ${status}` : ''}`;
  const checks: Check[] = [];
  const add = (kind: string, title: string, run: Check['run']) =>
    checks.push({ id: `${id}-${kind}`, title, run });

  if (mistyped.length > 0) {
    add('type', `For ${name}, what is no ${typeWords(schema)} ${isRefused}.`, (subject) =>
      expectEach(subject, mistyped, expectRefused),
    );
  }
  if (outlying.length > 0) {
    add('range', `For ${name}, a value that the contract does not allow ${isRefused}.`, (subject) =>
      expectEach(subject, outlying, expectRefused),
    );
  }
  if (place === 'query' && !typesOf(schema).includes('array')) {
    const isTaken = fitting(operation, place, name, [''], true).length > 0;
    add('empty', `For ${name}, an empty value ${isTaken ? 'is taken' : isRefused}.`, (subject) =>
      expectEach(subject, [''], isTaken ? expectTaken : expectRefused),
    );
  }
  if (accepted.length > 0) {
    add('accepted', `For ${name}, a value that the contract allows is taken.`, (subject) =>
      expectEach(subject, accepted, expectTaken),
    );
  }
  if (required && place !== 'path') {
    add('required', `A request without ${name} ${isRefused}.`, async (subject) => {
      expectRefused(operation, await subject.ask(operation, { without: name }));
    });
  }
  return checks;

  async function expectEach(
    subject: Subject,
    values: readonly unknown[],
    judge: (operation: ContractOperation, answer: Answer) => void,
  ): Promise<void> {
    for (const value of values)
      judge(operation, await subject.ask(operation, askWith(operation, place, name, value)));
  }
}

function askWith(operation: ContractOperation, place: Place, name: string, value: unknown): Ask {
  const written = writeParameter(operation, place, name, value);
  if (place === 'query') return { search: written };
  if (place === 'path') return { pathParameters: { [name]: written } };
  return { headers: { [place === 'header' ? name.toLowerCase() : 'cookie']: written } };
}

function expectRefused(operation: ContractOperation, answer: Answer): void {
  const status = refusalOf(operation);
  if (status === undefined ? answer.status >= 400 && answer.status < 500 : answer.status === status) return;
  throw new Failure(
    answer,
    status === undefined ? 'a refusal, so a status from 400 to 499' : `status ${status}`,
  );
}

/** Not refused and no failure; whether there is something for this value is another matter. */
function expectTaken(operation: ContractOperation, answer: Answer): void {
  const { status } = answer;
  if (status === (refusalOf(operation) ?? 422) || status === 400 || status >= 500) {
    throw new Failure(answer, 'a success: the contract allows this value');
  }
}

/** Those values that the contract takes, or refuses, in a request that is fine otherwise. */
function fitting(
  operation: ContractOperation,
  place: Place,
  name: string,
  values: readonly unknown[],
  isTaken: boolean,
): unknown[] {
  const plainest = plainestRequest(operation);
  if (typeof plainest === 'string') return [];
  const fits = (value: unknown) =>
    operation.request({ ...plainest.values, [place]: { ...plainest.values[place], [name]: value } });
  return values.filter((value) => value !== undefined && fits(value) === isTaken).slice(0, mostValues);
}

function typeWords(schema: Parameter['schema']): string {
  const types = typesOf(schema).filter((type) => type !== 'null');
  const words: Record<string, string> = { integer: 'whole number', array: 'list of the right type' };
  return types.map((type) => words[type] ?? type).join(' or ');
}
