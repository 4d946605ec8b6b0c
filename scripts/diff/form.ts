/** Writes a document in one form for comparison: what means the same to callers is written the same. */
import { at, escapeKey } from '../contract/pointer.ts';
import { follow, isObject, type Place, Refused } from '../contract/resolve.ts';
import { type Direction, Schemas, type Sources } from './schemas.ts';
import { canonical, hash, isWord, list, type Node } from './values.ts';

export interface Form {
  /** A document of OpenAPI. */
  content: Node;
  /** Where its nodes came from. */
  sources: Sources;
  /** A text that is equal for equal schemas. */
  print(schema: unknown): string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Parameters that "SHALL be ignored" (OpenAPI 3.1, section 4.8.12.2). */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/** `/jobs/{id}` and `/jobs/{job_id}` are one path. */
const templateOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

/** The names of the paths and webhooks of a document, as its form has them. */
export function namesOf(document: Node): Set<string> {
  const paths = Object.keys(Object(document['paths'])).filter((path) => !path.startsWith('x-'));
  return new Set([
    ...paths.map(templateOf),
    ...Object.keys(Object(document['webhooks'])).map((name) => `webhook ${name}`),
  ]);
}

/**
 * @param names those of the paths and webhooks to write; one that the document lacks has no operations
 * @param isWhole whether another API is described than by the document that it is compared with: servers and words
 * about the API are left out then
 */
export function formOf(document: Node, names: ReadonlySet<string>, isOther: boolean): Form {
  const sources: Sources = new WeakMap();
  const writer = new Writer(document, sources, !isOther);
  const paths: [string, Node][] = [];
  const webhooks: [string, Node][] = [];
  for (const name of [...names].sort()) {
    if (name.startsWith('webhook ')) webhooks.push([name, writer.webhook(name.slice('webhook '.length))]);
    else paths.push([name, writer.path(name)]);
  }
  const content = {
    openapi: '3.2.0',
    info: { title: '', version: '', ...(!isOther && writer.words()) },
    paths: Object.fromEntries(paths),
    webhooks: Object.fromEntries(webhooks),
    'x-shared': { all: writer.finish() },
  };
  sources.set(content, { pointer: '#' });
  sources.set(content.info, { pointer: '#/info', subject: 'the API' });
  return { content, sources, print: (schema) => writer.schemas.print(schema) };
}

class Writer {
  readonly #document: Node;
  readonly #sources: Sources;
  readonly schemas: Schemas;
  readonly #withServers: boolean;

  constructor(document: Node, sources: Sources, withServers: boolean) {
    this.#document = document;
    this.#sources = sources;
    this.schemas = new Schemas(document, sources);
    this.#withServers = withServers;
  }

  finish(): Node {
    this.schemas.finish();
    return this.schemas.shared;
  }

  words(): Node {
    return { ...wordsOf(this.#document), ...wordsOf(Object(this.#document['info'])) };
  }

  /** All path items of a template: FastAPI writes a path twice if two routes name its parameter differently. */
  path(template: string): Node {
    const written = Object.entries(Object(this.#document['paths'])).filter(
      ([path]) => templateOf(path) === template,
    );
    return Object.assign(
      {},
      ...written.map(([path, raw]) =>
        this.#pathItem(path, { node: raw, pointer: `#/paths/${escapeKey(path)}` }, 'request'),
      ),
    );
  }

  webhook(name: string): Node {
    const raw = Object(this.#document['webhooks'])[name];
    if (raw === undefined) return {};
    return this.#pathItem(
      `webhook ${name}`,
      { node: raw, pointer: `#/webhooks/${escapeKey(name)}` },
      'response',
    );
  }

  /** @param sent the direction of what is sent: `response` in a webhook or a callback, which the API calls */
  #pathItem(path: string, raw: Place<unknown>, sent: Direction): Node {
    const item = this.#follow(raw);
    return Object.fromEntries(
      methods
        .filter((method) => isObject(item.node[method]))
        .map((method) => [
          method,
          this.#operation(`${method.toUpperCase()} ${path}`, child(item, method) as Place<Node>, item, sent),
        ]),
    );
  }

  #operation(title: string, place: Place<Node>, item: Place<Node>, sent: Direction): Node {
    const { node, pointer } = place;
    const back = sent === 'request' ? 'response' : 'request';
    const operation: Node = {
      ...wordsOf(item.node),
      ...wordsOf(node),
      parameters: this.#parameters(title, [child(item, 'parameters'), child(place, 'parameters')], sent),
      responses: Object.fromEntries(
        this.#entries(child(place, 'responses'))
          .filter(([status]) => !status.startsWith('x-'))
          .map(([status, response]) => [
            status.toUpperCase().replace('DEFAULT', 'default'),
            this.#response(status, response, back),
          ]),
      ),
      security: this.#security(place, title.includes('callback ')),
      servers: this.#withServers
        ? this.#servers([
            child(place, 'servers'),
            child(item, 'servers'),
            child({ node: this.#document, pointer: '#' }, 'servers'),
          ])
        : [],
      callbacks: Object.fromEntries(
        // What a callback calls back is another matter.
        (sent === 'response' ? [] : this.#entries(child(place, 'callbacks'))).map(([name, callback]) => [
          name,
          this.#source(
            Object.fromEntries(
              this.#entries(callback).map(([expression, target]) => [
                expression,
                this.#source(
                  this.#pathItem(`callback ${name} ${expression}`, target, 'response'),
                  target.pointer,
                  `\`${expression}\``,
                ),
              ]),
            ),
            callback.pointer,
            `callback \`${name}\``,
          ),
        ]),
      ),
    };
    if (node['operationId'] !== undefined) operation['operationId'] = String(node['operationId']);
    if (node['deprecated'] === true) operation['deprecated'] = true;
    const body = child(place, 'requestBody');
    if (body.node !== undefined) operation['requestBody'] = this.#body(this.#follow(body), sent);
    return this.#source(operation, pointer, `operation \`${title}\``);
  }

  #source<T extends object>(node: T, pointer: string, subject: string): T {
    this.#sources.set(node, { ...this.#sources.get(node), pointer, subject });
    return node;
  }

  /** Those of a later list replace those of an earlier one. Of two in one list the first counts: lint reports the second. */
  #parameters(title: string, lists: readonly Place<unknown>[], sent: Direction): Node[] {
    const found = new Map<string, Node>();
    for (const { node: entries, pointer } of lists) {
      const seen = new Set<string>();
      for (const [index, raw] of list(entries).entries()) {
        const place = this.#follow({ node: raw, pointer: `${pointer}/${index}` });
        const location = String(place.node['in']);
        const written = String(place.node['name']);
        const name = location === 'header' ? written.toLowerCase() : written;
        if (location === 'header' && ignoredHeaders.has(name)) continue;
        const names = [...title.matchAll(/\{([^}]*)\}/g)].map(([, part]) => part);
        const key =
          location === 'path' && names.includes(name) ? `path ${names.indexOf(name)}` : `${location} ${name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        // Equal names in both documents make `redocly diff` compare these two; it matches others by likeness.
        const id = `p${hash(`${templateOf(title)} ${key}`)}`;
        const parameter = { ...this.#parameter(place, sent, location), name, in: location };
        this.schemas.shared[id] = this.#source(
          parameter,
          place.pointer,
          `${location} parameter \`${written}\``,
        );
        found.set(key, { $ref: `#/x-shared/all/${id}` });
      }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
  }

  /** A parameter or a header. */
  #parameter(place: Place<Node>, sent: Direction, location: string): Node {
    const { node } = place;
    const [content] = this.#entries(child(place, 'content'));
    const [type, media] = content ?? [];
    const schema = child(media ?? place, 'schema');
    const keywords = this.schemas.keywords(schema);
    const parameter: Node = { ...(media && wordsOf(media.node)), ...wordsOf(node), ...this.#examples(place) };
    if (node['required'] === true || location === 'path') parameter['required'] = true;
    if (node['deprecated'] === true || keywords.has('deprecated')) parameter['deprecated'] = true;
    if (type !== undefined) parameter['x-media-type'] = mediaType(type);
    const defaultStyle = location === 'query' || location === 'cookie' ? 'form' : 'simple';
    const style = node['style'] ?? defaultStyle;
    if (style !== defaultStyle) parameter['style'] = style;
    // Of a single value it makes no difference whether it is exploded.
    const types = keywords.get('type')?.value;
    const hasParts = !Array.isArray(types) || types.includes('array') || types.includes('object');
    const explode = node['explode'] ?? style === 'form';
    if (explode !== (style === 'form') && hasParts) parameter['explode'] = explode;
    for (const key of ['allowReserved', 'allowEmptyValue']) if (node[key] === true) parameter[key] = true;
    // pydantic says the words of a parameter in its schema, too.
    const written = this.schemas.write([schema], sent, '');
    for (const [key, { value }] of keywords) {
      if (!key.startsWith('x-word-')) continue;
      const own = list(JSON.parse(String(parameter[key] ?? '[]')));
      parameter[key] = canonical([...new Set([...own, ...list(value)])].sort());
    }
    for (const key of Object.keys(written))
      if (key.startsWith('x-word-') || key === 'deprecated') delete written[key];
    return { ...parameter, schema: written };
  }

  #body(place: Place<Node>, sent: Direction): Node {
    const body = {
      ...wordsOf(place.node),
      content: this.#content(place, sent, 'request body'),
      ...(place.node['required'] === true && { required: true }),
    };
    return this.#source(body, place.pointer, 'request body');
  }

  #response(status: string, place: Place<Node>, sent: Direction): Node {
    const headers = this.#entries(child(place, 'headers')).filter(
      ([name]) => name.toLowerCase() !== 'content-type',
    );
    const response = {
      ...wordsOf(place.node),
      headers: Object.fromEntries(
        headers.map(([name, header]) => [
          name.toLowerCase(),
          this.#source(
            this.#parameter(header, sent, 'header'),
            header.pointer,
            `header \`${name}\` of ${status}`,
          ),
        ]),
      ),
      content: this.#content(place, sent, `body of ${status}`),
    };
    return this.#source(response, place.pointer, `response ${status}`);
  }

  #content(holder: Place<Node>, sent: Direction, subject: string): Node {
    const media = this.#entries(child(holder, 'content'));
    return Object.fromEntries(
      media.map(([type, place]) => {
        const { encoding } = place.node;
        const named = media.length > 1 ? `${subject} as ${type}` : subject;
        const written = {
          ...wordsOf(place.node),
          ...this.#examples(place),
          schema: this.schemas.write([child(place, 'schema')], sent, named),
          ...(isObject(encoding) && { 'x-encoding': canonical(encoding) }),
        };
        return [
          mediaType(type),
          this.#source(written, place.pointer, `media type \`${type}\` of ${subject}`),
        ];
      }),
    );
  }

  /** Named examples are compared one by one. */
  #examples(holder: Place<Node>): Node {
    const named = this.#entries(child(holder, 'examples'));
    return Object.fromEntries(
      named.map(([name, { node }]) => [`x-word-examples/${name}`, canonical([canonical(node)])]),
    );
  }

  /** Ways in, each by the content of its schemes: their names make no difference to callers. */
  #security({ node, pointer }: Place<Node>, isCallback: boolean): object {
    // What is said of the whole API is not about the calls that it makes back.
    const own = Array.isArray(node['security']) || isCallback;
    const from = `${own ? pointer : '#'}/security`;
    const ways = list(own ? node['security'] : this.#document['security']).map((way) =>
      Object.fromEntries(
        Object.entries(Object(way)).map(([name, scopes]) => [
          this.#scheme(name, from),
          list(scopes).map(String).sort(),
        ]),
      ),
    );
    const isOpen = ways.every((way) => Object.keys(way).length === 0);
    // Without any `security`, the place is that of the operation.
    return this.#source(isOpen ? [] : ways, own || 'security' in this.#document ? from : pointer, '');
  }

  /** `http bearer` */
  #scheme(name: string, from: string): string {
    const pointer = `#/components/securitySchemes/${escapeKey(name)}`;
    if (at(pointer, this.#document) === undefined)
      throw new Refused([{ pointer: from, message: `Asks for ${name}, which is no security scheme.` }]);
    const { type, bearerFormat: _, ...rest } = this.#follow({ node: { $ref: pointer }, pointer: from }).node;
    const parts = Object.entries(rest).filter(([key]) => !isWord(key));
    const texts = parts.sort().map(([key, part]) => {
      if (typeof part === 'string') return type === 'http' ? part.toLowerCase() : part;
      // The scopes that count are those that each operation asks for.
      return `${key} ${canonical(JSON.parse(JSON.stringify(part, (field, value) => (field === 'scopes' ? undefined : value))))}`;
    });
    return [String(type), ...texts].join(' ');
  }

  /** The servers of the first list that has some. */
  #servers(lists: readonly Place<unknown>[]): Node[] {
    const found = lists.find(({ node }) => list(node).length > 0);
    return list(found?.node).map((raw, index) => {
      const server = Object(raw) as Node;
      const variables = Object(server['variables']) as Record<string, Node | undefined>;
      const url = String(server['url'])
        .replace(/\{([^}]*)\}/g, (all, name: string) => String(variables[name]?.['default'] ?? all))
        .replace(/\/$/, '');
      // Clients use the first one unless they are told otherwise.
      return this.#source(
        { ...wordsOf(server), url, ...(index === 0 && { 'x-first': true }) },
        `${found?.pointer}/${index}`,
        `server \`${url}\``,
      );
    });
  }

  /** The entries of a map of objects, with references followed. */
  #entries({ node, pointer }: Place<unknown>): [name: string, place: Place<Node>][] {
    return Object.entries(isObject(node) ? node : {}).map(([name, raw]) => [
      name,
      this.#follow({ node: raw, pointer: `${pointer}/${escapeKey(name)}` }),
    ]);
  }

  /** The end of a chain of references. Fields beside a reference replace those of its target. */
  #follow({ node, pointer }: Place<unknown>): Place<Node> {
    const { $ref, ...beside } = Object(node) as Node;
    if ($ref !== undefined && !String($ref).startsWith('#'))
      throw new Refused([{ pointer, message: `"${$ref}" is no place in this document; bundle it first.` }]);
    const end = follow<Node>(this.#document, node, pointer);
    if (end.node === undefined && $ref !== undefined)
      throw new Refused([{ pointer, message: `Refers to ${end.pointer}, which is not there.` }]);
    if (!isObject(end.node))
      throw new Refused([{ pointer: end.pointer, message: 'An object is expected here.' }]);
    return $ref === undefined ? end : { node: { ...end.node, ...beside }, pointer: end.pointer };
  }
}

function child({ node, pointer }: Place<Node>, key: string): Place<unknown> {
  return { node: node[key], pointer: `${pointer}/${key}` };
}

function wordsOf(node: Node): Node {
  const words = Object.entries(node).filter(
    ([key, value]) => isWord(key) && value !== undefined && key !== 'examples',
  );
  return Object.fromEntries(
    words.map(([key, value]) => [
      `x-word-${key}`,
      canonical([typeof value === 'string' ? value : canonical(value)]),
    ]),
  );
}

/** `application/JSON; charset=utf-8` is `application/json`. */
function mediaType(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/;charset=utf-8$/, '');
}
