/** Reads the operations of a document in a normal form: what may stand in several places is put in one. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject } from '../contract/resolve.ts';
import { canonical } from './canonical.ts';
import { NotComparable } from './not-comparable.ts';
import { type Place, SchemaReader } from './schema.ts';
import { isWord, joinWords, type Words, wordsOf } from './words.ts';

type Node = Record<string, unknown>;

export interface Operation {
  method: string;
  path: string;
  operationId: unknown;
  deprecated: boolean;
  /** By place, then name: `query limit`. */
  parameters: ReadonlyMap<string, Parameter>;
  body: Body | undefined;
  /** By status. */
  responses: ReadonlyMap<string, Response>;
  security: Security;
  servers: readonly Server[];
  callbacks: readonly Operation[];
  words: Words;
  pointer: string;
}

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  deprecated: boolean;
  /** How the value is written: `style`, `explode` and the like, without what is the default. */
  form: Node;
  schema: Place;
  words: Words;
  pointer: string;
}

/** What is sent or comes back, by media type. */
export type Content = ReadonlyMap<string, Media>;

interface Media {
  schema: Place;
  /** How the parts of a form are written. */
  'x-whole-encoding': string | undefined;
  words: Words;
  pointer: string;
}

interface Body {
  required: boolean;
  content: Content;
  words: Words;
  pointer: string;
}

interface Response {
  /** By name in lower case. */
  headers: ReadonlyMap<string, Parameter>;
  content: Content;
  words: Words;
  pointer: string;
}

/** Alternatives; each names the schemes that it takes at once, by what they are, with their scopes. */
export interface Security {
  alternatives: readonly ReadonlyMap<string, readonly string[]>[];
  pointer: string;
}

interface Server {
  url: string;
  pointer: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** These parameters "SHALL be ignored" (OpenAPI 3.1, section 4.8.12.2). */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/** Reads one document. */
export class OperationReader {
  readonly schemas: SchemaReader;
  readonly #document: Node;

  constructor(document: object) {
    this.#document = document as Node;
    this.schemas = new SchemaReader(document);
  }

  get paths(): string[] {
    return Object.keys(Object(this.#document['paths'])).filter((path) => !path.startsWith('x-'));
  }

  /** What the document says about the API as a whole, its version left aside. */
  get words(): Words {
    const info = Object(this.#document['info']) as Node;
    return joinWords(
      new Map(
        Object.entries(info)
          .filter(([key]) => key !== 'version')
          .map(([key, value]) => [key, [{ text: canonical(value), pointer: `#/info/${escapeKey(key)}` }]]),
      ),
      wordsOf(this.#document, '#'),
    );
  }

  /** Names of what the API sends to callers who asked for it. */
  get webhooks(): string[] {
    return Object.keys(Object(this.#document['webhooks']));
  }

  webhook(name: string): Operation[] {
    const webhooks = Object(this.#document['webhooks']) as Node;
    return this.#operations(`webhook ${name}`, webhooks[name], `#/webhooks/${escapeKey(name)}`, []);
  }

  operations(path: string): Operation[] {
    return this.#operations(path, Object(this.#document['paths'])[path], `#/paths/${escapeKey(path)}`, []);
  }

  #operations(path: string, raw: unknown, from: string, open: readonly unknown[]): Operation[] {
    if (open.includes(raw)) return [];
    const { node: item, pointer } = this.#follow(raw, from);
    return methods.flatMap((method) =>
      isObject(item[method])
        ? [this.#operation(method, path, item[method], item, `${pointer}/${method}`, pointer, [...open, raw])]
        : [],
    );
  }

  #operation(
    method: string,
    path: string,
    node: Node,
    item: Node,
    pointer: string,
    itemPointer: string,
    open: readonly unknown[],
  ): Operation {
    const callbacks = this.#map(node['callbacks'], `${pointer}/callbacks`).flatMap(([name, callback]) =>
      this.#map(callback.node, callback.pointer).flatMap(([expression, { node: target, pointer }]) =>
        this.#operations(`${name} ${expression}`, target, pointer, open),
      ),
    );
    return {
      method,
      path,
      operationId: node['operationId'],
      deprecated: node['deprecated'] === true,
      parameters: this.#parameters([
        [item['parameters'], `${itemPointer}/parameters`],
        [node['parameters'], `${pointer}/parameters`],
      ]),
      body: this.#body(node['requestBody'], `${pointer}/requestBody`),
      responses: new Map(
        this.#map(node['responses'], `${pointer}/responses`).map(([status, place]) => [
          status.toUpperCase().replace('DEFAULT', 'default'),
          this.#response(place.node, place.pointer),
        ]),
      ),
      security: this.#security(node, pointer),
      servers: this.#servers([
        [node['servers'], `${pointer}/servers`],
        [item['servers'], `${itemPointer}/servers`],
        [this.#document['servers'], '#/servers'],
      ]),
      callbacks,
      words: joinWords(wordsOf(node, pointer), wordsOf(item, itemPointer)),
      pointer,
    };
  }

  /** Those of the operation replace those of the path. */
  #parameters(lists: readonly [list: unknown, pointer: string][]): Map<string, Parameter> {
    const found = new Map<string, Parameter>();
    for (const [list, pointer] of lists) {
      const seen = new Set<string>();
      for (const [index, raw] of (Array.isArray(list) ? list : []).entries()) {
        const place = this.#follow(raw, `${pointer}/${index}`);
        const parameter = this.#parameter(place.node, place.pointer);
        const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
        const key = `${parameter.in} ${name}`;
        if (parameter.in === 'header' && ignoredHeaders.has(name)) continue;
        // A second one of the same name is a mistake that lint reports; the first one counts.
        if (!seen.has(key)) found.set(key, parameter);
        seen.add(key);
      }
    }
    return found;
  }

  #parameter(node: Node, pointer: string): Parameter {
    const place = String(node['in'] ?? 'header');
    const defaultStyle = place === 'query' || place === 'cookie' ? 'form' : 'simple';
    const style = node['style'] ?? defaultStyle;
    const form: Node = {};
    if (style !== defaultStyle) form['style'] = style;
    if ((node['explode'] ?? style === 'form') !== (style === 'form')) form['explode'] = node['explode'];
    for (const key of ['allowReserved', 'allowEmptyValue']) if (node[key] === true) form[key] = true;
    const [content] = this.#map(node['content'], `${pointer}/content`);
    const schema = content
      ? this.schemas.place(content[1].node['schema'], `${content[1].pointer}/schema`)
      : this.schemas.place(node['schema'], `${pointer}/schema`);
    if (content) form['content'] = mediaType(content[0]);
    return {
      name: String(node['name'] ?? keyOf(pointer)),
      in: place,
      required: node['required'] === true || place === 'path',
      deprecated: node['deprecated'] === true,
      form,
      schema,
      words: joinWords(
        this.#examples(node, pointer),
        ...(content ? [wordsOf(content[1].node, content[1].pointer)] : []),
      ),
      pointer,
    };
  }

  #body(raw: unknown, from: string): Body | undefined {
    if (raw === undefined) return undefined;
    const { node, pointer } = this.#follow(raw, from);
    return {
      required: node['required'] === true,
      content: this.#content(node['content'], `${pointer}/content`),
      words: wordsOf(node, pointer),
      pointer,
    };
  }

  #response(node: Node, pointer: string): Response {
    const headers = this.#map(node['headers'], `${pointer}/headers`).filter(
      ([name]) => name.toLowerCase() !== 'content-type',
    );
    return {
      headers: new Map(
        headers.map(([name, place]) => [
          name.toLowerCase(),
          { ...this.#parameter(place.node, place.pointer), name },
        ]),
      ),
      content: this.#content(node['content'], `${pointer}/content`),
      words: wordsOf(node, pointer),
      pointer,
    };
  }

  #content(raw: unknown, from: string): Content {
    return new Map(
      this.#map(raw, from).map(([type, { node, pointer }]) => [
        mediaType(type),
        {
          schema: this.schemas.place(node['schema'], `${pointer}/schema`),
          'x-whole-encoding': isObject(node['encoding']) ? canonical(node['encoding']) : undefined,
          words: this.#examples(node, pointer),
          pointer,
        },
      ]),
    );
  }

  /** Named examples are compared one by one. */
  #examples(node: Node, pointer: string): Words {
    const { examples, ...others } = node;
    const named = this.#map(examples, `${pointer}/examples`).map(
      ([name, place]) =>
        [`example \`${name}\``, [{ text: canonical(place.node), pointer: place.pointer }]] as const,
    );
    return joinWords(wordsOf(others, pointer), new Map(named));
  }

  /** Under no alternative at all, and under an empty one, a call needs nothing. */
  #security(node: Node, pointer: string): Security {
    const own = Array.isArray(node['security']);
    const raw = own ? node['security'] : this.#document['security'];
    const alternatives = (Array.isArray(raw) ? raw : []).map(
      (requirement: unknown) =>
        new Map(
          Object.entries(Object(requirement)).map(([name, scopes]) => [
            this.#scheme(name, `${own ? pointer : '#'}/security`),
            (Array.isArray(scopes) ? scopes : []).map(String).sort(),
          ]),
        ),
    );
    // Where nobody says anything, it is the operation that is open.
    const silent = !own && raw === undefined;
    return { alternatives, pointer: silent ? pointer : `${own ? pointer : '#'}/security` };
  }

  /** A scheme under a name made from its content, `http bearer`: what a document calls it is its own business. */
  #scheme(name: string, from: string): string {
    const pointer = `#/components/securitySchemes/${escapeKey(name)}`;
    const raw = at(pointer, this.#document);
    if (raw === undefined) {
      throw new NotComparable(this.#document, from, `Asks for ${name}, which is no security scheme.`);
    }
    const { type, bearerFormat: _, ...rest } = this.#follow(raw, pointer).node;
    // Scopes are asked for by each operation; what a scheme says about them is words.
    const parts = Object.entries(rest).filter(([key]) => !isWord(key));
    const texts = parts.sort().map(([key, part]) => {
      if (typeof part === 'string') return type === 'http' ? part.toLowerCase() : part;
      return `${key} ${canonical(stripScopes(part))}`;
    });
    return [String(type), ...texts].join(' ');
  }

  #servers(lists: readonly [list: unknown, pointer: string][]): Server[] {
    const [list, pointer] = lists.find(([list]) => Array.isArray(list) && list.length > 0) ?? [[], ''];
    return (list as unknown[]).map((raw, index) => {
      const server = Object(raw) as Node;
      const variables = Object(server['variables']) as Record<string, Node | undefined>;
      const url = String(server['url'])
        .replace(/\{([^}]*)\}/g, (all, name: string) => String(variables[name]?.['default'] ?? all))
        .replace(/\/$/, '');
      return { url, pointer: `${pointer}/${index}` };
    });
  }

  /** The entries of a map of objects, references followed. */
  #map(node: unknown, pointer: string): [name: string, place: { node: Node; pointer: string }][] {
    return Object.entries(isObject(node) ? node : {})
      .filter(([name]) => !name.startsWith('x-') || !pointer.endsWith('/responses'))
      .map(([name, raw]) => [name, this.#follow(raw, `${pointer}/${escapeKey(name)}`)]);
  }

  /** Where a reference ends; the words that stand beside it replace those of the target. */
  #follow(raw: unknown, from: string): { node: Node; pointer: string } {
    let node = raw;
    let pointer = from;
    const beside: Node = {};
    const seen = new Set<unknown>();
    while (isObject(node) && typeof node['$ref'] === 'string') {
      const { $ref, ...others } = node;
      if (seen.has(node))
        throw new NotComparable(this.#document, from, `${$ref} refers to nothing but itself.`);
      seen.add(node);
      if (!$ref.startsWith('#/')) {
        throw new NotComparable(
          this.#document,
          pointer,
          `"${$ref}" is no place in this document; bundle it first.`,
        );
      }
      for (const [key, value] of Object.entries(others)) beside[key] ??= value;
      node = at($ref, this.#document);
      if (node === undefined)
        throw new NotComparable(this.#document, pointer, `Refers to ${$ref}, which is not there.`);
      pointer = $ref;
    }
    if (!isObject(node)) throw new NotComparable(this.#document, pointer, 'An object is expected here.');
    return { node: seen.size > 0 ? { ...node, ...beside } : node, pointer };
  }
}

/** `application/JSON; charset=utf-8` is `application/json`. */
function mediaType(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/;charset=utf-8$/, '');
}

function keyOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

/** The scopes of OAuth flows, which an operation names where it needs them. */
function stripScopes(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === 'scopes' ? [] : [[key, stripScopes(part)]])),
  );
}
