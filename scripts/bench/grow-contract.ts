/** Makes contracts of many operations out of ours. */
import type { OpenAPI3 } from 'openapi-typescript';

interface Grown {
  paths: Record<string, Record<string, { operationId?: string; responses?: Record<string, unknown> }>>;
  components: Record<string, Record<string, unknown>>;
}

/** Our contract `count` times over. Copies have paths, answers and schemas of their own, and share the errors. */
export function growContract(contract: OpenAPI3, count: number): Grown {
  const grown: Grown = JSON.parse(JSON.stringify(contract));
  const { paths, components } = grown;
  const originals = Object.entries(paths);
  const answers = originals.flatMap(([, item]) =>
    Object.values(item).flatMap(({ responses = {} }) =>
      Object.entries(responses).filter(([status]) => status.startsWith('2')),
    ),
  );
  const own = [...reach(answers, components)];
  for (let copy = 2; copy <= count; copy += 1) {
    const renamed = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value).replaceAll(/(?<="\$ref":")[^"]+/g, (ref) =>
          own.includes(ref) ? `${ref}${copy}` : ref,
        ),
      );
    for (const [path, item] of originals) {
      const twin = renamed(item);
      for (const operation of Object.values(twin)) {
        if (operation.operationId) operation.operationId += `_${copy}`;
      }
      paths[`${path}/${copy}`] = twin;
    }
    for (const ref of own) {
      const [group, name] = placeOf(ref);
      const parts = components[group];
      if (parts) parts[`${name}${copy}`] = renamed(parts[name]);
    }
  }
  return grown;
}

/** `#/components/schemas/Model` is in the group `schemas`. */
function placeOf(ref: string): [group: string, name: string] {
  const [, , group = '', name = ''] = ref.split('/');
  return [group, name];
}

/** All references inside a value, and inside what they refer to. */
function reach(value: unknown, components: Grown['components'], found = new Set<string>()): Set<string> {
  for (const [ref] of JSON.stringify(value).matchAll(/(?<="\$ref":")[^"]+/g)) {
    if (found.has(ref)) continue;
    const [group, name] = placeOf(ref);
    reach(components[group]?.[name], components, found.add(ref));
  }
  return found;
}
