/** Finds the operations that a path leads to. */
import { type ContractOperation, contractOperations } from '../contract.ts';

/** The operations with the fewest parameters in their path first: `/models/latest` comes before `/models/{id}`. */
const routes = contractOperations
  .map((operation) => ({
    operation,
    names: [...operation.path.matchAll(/\{(.+?)\}/g)].map(([, name = '']) => name),
    pattern: toPattern(operation.path),
  }))
  .sort((a, b) => a.names.length - b.names.length);

/** `/models/{id}` becomes `^/models/([^/]+)$`. */
function toPattern(path: string): RegExp {
  const fixed = path.split(/\{.+?\}/).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${fixed.join('([^/]+)')}$`);
}

/** The operations at a path, one for each method, and the parameters in it, decoded. */
export function findRoute(pathname: string): {
  operations: readonly ContractOperation[];
  pathParameters: Readonly<Record<string, string>>;
} {
  const found = routes.find(({ pattern }) => pattern.test(pathname));
  if (!found) return { operations: [], pathParameters: {} };
  const [, ...values] = found.pattern.exec(pathname) ?? [];
  return {
    operations: contractOperations.filter(({ path }) => path === found.operation.path),
    pathParameters: Object.fromEntries(found.names.map((name, index) => [name, decode(values[index] ?? '')])),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
