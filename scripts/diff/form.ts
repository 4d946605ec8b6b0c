/** Writes a document in one form for comparison: what means the same to callers is written the same. */
import { keysOf, pointerTo } from '../contract/pointer.ts';
import { follow, isObject, type Located, Refused } from '../contract/resolve.ts';
import { type Direction, SchemaWriter, type Sources } from './schemas.ts';
import { ShapeReader, targetOf } from './shapes.ts';
import { canonical, hash, joinWords, list, type Node, set, unique, type Words, wordsOf } from './values.ts';

export interface Form {
  /** A document of OpenAPI. A field that is undefined is none. */
  content: Node & Record<'paths' | 'webhooks', Node>;
  /** Where its nodes came from. */
  sources: Sources;
  /** A text that is equal for equal schemas. */
  print(schema: unknown): string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Parameters that "SHALL be ignored" (OpenAPI 3.1, section 4.8.12.2). */
const ignoredHeaders = set('accept content-type authorization');

/** `/jobs/{id}` and `/jobs/{job_id}` are one path. */
const templateOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

/** Callbacks may refer to each other in a circle. */
const mostDeepCallbacks = 5;

/** The paths and webhooks of a document, by the names that they have in its form. */
export function itemsOf(document: Node): Map<string, Located<unknown>[]> {
  const items = new Map<string, Located<unknown>[]>();
  for (const [path, node] of Object.entries(Object(document['paths']))) {
    if (!path.startsWith('/')) continue;
    // FastAPI writes a path twice if two routes name its parameter differently.
    const before = items.get(templateOf(path)) ?? [];
    items.set(templateOf(path), [...before, { node, pointer: pointerTo('#', 'paths', path) }]);
  }
  for (const [name, node] of Object.entries(Object(document['webhooks']))) {
    items.set(`webhook ${name}`, [{ node, pointer: pointerTo('#', 'webhooks', name) }]);
  }
  return items;
}

/**
 * @param names those of the paths and webhooks to write
 * @param isOwn whether a version of the same contract is compared with: its servers and its own words count
 */
export function formOf(document: Node, names: ReadonlySet<string>, isOwn: boolean): Form {
  return new FormWriter(document, isOwn).write(names);
}

class FormWriter {
  readonly #root: Located<Node>;
  readonly #isOwn: boolean;
  readonly #sources: Sources = new WeakMap();
  /** Under `request` what callers call, under `response` what the API calls. */
  readonly #items: Record<Direction, Node> = { request: {}, response: {} };
  readonly #reader: ShapeReader;
  readonly #schemas: SchemaWriter;

  constructor(document: Node, isOwn: boolean) {
    this.#root = { node: document, pointer: '#' };
    this.#isOwn = isOwn;
    this.#reader = new ShapeReader(document);
    this.#schemas = new SchemaWriter(this.#reader, this.#sources);
  }

  write(names: ReadonlySet<string>): Form {
    for (const [name, items] of itemsOf(this.#root.node)) {
      if (!names.has(name)) continue;
      const sent = name.startsWith('/') ? 'request' : 'response';
      for (const item of items) this.#addItem(name, titleOf(name, item), item, sent);
    }
    this.#schemas.finish();
    const info = this.#isOwn ? Object(this.#root.node['info']) : {};
    const words = this.#isOwn ? [wordsOf(this.#root.node, '#')] : [];
    const content = {
      openapi: '3.2.0',
      info: this.#written({ node: info, pointer: '#/info' }, 'the API', { title: '', version: '' }, words),
      paths: this.#items.request,
      webhooks: this.#items.response,
      // One level down, where `redocly diff` does not take what references lead to for parts of the document.
      'x-shared': { all: this.#schemas.shared },
    };
    return { content, sources: this.#sources, print: (schema) => this.#schemas.print(schema) };
  }

  #addItem(name: string, title: string, located: Located<unknown>, sent: Direction, depth = 0): void {
    const item = this.#follow(located);
    const items = this.#items[sent];
    items[name] ??= {};
    const written = items[name] as Node;
    for (const method of methods) {
      if (isObject(item.node[method])) written[method] = this.#operation(title, method, item, sent, depth);
    }
  }

  /** A node of the form, with the words of the one in the document and some more. */
  #written(located: Located<Node>, subject: string, fields: Node, more: readonly Words[] = []): Node {
    const { node, pointer } = located;
    const written: Node = { ...fields };
    const pointers: Record<string, string> = {};
    for (const [field, entry] of joinWords([wordsOf(node, pointer), ...more])) {
      written[field] = canonical(entry.value);
      pointers[field] = entry.pointer;
    }
    this.#sources.set(written, { pointer, fields: pointers, subject });
    return written;
  }

  #operation(name: string, method: string, item: Located<Node>, sent: Direction, depth: number): Node {
    const located = child(item, method) as Located<Node>;
    const title = `${method.toUpperCase()} ${name}`;
    const opposite = sent === 'request' ? 'response' : 'request';
    const servers = [child(located, 'servers'), child(item, 'servers'), child(this.#root, 'servers')];
    const body = child(located, 'requestBody');
    this.#addCallbacks(title, child(located, 'callbacks'), sent, depth);
    const responses = this.#entries(child(located, 'responses')).filter(
      ([status]) => !status.startsWith('x-'),
    );
    const { operationId, deprecated } = located.node;
    const fields = {
      operationId,
      deprecated: flag(deprecated),
      parameters: this.#parameters(title, [child(item, 'parameters'), child(located, 'parameters')], sent),
      requestBody: body.node === undefined ? undefined : this.#body(this.#follow(body), sent),
      responses: mapped(responses, (status, response) => [
        normalStatus(status),
        this.#response(status, response, opposite),
      ]),
      security: this.#security(located, name.startsWith('callback ')),
      servers: this.#isOwn ? this.#servers(servers) : [],
    };
    return this.#written(located, `operation \`${title}\``, fields, [wordsOf(item.node, item.pointer)]);
  }

  /**
   * The API calls back, so they are written beside the webhooks. Who calls in a callback of a webhook or of a callback
   * is not known: those are written beside the paths, too, and the higher of two ratings counts.
   */
  #addCallbacks(title: string, callbacks: Located<unknown>, sent: Direction, depth: number): void {
    for (const [key, callback] of this.#entries(callbacks)) {
      if (depth === mostDeepCallbacks)
        throw new Refused([{ ...callback, message: 'Callbacks are nested too deeply here.' }]);
      const targets = Object.fromEntries(
        Object.entries(callback.node).filter(([name]) => !name.startsWith('x-')),
      );
      for (const [expression, target] of this.#entries({ ...callback, node: targets })) {
        const name = `callback ${key} ${expression} of ${title}`;
        const directions: Direction[] =
          sent === 'request' && depth === 0 ? ['response'] : ['response', 'request'];
        for (const direction of directions) {
          // Without braces, which would make it a template.
          const item = direction === 'request' ? `/${hash(name)}` : name;
          if (!this.#items[direction][item]) this.#addItem(item, name, target, direction, depth + 1);
        }
      }
    }
  }

  /** Those of a later list replace those of an earlier one. Of two in one list the first counts; lint reports the second. */
  #parameters(title: string, lists: readonly Located<unknown>[], sent: Direction): Node[] {
    const found = new Map<string, Node>();
    const route = / callback /.test(title) ? title : templateOf(title);
    const namesInPath = [...title.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    for (const { node, pointer } of lists) {
      const own = new Map<string, Node>();
      for (const [index, raw] of list(node).entries()) {
        const located = this.#follow({ node: raw, pointer: `${pointer}/${index}` });
        const [location, written] = [String(located.node['in']), String(located.node['name'])];
        const name = location === 'header' ? written.toLowerCase() : written;
        if (location === 'header' && ignoredHeaders.has(name)) continue;
        // Equal references in both documents make `redocly diff` compare these two; it pairs others by likeness.
        const position = location === 'path' ? namesInPath.indexOf(name) : name;
        const id = `p${hash(`${sent} ${route} ${location} ${position}`)}`;
        if (own.has(id)) continue;
        own.set(
          id,
          this.#parameter(located, location, sent, `${location} parameter \`${written}\``, {
            name,
            in: location,
          }),
        );
      }
      for (const [id, parameter] of own) found.set(id, parameter);
    }
    Object.assign(this.#schemas.shared, Object.fromEntries(found));
    return [...found.keys()].sort().map((id) => ({ $ref: `#/x-shared/all/${id}` }));
  }

  /** A parameter or a header. */
  #parameter(
    located: Located<Node>,
    location: string,
    sent: Direction,
    subject: string,
    more: Node = {},
  ): Node {
    const { node } = located;
    const [[type, media] = []] = this.#entries(child(located, 'content'));
    const schema = child(media ?? located, 'schema');
    const shape = this.#reader.read([schema]);
    const defaultStyle = location === 'query' || location === 'cookie' ? 'form' : 'simple';
    const style = node['style'] ?? defaultStyle;
    const explode = node['explode'] ?? style === 'form';
    // Of a single value it makes no difference whether it is exploded.
    const isSingle = shape.every((branch) =>
      /^(?:string|number|integer|boolean|null)$/.test(String(branch.get('type')?.value)),
    );
    const fields = {
      ...more,
      required: flag(node['required'] === true || location === 'path'),
      deprecated: flag(node['deprecated'] === true || shape.some((branch) => branch.has('deprecated'))),
      'x-media-type': type && mediaType(type),
      style: style === defaultStyle ? undefined : style,
      explode: isSingle || explode === (style === 'form') ? undefined : explode,
      allowReserved: flag(node['allowReserved']),
      allowEmptyValue: flag(node['allowEmptyValue']),
      schema: this.#schemas.write([schema], { direction: sent, isBare: true }, ''),
    };
    // Pydantic repeats the words of a parameter in its schema.
    const own = shape.map((branch) => new Map([...branch].filter(([key]) => key.startsWith('x-word-'))));
    const others = media ? [wordsOf(media.node, media.pointer)] : [];
    return this.#written(located, subject, fields, [...others, ...own]);
  }

  #body(located: Located<Node>, sent: Direction): Node {
    const fields = {
      required: flag(located.node['required']),
      content: this.#content(located, sent, 'request body'),
    };
    return this.#written(located, 'request body', fields);
  }

  #response(status: string, located: Located<Node>, sent: Direction): Node {
    const headers = this.#entries(child(located, 'headers')).filter(
      ([name]) => name.toLowerCase() !== 'content-type',
    );
    const written = mapped(headers, (name, header) => [
      name.toLowerCase(),
      this.#parameter(header, 'header', sent, `header \`${name}\` of ${status}`),
    ]);
    const content = this.#content(located, sent, `body of ${status}`);
    return this.#written(located, `response ${status}`, { headers: written, content });
  }

  #content(parent: Located<Node>, sent: Direction, subject: string): Node {
    const media = this.#entries(child(parent, 'content'));
    return mapped(media, (type, located) => {
      const named = media.length > 1 ? `${subject} as ${type}` : subject;
      const schema = this.#schemas.write([child(located, 'schema')], { direction: sent }, named);
      const { encoding } = located.node;
      const fields = { schema, 'x-encoding': isObject(encoding) ? canonical(encoding) : undefined };
      return [mediaType(type), this.#written(located, `media type \`${type}\` of ${subject}`, fields)];
    });
  }

  /** Security requirements, each by the content of its schemes: their names make no difference to callers. */
  #security(located: Located<Node>, isCallback: boolean): object {
    const own = child(located, 'security');
    // The security of the whole API is not that of the calls that it makes to callbacks.
    const { node, pointer } = Array.isArray(own.node) || isCallback ? own : child(this.#root, 'security');
    const requirements = list(node).map((requirement) =>
      mapped(Object.entries(Object(requirement)), (name, scopes) => [
        this.#scheme(name, pointer),
        unique(list(scopes)),
      ]),
    );
    const security = requirements.some((each) => Object.keys(each).length > 0) ? requirements : [];
    // Without any `security`, a change is reported at the operation.
    this.#sources.set(security, { pointer: node === undefined ? located.pointer : pointer, subject: '' });
    return security;
  }

  /** `http bearer` */
  #scheme(name: string, from: string): string {
    const node = Object(Object(this.#root.node['components'])['securitySchemes'])[name];
    if (node === undefined) {
      throw new Refused([{ pointer: from, message: `Asks for ${name}, which is no security scheme.` }]);
    }
    const { type, bearerFormat: _, description: __, ...rest } = this.#follow({ node, pointer: from }).node;
    const texts = Object.entries(rest)
      .sort()
      .map(([key, part]) => {
        if (typeof part === 'string') return type === 'http' ? part.toLowerCase() : part;
        // The scopes that count are those that each operation asks for.
        return `${key} ${canonical(part, 'scopes')}`;
      });
    return [type, ...texts].join(' ');
  }

  /** The servers of the first list that has some. */
  #servers(lists: readonly Located<unknown>[]): Node[] {
    const found = lists.find(({ node }) => list(node).length > 0);
    return list(found?.node).map((raw, index) => {
      const node = Object(raw) as Node;
      const variable = (all: string, name: string) =>
        String(Object(Object(node['variables'])[name])['default'] ?? all);
      const url = String(node['url'])
        .replace(/\{([^}]*)\}/g, variable)
        .replace(/\/$/, '');
      // Clients use the first one unless they are told otherwise.
      const fields = { url, 'x-first': flag(index === 0) };
      return this.#written({ node, pointer: `${found?.pointer}/${index}` }, `server \`${url}\``, fields);
    });
  }

  /** The entries of a map of objects, with references followed. */
  #entries({ node, pointer }: Located<unknown>): [name: string, located: Located<Node>][] {
    const entries = Object.entries(isObject(node) ? node : {});
    return entries.map(([name, raw]) => [
      name,
      this.#follow({ node: raw, pointer: pointerTo(pointer, name) }),
    ]);
  }

  /** The end of a chain of references. Fields beside a reference replace those of its target. */
  #follow({ node, pointer }: Located<unknown>): Located<Node> {
    const end = follow<unknown>(this.#root.node, node, pointer);
    const { $ref, ...beside } = Object(node) as Node;
    if (end.node === undefined) targetOf(this.#root.node, $ref, pointer);
    if (!isObject(end.node))
      throw new Refused([{ pointer: end.pointer, message: 'An object is expected here.' }]);
    if ('$ref' in end.node)
      throw new Refused([{ pointer, message: `${$ref} refers to nothing but itself.` }]);
    return { node: { ...end.node, ...beside }, pointer: end.pointer };
  }
}

/** The name of a path with those of its parameters. */
const titleOf = (name: string, { pointer }: Located<unknown>): string =>
  name.startsWith('/') ? (keysOf(pointer)[1] ?? name) : name;

const child = ({ node, pointer }: Located<Node>, key: string): Located<unknown> => ({
  node: node[key],
  pointer: `${pointer}/${key}`,
});

const flag = (value: unknown): true | undefined => (value === true ? true : undefined);

const mapped = <T>(
  entries: readonly [string, T][],
  write: (name: string, value: T) => [string, unknown],
): Node => Object.fromEntries(entries.map(([name, value]) => write(name, value)));

/** `4xx` is `4XX`. */
const normalStatus = (status: string): string =>
  status.toLowerCase() === 'default' ? 'default' : status.toUpperCase();

/** `application/JSON; charset=utf-8` is `application/json`. */
const mediaType = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/;charset=utf-8$/, '');
