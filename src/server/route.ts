/** Finds the operations that a path leads to. */
import { type ContractOperation, contractOperations } from '../contract.ts';

/** What the path of a request leads to. */
export interface Route {
  /** The operations at this path, one for each method; empty if the contract has no such path. */
  readonly operations: readonly ContractOperation[];
  /** The parameters in the path, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The operations at one path of the contract. */
interface Template {
  /** The parts of the path between slashes. */
  readonly segments: readonly string[];
  readonly operations: readonly ContractOperation[];
}

/** Those with the fewest parameters first: `/models/latest` comes before `/models/{id}`, which would take it in. */
const templates: readonly Template[] = [...new Set(contractOperations.map(({ path }) => path))]
  .map((path) => ({
    segments: path.split('/'),
    operations: contractOperations.filter((operation) => operation.path === path),
  }))
  .sort((a, b) => countParameters(a) - countParameters(b));

export function findRoute(pathname: string): Route {
  const segments = pathname.split('/');
  const template = templates.find((candidate) => fits(candidate, segments));
  const pathParameters: Record<string, string> = {};
  for (const [index, part] of (template?.segments ?? []).entries()) {
    const name = parameterName(part);
    if (name) pathParameters[name] = decode(segments[index] as string);
  }
  return { operations: template?.operations ?? [], pathParameters };
}

function countParameters({ segments }: Template): number {
  return segments.filter(parameterName).length;
}

function fits(template: Template, segments: readonly string[]): boolean {
  return (
    template.segments.length === segments.length &&
    template.segments.every((part, index) =>
      parameterName(part) ? segments[index] !== '' : part === segments[index],
    )
  );
}

/** `{tinker_id}` is the parameter `tinker_id`. */
function parameterName(part: string): string | undefined {
  return /^\{(.+)\}$/.exec(part)?.[1];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
