/** Reads the operations of a document in a normal form, in which equivalent spellings are equal. */
import { at, escapeKey, keysOf } from '../contract/pointer.ts';
import { isObject, type Place } from '../contract/resolve.ts';
import { canonical } from './canonical.ts';
import { NotComparable } from './not-comparable.ts';
import { SchemaReader, type WrittenSchema } from './schema.ts';
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
  /** How the value is serialized: `style`, `explode` and the like, without defaults. */
  form: Node;
  schema: WrittenSchema;
  words: Words;
  pointer: string;
}

/** By media type. */
export type Content = ReadonlyMap<string, Media>;

interface Media {
  schema: WrittenSchema;
  /** How the parts of a form are serialized. */
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

export interface Security {
  /** Each has the schemes that are required together, by their content, with their scopes. */
  alternatives: readonly ReadonlyMap<string, readonly string[]>[];
  pointer: string;
}

interface Server {
  url: string;
  pointer: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Parameters that "SHALL be ignored" (OpenAPI 3.1, section 4.8.12.2). */
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

  /** The words about the API as a whole, without its version. */
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

  /** @param open the path items around, if these are operations of a callback */
  #operations(path: string, raw: unknown, from: string, open: readonly unknown[]): Operation[] {
    if (open.includes(raw)) return [];
    const item = this.#follow(raw, from);
    return methods.flatMap((method) => {
      const operation = child(item, method);
      return isObject(operation.node)
        ? [this.#operation(method, path, operation as Place<Node>, item, [...open, raw])]
        : [];
    });
  }

  #operation(
    method: string,
    path: string,
    operation: Place<Node>,
    item: Place<Node>,
    open: readonly unknown[],
  ): Operation {
    const { node, pointer } = operation;
    const callbacks = this.#map(child(operation, 'callbacks')).flatMap(([name, callback]) =>
      this.#map(callback).flatMap(([expression, target]) =>
        this.#operations(`${name} ${expression}`, target.node, target.pointer, open),
      ),
    );
    return {
      method,
      path,
      operationId: node['operationId'],
      deprecated: node['deprecated'] === true,
      parameters: this.#parameters([child(item, 'parameters'), child(operation, 'parameters')]),
      body: this.#body(child(operation, 'requestBody')),
      responses: new Map(
        this.#map(child(operation, 'responses')).map(([status, response]) => [
          status.toUpperCase().replace('DEFAULT', 'default'),
          this.#response(response),
        ]),
      ),
      security: this.#security(node, pointer),
      servers: readServers([
        child(operation, 'servers'),
        child(item, 'servers'),
        child({ node: this.#document, pointer: '#' }, 'servers'),
      ]),
      callbacks,
      words: joinWords(wordsOf(node, pointer), wordsOf(item.node, item.pointer)),
      pointer,
    };
  }

  /** Those of a later list replace those of an earlier one. */
  #parameters(lists: readonly Place<unknown>[]): Map<string, Parameter> {
    const found = new Map<string, Parameter>();
    for (const { node: list, pointer } of lists) {
      const seen = new Set<string>();
      for (const [index, raw] of (Array.isArray(list) ? list : []).entries()) {
        const parameter = this.#parameter(this.#follow(raw, `${pointer}/${index}`));
        const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
        const key = `${parameter.in} ${name}`;
        if (parameter.in === 'header' && ignoredHeaders.has(name)) continue;
        // Of two in one list the first counts. Lint reports the second.
        if (!seen.has(key)) found.set(key, parameter);
        seen.add(key);
      }
    }
    return found;
  }

  /** A header, which has no `in`, is read as a parameter, too. */
  #parameter(parameter: Place<Node>): Parameter {
    const { node, pointer } = parameter;
    const place = String(node['in'] ?? 'header');
    const defaultStyle = place === 'query' || place === 'cookie' ? 'form' : 'simple';
    const style = node['style'] ?? defaultStyle;
    const form: Node = {};
    if (style !== defaultStyle) form['style'] = style;
    if ((node['explode'] ?? style === 'form') !== (style === 'form')) form['explode'] = node['explode'];
    for (const key of ['allowReserved', 'allowEmptyValue']) if (node[key] === true) form[key] = true;
    const [content] = this.#map(child(parameter, 'content'));
    const [type, media] = content ?? [];
    if (type !== undefined) form['content'] = mediaType(type);
    return {
      name: String(node['name'] ?? keysOf(pointer).at(-1)),
      in: place,
      required: node['required'] === true || place === 'path',
      deprecated: node['deprecated'] === true,
      form,
      schema: this.schemas.write(child(media ?? parameter, 'schema')),
      words: joinWords(
        this.#wordsAndExamples(parameter),
        media ? wordsOf(media.node, media.pointer) : new Map(),
      ),
      pointer,
    };
  }

  #body(raw: Place<unknown>): Body | undefined {
    if (raw.node === undefined) return undefined;
    const body = this.#follow(raw.node, raw.pointer);
    const { node, pointer } = body;
    return {
      required: node['required'] === true,
      content: this.#content(body),
      words: wordsOf(node, pointer),
      pointer,
    };
  }

  #response(response: Place<Node>): Response {
    const headers = this.#map(child(response, 'headers'))
      .filter(([name]) => name.toLowerCase() !== 'content-type')
      .map(([name, header]) => [name.toLowerCase(), { ...this.#parameter(header), name }] as const);
    const { node, pointer } = response;
    return {
      headers: new Map(headers),
      content: this.#content(response),
      words: wordsOf(node, pointer),
      pointer,
    };
  }

  #content(holder: Place<Node>): Content {
    return new Map(
      this.#map(child(holder, 'content')).map(([type, media]) => [
        mediaType(type),
        {
          schema: this.schemas.write(child(media, 'schema')),
          'x-whole-encoding': isObject(media.node['encoding'])
            ? canonical(media.node['encoding'])
            : undefined,
          words: this.#wordsAndExamples(media),
          pointer: media.pointer,
        },
      ]),
    );
  }

  /** Named examples are compared one by one. */
  #wordsAndExamples(holder: Place<Node>): Words {
    const { examples: _, ...others } = holder.node;
    const named = this.#map(child(holder, 'examples')).map(
      ([name, { node, pointer }]) => [`example \`${name}\``, [{ text: canonical(node), pointer }]] as const,
    );
    return joinWords(wordsOf(others, holder.pointer), new Map(named));
  }

  #security(node: Node, pointer: string): Security {
    const own = Array.isArray(node['security']);
    const raw = own ? node['security'] : this.#document['security'];
    const from = `${own ? pointer : '#'}/security`;
    const alternatives = (Array.isArray(raw) ? raw : []).map(
      (requirement: unknown) =>
        new Map(
          Object.entries(Object(requirement)).map(([name, scopes]) => [
            this.#scheme(name, from),
            (Array.isArray(scopes) ? scopes : []).map(String).sort(),
          ]),
        ),
    );
    // Without any `security`, the place is that of the operation.
    return { alternatives, pointer: raw === undefined ? pointer : from };
  }

  /** A scheme's content as text: `http bearer`. Its name makes no difference to callers. */
  #scheme(name: string, from: string): string {
    const pointer = `#/components/securitySchemes/${escapeKey(name)}`;
    const raw = at(pointer, this.#document);
    if (raw === undefined) {
      throw new NotComparable(this.#document, from, `Asks for ${name}, which is no security scheme.`);
    }
    const { type, bearerFormat: _, ...rest } = this.#follow(raw, pointer).node;
    // The scopes that count are those of each operation.
    const parts = Object.entries(rest).filter(([key]) => !isWord(key));
    const texts = parts.sort().map(([key, part]) => {
      if (typeof part === 'string') return type === 'http' ? part.toLowerCase() : part;
      return `${key} ${canonical(stripScopes(part))}`;
    });
    return [String(type), ...texts].join(' ');
  }

  /** The entries of a map of objects, with references followed. */
  #map({ node, pointer }: Place<unknown>): [name: string, place: Place<Node>][] {
    return Object.entries(isObject(node) ? node : {})
      .filter(([name]) => !name.startsWith('x-') || !pointer.endsWith('/responses'))
      .map(([name, raw]) => [name, this.#follow(raw, `${pointer}/${escapeKey(name)}`)]);
  }

  /** The end of a chain of references. Fields beside a reference replace those of its target. */
  #follow(raw: unknown, from: string): Place<Node> {
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

/** The servers of the first list that has some. */
function readServers(lists: readonly Place<unknown>[]): Server[] {
  for (const { node: list, pointer } of lists) {
    if (!Array.isArray(list) || list.length === 0) continue;
    return list.map((raw, index) => {
      const server = Object(raw) as Node;
      const variables = Object(server['variables']) as Record<string, Node | undefined>;
      const url = String(server['url'])
        .replace(/\{([^}]*)\}/g, (all, name: string) => String(variables[name]?.['default'] ?? all))
        .replace(/\/$/, '');
      return { url, pointer: `${pointer}/${index}` };
    });
  }
  return [];
}

function child({ node, pointer }: Place<Node>, key: string): Place<unknown> {
  return { node: node[key], pointer: `${pointer}/${key}` };
}

/** An object without the `scopes` of its OAuth flows. */
function stripScopes(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === 'scopes' ? [] : [[key, stripScopes(part)]])),
  );
}
