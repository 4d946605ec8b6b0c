/** Changes a contract at one pointer at a time, at every one that carries meaning. */

type Key = string | number;
type Container = Record<Key, unknown>;
type Apply = (parent: Container, key: Key) => void;

export interface Mutant {
  /** JSON pointer to what was changed. */
  pointer: string;
  change: string;
  document: unknown;
}

/** What is not mutated, and why that is right. Each entry is a key anywhere, or a pointer. */
export const leftOut: Record<string, string> = {
  description: 'prose',
  summary: 'prose',
  'x-advice': 'prose',
  examples: 'which examples a response shows; consistency.test.ts checks them',
  '/components/examples': 'the examples themselves; consistency.test.ts checks them',
  '/info': 'describes the description, not the API',
  '/openapi': 'the version of the format; reading the contract checks it',
};

/** Maps from names that people choose: their keys are no keywords. */
const nameMaps =
  /^\/(paths|components\/\w+)$|\/(properties|responses|content|securitySchemes)$|^\/paths\/[^/]+\/\w+\/security\/\d+$/;

/** What any object can gain: a keyword that nothing knows, and each that is read in a way of its own. */
const keywords: Container = {
  added: { type: 'string' },
  $ref: '#/components/schemas/TrainingModel',
  items: { type: 'string' },
  properties: { added: { type: 'string' } },
  anyOf: [{ type: 'string' }],
  schema: { type: 'string' },
  content: { 'text/csv': {} },
  parameters: [{ name: 'added', in: 'query', schema: { type: 'string' } }],
  requestBody: { content: { 'application/json': {} } },
  security: [{}],
  servers: [{ url: 'https://example.com' }],
};

/** What a list can gain, by the type of what it has. */
const members: Container = { number: 999, string: 'added' };

/** A copy that is new along the path only, which is all that a change needs. */
function changed(node: Container, [key, ...rest]: Key[], apply: Apply): Container {
  const copy = (Array.isArray(node) ? [...node] : { ...node }) as Container;
  if (rest.length === 0) apply(copy, key as Key);
  else copy[key as Key] = changed(node[key as Key] as Container, rest, apply);
  return copy;
}

/** Every mutant of a contract, and the pointers that were left alone. */
export function mutate(document: unknown): { mutants: Mutant[]; spared: string[] } {
  const mutants: Mutant[] = [];
  const spared: string[] = [];

  function add(path: Key[], change: string, apply: Apply): void {
    mutants.push({ pointer: pointer(path), change, document: changed(document as Container, path, apply) });
  }

  function put(path: Key[], value: unknown): void {
    add(path, `is ${JSON.stringify(value)}`, (parent, key) => {
      parent[key] = value;
    });
  }

  function walk(node: unknown, path: Key[]): void {
    const here = pointer(path);
    const name = String(path.at(-1));
    const isName = nameMaps.test(pointer(path.slice(0, -1)));
    // `example` is the old name of `examples`.
    if (here in leftOut || ((name in leftOut || name === 'example') && !isName)) {
      spared.push(here);
      return;
    }
    if (path.length > 0) {
      add(path, 'deleted', (parent, key) =>
        Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key],
      );
    }
    if (typeof node === 'object' && node !== null) {
      const extra = members[typeof Object.values(node)[0]] ?? { type: 'boolean' };
      const additions = Array.isArray(node)
        ? { [node.length]: extra }
        : nameMaps.test(here)
          ? { added: {} }
          : keywords;
      for (const [key, value] of Object.entries(additions)) if (!(key in node)) put([...path, key], value);
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
    } else {
      for (const value of [typeof node === 'number' ? node + 1 : `${node}2`, null]) put(path, value);
    }
  }

  walk(document, []);
  return { mutants, spared };
}

function pointer(path: Key[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
