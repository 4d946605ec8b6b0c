/** Brings one path of an OpenAPI document into a normal form, so that only what callers can notice is compared. */
import { at, escapeKey } from '../contract/pointer.ts';

export type Node = Record<string, unknown>;

/** One path with all that it refers to put in place. */
export interface NormalForm {
  path: string;
  /** An OpenAPI path item without any reference. */
  item: Node;
  /** Named after what they are (`http-bearer`), because what a document calls a scheme is its own business. */
  securitySchemes: Record<string, Node>;
  /** What the document says about the API as a whole, its version left aside. */
  about: string;
  /** From a pointer into `item` (`/get/parameters/0/schema`) to the pointer in the document that it came from. */
  origins: Map<string, string>;
}

interface Options {
  /** Leave out what belongs to a whole API with more paths than this one: its title, tags and servers. */
  pathOnly: boolean;
}

/** Maps whose keys are names that the API chose, where `default` or `value` is no keyword. */
const nameMaps = new Set(['properties', 'patternProperties', 'responses', 'content', 'headers', 'examples']);

/** Values, not descriptions of values: what looks like a reference in them is none. */
const values = new Set(['default', 'const', 'enum']);

/** What examples show; the examples themselves are compared by name. */
const exampleValues = new Set(['example', 'value']);

/**
 * References are put in place. "Number or null" spelled as alternatives becomes a list of types: both
 * mean the same, and only the list is compared with a direction. Lists that are sets are sorted.
 * Servers and security, which may stand at the top of a document, go to the path.
 */
export function normalForm(document: Node, path: string, { pathOnly }: Options): NormalForm {
  const origins = new Map<string, string>();
  const securitySchemes: Record<string, Node> = {};

  /** `to` is the place in the copy, `from` the place in the document, `open` the references being followed. */
  function copy(node: unknown, to: string, from: string, open: string[] = [], isNameMap = false): unknown {
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, ...siblings } = node as Node;
    if (typeof $ref === 'string') {
      if (open.includes($ref))
        throw new Error(`${$ref} contains itself, which this comparison can't follow.`);
      return copy({ ...resolve($ref, from), ...siblings }, to, $ref, [...open, $ref]);
    }
    origins.set(to, from);
    const child = (key: string, value: unknown) =>
      copy(
        value,
        `${to}/${escapeKey(key)}`,
        `${from}/${escapeKey(key)}`,
        open,
        !isNameMap && nameMaps.has(key),
      );
    if (Array.isArray(node)) return node.map((value, index) => child(String(index), value));
    const entries = Object.entries(node)
      .filter(([key]) => isNameMap || !exampleValues.has(key))
      .map(([key, value]) => [key, !isNameMap && values.has(key) ? value : child(key, value)]);
    return sortSets(mergeAlternatives(Object.fromEntries(entries)));
  }

  function resolve($ref: string, from: string): Node {
    if (!$ref.startsWith('#/'))
      throw new Error(`${from} refers to another document, ${$ref}; bundle them first.`);
    const target = at($ref, document);
    if (target === undefined) throw new Error(`${from} refers to ${$ref}, which is not there.`);
    return target as Node;
  }

  /** Keeps a security scheme under a name made from its content, such as `http-bearer`. */
  function keepScheme(name: string): string {
    const pointer = `#/components/securitySchemes/${escapeKey(name)}`;
    const { description: _, ...scheme } = copy({ $ref: pointer }, '/security', pointer) as Node;
    const canonical = Object.values(scheme)
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)).toLowerCase())
      .join('-')
      .replace(/[^\w-]+/g, '-');
    securitySchemes[canonical] = scheme;
    return canonical;
  }

  const item = copy(at(`#/paths/${escapeKey(path)}`, document), '', `#/paths/${escapeKey(path)}`) as Node;
  if (!pathOnly) {
    item['servers'] ??= copy(document['servers'] ?? [], '/servers', '#/servers');
  } else {
    delete item['servers'];
  }
  for (const [method, operation] of Object.entries(item as Record<string, Node>)) {
    if (!operation['responses']) continue;
    if (!operation['security']) origins.set(`/${method}/security`, '#/security');
    const security = (operation['security'] ?? document['security'] ?? []) as Node[];
    operation['security'] = security.map((requirement) =>
      Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [keepScheme(name), scopes])),
    );
  }
  const { version: _, ...info } = (document['info'] ?? {}) as Node;
  const about = pathOnly ? '' : JSON.stringify([info, document['tags'], document['externalDocs']]);
  return { path, item, securitySchemes, about, origins };
}

/** `anyOf: [{ type: number, minimum: 1 }, { type: 'null' }]` becomes `type: [null, number], minimum: 1`. */
function mergeAlternatives(schema: Node): Node {
  const { anyOf, ...merged } = schema;
  if (!Array.isArray(anyOf)) return schema;
  const outer = new Set(Object.keys(merged));
  const types: unknown[] = [];
  for (const { type, ...keywords } of anyOf as Node[]) {
    if (type === undefined) return schema;
    types.push(...[type].flat());
    for (const [key, value] of Object.entries(keywords)) {
      const annotation = key === 'title' || key === 'description';
      // Alternatives that set the same keyword, or rule one out for the other, can't share one schema.
      if (!annotation && (key in merged || key === 'const')) return schema;
      if (!outer.has(key)) merged[key] = value;
    }
  }
  // `enum` looks at values of every type, so it has to name the null that stood beside it.
  if (Array.isArray(merged['enum']) && !outer.has('enum')) {
    if (anyOf.length !== 2 || !types.includes('null')) return schema;
    merged['enum'] = [...merged['enum'], null];
  }
  return { ...merged, type: types };
}

/** The order of these says nothing. */
function sortSets(node: Node): Node {
  for (const key of ['type', 'enum', 'required']) {
    const set = node[key];
    if (Array.isArray(set)) node[key] = set.length === 1 && key === 'type' ? set[0] : set.toSorted();
  }
  return node;
}
