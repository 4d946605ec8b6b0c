/** Finds what a path leads to. */
import { type ContractOperation, contractOperations } from '../contract.ts';

/** A path of the contract. */
export interface Route {
  readonly path: string;
  /** By method, in capitals. */
  readonly operations: ReadonlyMap<string, ContractOperation>;
  /** The names of the parameters in the path, which the pattern's groups are the values of. */
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

/** Those with the fewest parameters in their path first: `/models/latest` comes before `/models/{id}`. */
export const routes: readonly Route[] = [...new Set(contractOperations.map(({ path }) => path))]
  .map((path) => ({
    path,
    operations: new Map(contractOperations.filter((operation) => operation.path === path).flatMap(methodsOf)),
    names: [...path.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => name),
    pattern: toPattern(path),
  }))
  .sort((a, b) => a.names.length - b.names.length);

/** HEAD goes with GET (RFC 9110, section 9.3.2). */
function methodsOf(operation: ContractOperation): [method: string, ContractOperation][] {
  const methods = operation.method === 'get' ? ['GET', 'HEAD'] : [operation.method.toUpperCase()];
  return methods.map((method) => [method, operation]);
}

/** `/models/{id}` becomes `^/models/([^/]+)$`. */
function toPattern(path: string): RegExp {
  const fixed = path.split(/\{.+?\}/).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${fixed.join('([^/]+)')}$`);
}

/** The values of the parameters in a path, decoded. */
export function readPath({ names, pattern }: Route, pathname: string): Readonly<Record<string, string>> {
  const [, ...values] = pattern.exec(pathname) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decode(values[index] ?? '')]));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
