/** Writes a document in one form for comparison: what means the same to callers is written the same. */
import { escapeKey } from '../contract/pointer.ts';
import { isObject, type Place, Refused } from '../contract/resolve.ts';
import { type Direction, SchemaWriter, type Sources } from './schemas.ts';
import { ShapeReader, targetOf } from './shapes.ts';
import { canonical, hash, joinWords, list, type Node, set, unique, type Words, wordsOf } from './values.ts';

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
const ignoredHeaders = set('accept content-type authorization');

/** `/jobs/{id}` and `/jobs/{job_id}` are one path. */
const templateOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

/** The names of the paths and webhooks of a document, as its form has them. */
export function namesOf(document: Node): Set<string> {
  const paths = Object.keys(Object(document['paths'])).filter((path) => path.startsWith('/'));
  const webhooks = Object.keys(Object(document['webhooks'])).map((name) => `webhook ${name}`);
  return new Set([...paths.map(templateOf), ...webhooks]);
}

/**
 * @param names those of the paths and webhooks to write: all of both documents, so that each has its counterpart
 * @param isOwn whether a version of the same contract is compared with: its servers and its own words count
 */
export function formOf(document: Node, names: ReadonlySet<string>, isOwn: boolean): Form {
  const sources: Sources = new WeakMap();
  const reader = new ShapeReader(document);
  const schemas = new SchemaWriter(reader, sources);
  const writer = new FormWriter(document, reader, schemas, sources, isOwn);
  const items = [...names].sort().map((name): [string, Node] => [name, writer.item(name)]);
  schemas.finish();
  const info = {
    title: '',
    version: '',
    ...(isOwn && joinWords([...wordsOf(document), ...wordsOf(Object(document['info']))])),
  };
  const content = {
    openapi: '3.2.0',
    info,
    paths: Object.fromEntries(items.filter(([name]) => name.startsWith('/'))),
    webhooks: Object.fromEntries(items.filter(([name]) => !name.startsWith('/'))),
    // One level down, where `redocly diff` does not take what references lead to for parts of the document.
    'x-shared': { all: schemas.shared },
  };
  sources.set(info, { pointer: '#/info', subject: 'the API' });
  return { content, sources, print: (schema) => schemas.print(schema) };
}

class FormWriter {
  readonly #document: Node;
  readonly #reader: ShapeReader;
  readonly #schemas: SchemaWriter;
  readonly #sources: Sources;
  readonly #isOwn: boolean;

  constructor(document: Node, reader: ShapeReader, schemas: SchemaWriter, sources: Sources, isOwn: boolean) {
    this.#document = document;
    this.#reader = reader;
    this.#schemas = schemas;
    this.#sources = sources;
    this.#isOwn = isOwn;
  }

  /** A path item; all of one template, since FastAPI writes a path twice if two routes name its parameter differently. */
  item(name: string): Node {
    const paths = Object.keys(Object(this.#document['paths'])).filter((path) => templateOf(path) === name);
    const [, webhook] = /^webhook (.*)$/s.exec(name) ?? [];
    const hooks =
      webhook !== undefined && Object.hasOwn(Object(this.#document['webhooks']), webhook) ? [webhook] : [];
    const items = [
      ...paths.map((path) => this.#item(path, this.#at('paths', path), 'request')),
      ...hooks.map((hook) => this.#item(name, this.#at('webhooks', hook), 'response')),
    ];
    return Object.assign({}, ...items);
  }

  #at(...keys: string[]): Place<unknown> {
    const node = keys.reduce<unknown>((node, key) => Object(node)[key], this.#document);
    return { node, pointer: ['#', ...keys.map(escapeKey)].join('/') };
  }

  /** A node of the form, with the words of the one in the document and some more. */
  #written(place: Place<Node>, subject: string, fields: Node, more: readonly Words[] = []): Node {
    const named = this.#entries(child(place, 'examples'));
    // Named examples are told one by one.
    const words = wordsOf(place.node).filter(([key]) => key !== 'x-word-examples' || named.length === 0);
    const examples = named.map(([name, { node }]): Words => [`x-word-examples/${name}`, [canonical(node)]]);
    const node = { ...joinWords([...words, ...examples, ...more]), ...fields };
    this.#sources.set(node, { pointer: place.pointer, subject });
    return node;
  }

  /** @param sent the direction of what is sent: `response` in a webhook or a callback, which the API calls */
  #item(name: string, raw: Place<unknown>, sent: Direction): Node {
    const item = this.#follow(raw);
    const found = methods.filter((method) => isObject(item.node[method]));
    return Object.fromEntries(found.map((method) => [method, this.#operation(name, method, item, sent)]));
  }

  #operation(name: string, method: string, item: Place<Node>, sent: Direction): Node {
    const place = child(item, method) as Place<Node>;
    const { operationId, deprecated, callbacks } = place.node;
    const title = `${method.toUpperCase()} ${name}`;
    const body = child(place, 'requestBody');
    const responses = this.#entries(child(place, 'responses')).filter(([status]) => !status.startsWith('x-'));
    return this.#written(
      place,
      `operation \`${title}\``,
      {
        ...(operationId !== undefined && { operationId: String(operationId) }),
        ...(deprecated === true && { deprecated }),
        parameters: this.#parameters(
          name,
          method,
          [child(item, 'parameters'), child(place, 'parameters')],
          sent,
        ),
        ...(body.node !== undefined && { requestBody: this.#body(this.#follow(body), sent) }),
        responses: Object.fromEntries(
          responses.map(([status, response]) => [
            status.toUpperCase().replace('DEFAULT', 'default'),
            this.#response(status, response, sent === 'request' ? 'response' : 'request'),
          ]),
        ),
        security: this.#security(place, name.startsWith('callback ')),
        servers: this.#isOwn
          ? this.#servers([child(place, 'servers'), child(item, 'servers'), this.#at('servers')])
          : [],
        // What is called in answer to a call of the API is compared as it is written.
        ...(sent === 'response' && callbacks !== undefined && { 'x-whole-callbacks': canonical(callbacks) }),
        callbacks:
          sent === 'response'
            ? {}
            : Object.fromEntries(
                this.#entries(child(place, 'callbacks')).map(([key, callback]) => [
                  key,
                  this.#callback(title, key, callback),
                ]),
              ),
      },
      wordsOf(item.node),
    );
  }

  #callback(title: string, name: string, callback: Place<Node>): Node {
    const items = this.#entries(callback).map(([expression, target]) => {
      const item = this.#item(`callback ${name} ${expression} of ${title}`, target, 'response');
      this.#sources.set(item, { pointer: target.pointer, subject: `callback \`${expression}\`` });
      return [expression, item];
    });
    return this.#written({ ...callback, node: {} }, `callback \`${name}\``, Object.fromEntries(items));
  }

  /** Those of a later list replace those of an earlier one. Of two in one list the first counts; lint reports the second. */
  #parameters(path: string, method: string, lists: readonly Place<unknown>[], sent: Direction): Node[] {
    const found = new Map<string, Place<Node>>();
    const namesInPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    for (const { node, pointer } of lists) {
      const own = new Map<string, Place<Node>>();
      for (const [index, raw] of list(node).entries()) {
        const parameter = this.#follow({ node: raw, pointer: `${pointer}/${index}` });
        const location = String(parameter.node['in']);
        const name = String(parameter.node['name']);
        const key =
          location === 'header'
            ? name.toLowerCase()
            : location === 'path'
              ? String(namesInPath.indexOf(name))
              : name;
        if (!own.has(`${location} ${key}`) && !(location === 'header' && ignoredHeaders.has(key)))
          own.set(`${location} ${key}`, parameter);
      }
      for (const [key, parameter] of own) found.set(key, parameter);
    }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, parameter]) => {
        const { name, in: location } = parameter.node;
        // Equal references in both documents make `redocly diff` compare these two; it pairs others by likeness.
        const id = `p${hash(`${method} ${path.startsWith('/') ? templateOf(path) : path} ${key}`)}`;
        const shown = location === 'header' ? String(name).toLowerCase() : name;
        this.#schemas.shared[id] = this.#parameter(
          parameter,
          String(location),
          sent,
          `${location} parameter \`${name}\``,
          { name: shown, in: location },
        );
        return { $ref: `#/x-shared/all/${id}` };
      });
  }

  /** A parameter or a header. */
  #parameter(place: Place<Node>, location: string, sent: Direction, subject: string, more: Node = {}): Node {
    const { node } = place;
    const [[type, media] = []] = this.#entries(child(place, 'content'));
    const schema = child(media ?? place, 'schema');
    const keywords = this.#reader.read([this.#reader.follow(schema)]).keywords;
    const defaultStyle = location === 'query' || location === 'cookie' ? 'form' : 'simple';
    const style = node['style'] ?? defaultStyle;
    const explode = node['explode'] ?? style === 'form';
    // Of a single value it makes no difference whether it is exploded.
    const types = list(keywords.get('type')?.value);
    const isSingle = types.length > 0 && !types.includes('array') && !types.includes('object');
    // Pydantic says the words of a parameter in its schema, too.
    const own = [...keywords].filter(([key]) => key.startsWith('x-word-'));
    const words = [
      ...own.map(([key, { value }]): Words => [key, list(value)]),
      ...wordsOf(media?.node ?? {}),
    ];
    return this.#written(
      place,
      subject,
      {
        ...more,
        ...((node['required'] === true || location === 'path') && { required: true }),
        ...((node['deprecated'] === true || keywords.has('deprecated')) && { deprecated: true }),
        ...(type !== undefined && { 'x-media-type': mediaType(type) }),
        ...(style !== defaultStyle && { style }),
        ...(!isSingle && explode !== (style === 'form') && { explode }),
        ...(node['allowReserved'] === true && { allowReserved: true }),
        ...(node['allowEmptyValue'] === true && { allowEmptyValue: true }),
        schema: this.#schemas.write([schema], { direction: sent, isBare: true }, ''),
      },
      words,
    );
  }

  #body(place: Place<Node>, sent: Direction): Node {
    const content = this.#content(place, sent, 'request body');
    return this.#written(place, 'request body', {
      content,
      ...(place.node['required'] === true && { required: true }),
    });
  }

  #response(status: string, place: Place<Node>, sent: Direction): Node {
    const headers = this.#entries(child(place, 'headers')).filter(
      ([name]) => name.toLowerCase() !== 'content-type',
    );
    return this.#written(place, `response ${status}`, {
      headers: Object.fromEntries(
        headers.map(([name, header]) => [
          name.toLowerCase(),
          this.#parameter(header, 'header', sent, `header \`${name}\` of ${status}`),
        ]),
      ),
      content: this.#content(place, sent, `body of ${status}`),
    });
  }

  #content(holder: Place<Node>, sent: Direction, subject: string): Node {
    const media = this.#entries(child(holder, 'content'));
    const written = media.map(([type, place]) => {
      const { encoding } = place.node;
      const schema = this.#schemas.write(
        [child(place, 'schema')],
        { direction: sent },
        media.length > 1 ? `${subject} as ${type}` : subject,
      );
      const fields = { schema, ...(isObject(encoding) && { 'x-encoding': canonical(encoding) }) };
      return [mediaType(type), this.#written(place, `media type \`${type}\` of ${subject}`, fields)];
    });
    return Object.fromEntries(written);
  }

  /** Ways in, each by the content of its schemes: their names make no difference to callers. */
  #security(place: Place<Node>, isCallback: boolean): object {
    // What is said of the whole API is not about the calls that it makes back.
    const own = child(place, 'security');
    const all = this.#at('security');
    const { node, pointer } = Array.isArray(own.node) || isCallback ? own : all;
    const ways = list(node).map((way) =>
      Object.fromEntries(
        Object.entries(Object(way)).map(([name, scopes]) => [
          this.#scheme(name, pointer),
          unique(...list(scopes).map(String)),
        ]),
      ),
    );
    const isOpen = ways.every((way) => Object.keys(way).length === 0);
    const security = isOpen ? [] : ways;
    // Without any `security`, the place is that of the operation.
    this.#sources.set(security, { pointer: node === undefined ? place.pointer : pointer, subject: '' });
    return security;
  }

  /** `http bearer` */
  #scheme(name: string, from: string): string {
    const raw = this.#at('components', 'securitySchemes', name);
    if (raw.node === undefined)
      throw new Refused([{ pointer: from, message: `Asks for ${name}, which is no security scheme.` }]);
    const { type, bearerFormat: _, description: __, ...rest } = this.#follow(raw).node;
    const texts = Object.entries(rest)
      .filter(([key]) => !key.startsWith('x-'))
      .sort()
      .map(([key, part]) => {
        if (typeof part === 'string') return type === 'http' ? part.toLowerCase() : part;
        // The scopes that count are those that each operation asks for.
        return `${key} ${JSON.stringify(part, (field, value) => (field === 'scopes' ? undefined : value))}`;
      });
    return [type, ...texts].join(' ');
  }

  /** The servers of the first list that has some. */
  #servers(lists: readonly Place<unknown>[]): Node[] {
    const found = lists.find(({ node }) => list(node).length > 0);
    return list(found?.node).map((raw, index) => {
      const server = Object(raw) as Node;
      const defaults = (all: string, name: string) =>
        String(Object(Object(server['variables'])[name])['default'] ?? all);
      const url = String(server['url'])
        .replace(/\{([^}]*)\}/g, defaults)
        .replace(/\/$/, '');
      // Clients use the first one unless they are told otherwise.
      return this.#written({ node: server, pointer: `${found?.pointer}/${index}` }, `server \`${url}\``, {
        url,
        ...(index === 0 && { 'x-first': true }),
      });
    });
  }

  /** The entries of a map of objects, with references followed. */
  #entries({ node, pointer }: Place<unknown>): [name: string, place: Place<Node>][] {
    const entries = Object.entries(isObject(node) ? node : {});
    return entries.map(([name, raw]) => [
      name,
      this.#follow({ node: raw, pointer: `${pointer}/${escapeKey(name)}` }),
    ]);
  }

  /** The end of a chain of references. Fields beside a reference replace those of its target. */
  #follow(place: Place<unknown>): Place<Node> {
    const seen = new Set<unknown>();
    let { node, pointer } = place;
    let beside: Node = {};
    while (isObject(node) && '$ref' in node) {
      const { $ref, ...others } = node;
      if (seen.has($ref))
        throw new Refused([{ pointer: place.pointer, message: `${$ref} refers to nothing but itself.` }]);
      seen.add($ref);
      beside = { ...others, ...beside };
      ({ node, pointer } = targetOf(this.#document, $ref, pointer));
    }
    if (!isObject(node)) throw new Refused([{ pointer, message: 'An object is expected here.' }]);
    return { node: { ...node, ...beside }, pointer };
  }
}

const child = ({ node, pointer }: Place<Node>, key: string): Place<unknown> => ({
  node: node[key],
  pointer: `${pointer}/${key}`,
});

/** `application/JSON; charset=utf-8` is `application/json`. */
const mediaType = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/;charset=utf-8$/, '');
