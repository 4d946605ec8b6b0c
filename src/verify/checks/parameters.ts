/** Checks the types and bounds of every parameter, derived from the contract. */
import type { Operation, Parameter } from '../../../generated/types.ts';
import type { ContractOperation } from '../../contract.ts';
import { typesOf } from '../../parameter-schema.ts';
import type { Answer } from '../answer.ts';
import { type Check, Failure } from '../check.ts';
import { minimalRequest, type Place, places } from '../minimal-request.ts';
import type { Subject, Variation } from '../subject.ts';
import { writeParameter } from '../write-parameter.ts';
import { acceptedValues, mistypedValues, outOfRangeValues } from './values.ts';

/** How many values of one kind are tried at most. */
const mostValues = 4;

/** The checks of every parameter of an operation. */
export function parameterChecks(operation: ContractOperation): Check[] {
  return places.flatMap((place) =>
    Object.entries(operation.parameters[place]).flatMap(([name, parameter]) =>
      checksOf(operation, place, name, parameter),
    ),
  );
}

/** Values of a parameter that keep the contract. */
export function acceptedBy(operation: ContractOperation, place: Place, name: string): unknown[] {
  const { schema } = operation.parameters[place][name] as Parameter;
  return keepValues(operation, place, name, acceptedValues(schema), true);
}

function checksOf(operation: ContractOperation, place: Place, name: string, parameter: Parameter): Check[] {
  const { schema, required } = parameter;
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const refused = (values: unknown[]) => keepValues(operation, place, name, values, false);
  const mistyped = refused(mistypedValues(schema));
  const outOfRange = refused(outOfRangeValues(schema));
  // Whether a path is found depends on what the server has there.
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
  if (outOfRange.length > 0) {
    add('range', `For ${name}, a value that the contract does not allow ${isRefused}.`, (subject) =>
      expectEach(subject, outOfRange, expectRefused),
    );
  }
  if (place === 'query' && !typesOf(schema).includes('array')) {
    const isTaken = keepValues(operation, place, name, [''], true).length > 0;
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
    expectOf: (operation: ContractOperation, answer: Answer) => void,
  ): Promise<void> {
    for (const value of values) {
      expectOf(operation, await subject.ask(operation, variationWith(operation, place, name, value)));
    }
  }
}

/** The values that keep the contract, or those that break it, in a request that is valid otherwise. */
function keepValues(
  operation: ContractOperation,
  place: Place,
  name: string,
  candidates: readonly unknown[],
  isValid: boolean,
): unknown[] {
  const { values } = minimalRequest(operation);
  const validate = operation.validators.request;
  return candidates
    .filter((value) => value !== undefined)
    .filter((value) => {
      const request = { ...values, [place]: { ...values[place], [name]: value } };
      return validate(request) === isValid;
    })
    .slice(0, mostValues);
}

function variationWith(operation: ContractOperation, place: Place, name: string, value: unknown): Variation {
  const written = writeParameter(operation, place, name, value);
  if (place === 'query') return { search: written };
  if (place === 'path') return { pathParameters: { [name]: written } };
  return { headers: { [place === 'header' ? name.toLowerCase() : 'cookie']: written } };
}

/** The status by which a request that breaks the contract is refused; undefined if the contract does not say. */
function refusalOf({ responses }: Operation): number | undefined {
  // FastAPI's, then that of RFC 9110.
  return [422, 400].find((status) => Object.hasOwn(responses, status));
}

function expectRefused(operation: ContractOperation, answer: Answer): void {
  const status = refusalOf(operation);
  if (status !== undefined) {
    if (answer.status !== status) throw new Failure(answer, `status ${status}`);
  } else if (answer.status < 400 || answer.status > 499) {
    throw new Failure(answer, 'a refusal, so a status from 400 to 499');
  }
}

/** Neither refused nor failed. A 404 passes: the value may be valid and lead to nothing. */
function expectTaken(operation: ContractOperation, answer: Answer): void {
  const { status } = answer;
  if (status === (refusalOf(operation) ?? 422) || status === 400 || status >= 500) {
    throw new Failure(answer, 'a success: the contract allows this value');
  }
}

function typeWords(schema: Parameter['schema']): string {
  const types = typesOf(schema).filter((type) => type !== 'null');
  const words: Record<string, string> = { integer: 'whole number', array: 'list of the right type' };
  return types.map((type) => words[type] ?? type).join(' or ');
}
