/** Changes a contract in one place at a time, in every place that carries meaning. */

type Key = string | number;
type Container = Record<Key, unknown>;

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

/** Maps from names that people choose: their keys are no keywords, so any name may be added. */
const nameMaps =
  /^\/(paths|components\/\w+)$|\/(properties|responses|content|securitySchemes)$|^\/paths\/[^/]+\/\w+\/security\/\d+$/;

const schemaNode = /\/(schema|items|anyOf\/\d+|properties\/\w+)$|^\/components\/schemas\/\w+$/;

/** Keywords that a schema can gain, and how they would narrow or widen it. */
const schemaKeywords: Container = {
  type: 'string',
  $ref: '#/components/schemas/TrainingModel',
  format: 'uri',
  nullable: true,
  deprecated: true,
  readOnly: true,
  writeOnly: true,
  default: 1,
  const: 1,
  enum: [1],
  minimum: 0,
  maximum: 9,
  exclusiveMinimum: 0,
  exclusiveMaximum: 9,
  multipleOf: 2,
  minLength: 1,
  maxLength: 9,
  pattern: '^a',
  minItems: 1,
  maxItems: 9,
  uniqueItems: true,
  items: { type: 'string' },
  properties: { added: { type: 'string' } },
  required: ['added'],
  additionalProperties: false,
  anyOf: [{ type: 'string' }],
  oneOf: [{ type: 'string' }],
  allOf: [{ type: 'string' }],
  not: { type: 'string' },
};

/** Keywords that the other objects can gain: root, path, operation, parameter, response, media type, server. */
const otherKeywords: Container = {
  added: { type: 'string' },
  required: true,
  deprecated: true,
  security: [{}],
  servers: [{ url: 'https://example.com' }],
  parameters: [{ name: 'added', in: 'query', schema: { type: 'string' } }],
  headers: { 'Retry-After': { schema: { type: 'integer' } } },
  style: 'spaceDelimited',
  explode: false,
  allowEmptyValue: true,
  requestBody: { content: { 'application/json': {} } },
  webhooks: { added: { post: {} } },
  post: { operationId: 'added', responses: {} },
};

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

type Apply = (parent: Container, key: Key) => void;

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
  const refs = collectRefs(document);

  function add(path: Key[], change: string, apply: Apply): void {
    mutants.push({ pointer: pointer(path), change, document: changed(document as Container, path, apply) });
  }

  function replace(path: Key[], value: unknown): void {
    add(path, `replaced by ${JSON.stringify(value)}`, (parent, key) => {
      parent[key] = value;
    });
  }

  function insert(path: Key[], key: Key, value: unknown): void {
    add([...path, key], `added: ${JSON.stringify(value)}`, (parent) => {
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
        Array.isArray(parent) ? parent.splice(key as number, 1) : delete parent[key],
      );
      if (typeof path.at(-1) === 'string') {
        add(path, 'renamed', (parent, key) => {
          parent[`${key}2`] = parent[key];
          delete parent[key];
        });
      }
    }
    if (Array.isArray(node)) {
      const extra = { number: 999, string: 'added' }[typeof node[0] as string] ?? { type: 'boolean' };
      insert(path, node.length, extra);
      for (const [index, child] of node.entries()) walk(child, [...path, index]);
    } else if (typeof node === 'object' && node !== null) {
      const additions = nameMaps.test(here)
        ? { added: {} }
        : schemaNode.test(here)
          ? schemaKeywords
          : otherKeywords;
      for (const [key, value] of Object.entries(additions)) if (!(key in node)) insert(path, key, value);
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
    } else {
      for (const value of alternatives(node, name)) replace(path, value);
    }
  }

  function alternatives(value: unknown, key: string): unknown[] {
    if (typeof value === 'number') return [value + 1, value - 1, value * 10, String(value)];
    if (typeof value === 'boolean') return [!value, String(value)];
    const others =
      key === '$ref'
        ? refs.filter((ref) => kind(ref) === kind(String(value)))
        : key === 'type'
          ? [...types, [value, 'null']]
          : key === 'in'
            ? ['header', 'path', 'cookie']
            : [];
    return [`${value}2`, null, ...others].filter((other) => other !== value);
  }

  walk(document, []);
  return { mutants, spared };
}

function collectRefs(document: unknown): string[] {
  const refs = new Set<string>();
  JSON.stringify(document, (key, value) => {
    if (key === '$ref') refs.add(value);
    return value;
  });
  return [...refs];
}

/** `#/components/schemas/X` is of the kind `#/components/schemas`. */
function kind(ref: string): string {
  return ref.slice(0, ref.lastIndexOf('/'));
}

function pointer(path: Key[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
