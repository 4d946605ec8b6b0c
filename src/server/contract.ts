/** The operations of the contract, each with its validators and examples. */
import * as examples from '../../generated/examples.ts';
import * as operations from '../../generated/operations.ts';
import type { Operation, Validator } from '../../generated/types.ts';
import * as validators from '../../generated/validators/index.ts';

export interface ServedOperation extends Operation {
  /** Checks a request with its parameters read. */
  readonly validate: Validator;
  /** The contract's examples by status, then by name, in its order. */
  readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The parts of the path between slashes. */
  readonly segments: readonly string[];
}

const validatorsByName: Record<string, { request: Validator }> = validators;
const examplesByName: Record<string, ServedOperation['examples']> = examples;

export const servedOperations: readonly ServedOperation[] = Object.entries<Operation>(operations).map(
  ([name, operation]) => ({
    ...operation,
    validate: validatorsByName[name]?.request as Validator,
    examples: examplesByName[name] ?? {},
    segments: operation.path.split('/'),
  }),
);

/** What a request asks for. */
export interface Route {
  /** Every operation at this path, by method; none where the contract has no such path. */
  readonly operations: readonly ServedOperation[];
  /** The parameters in the path, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** A path without parameters comes before one whose parameter would take it in. */
export function findRoute(pathname: string): Route {
  const segments = pathname.split('/');
  const fitting = servedOperations.filter((operation) => fits(operation.segments, segments));
  const fewest = Math.min(...fitting.map(countParameters));
  const operations = fitting.filter((operation) => countParameters(operation) === fewest);
  const pathParameters: Record<string, string> = {};
  for (const [index, template] of (operations[0]?.segments ?? []).entries()) {
    const name = parameterName(template);
    if (name) pathParameters[name] = decode(segments[index] as string);
  }
  return { operations, pathParameters };
}

const countParameters = ({ segments }: ServedOperation) => segments.filter(parameterName).length;

function fits(templates: readonly string[], segments: readonly string[]): boolean {
  return (
    templates.length === segments.length &&
    templates.every((template, index) =>
      parameterName(template) ? segments[index] !== '' : template === segments[index],
    )
  );
}

/** `{tinker_id}` is the parameter `tinker_id`. */
function parameterName(template: string): string | undefined {
  return /^\{(.+)\}$/.exec(template)?.[1];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
