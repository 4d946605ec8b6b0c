/** Flattens a contract into what it says about the API: subject by subject, references followed, prose left out. */

type Scalar = string | number | boolean | null;
export type Value = Scalar | Scalar[];

/** By subject, then by aspect. */
export type Found = Map<string, Map<string, Value>>;

type Node = Record<string, unknown>;

/** What says nothing about which requests and responses are right. */
const prose = ['description', 'summary', 'title', 'example', 'examples', 'externalDocs', 'tags', 'x-advice'];

/** Never throws: a part that is missing or broken is left out, or comes out as a value that is no fact. */
export function observe(document: unknown): Found {
  const found: Found = new Map();
  // The format's version is checked when the contract is read; `info` describes the description.
  const { openapi: _, info: __, servers, paths, components, ...rest } = meaning(document);

  function put(subject: string, aspects: Node): void {
    const entries = Object.entries(aspects).filter(([, value]) => value !== undefined);
    found.set(subject, new Map(entries.map(([aspect, value]) => [aspect, plain(value)])));
  }

  function putSchema(subject: string, schema: unknown): void {
    const { $ref, properties, items, anyOf, ...keywords } = meaning(schema);
    put(subject, {
      ...keywords,
      is: $ref === undefined ? undefined : schemaName($ref),
      properties: properties === undefined ? undefined : Object.keys(object(properties)),
      anyOf: Array.isArray(anyOf) ? anyOf.map(brief) : anyOf,
    });
    for (const [name, property] of Object.entries(object(properties)))
      putSchema(`${subject}.${name}`, property);
    if (items !== undefined) putSchema(`${subject}[]`, items);
  }

  function putParameter(subject: string, parameter: unknown): void {
    const { schema, ...aspects } = meaning(parameter);
    put(subject, aspects);
    putSchema(`schema of ${subject}`, schema);
  }

  function putResponse(subject: string, response: unknown): void {
    const { content, ...aspects } = meaning(response);
    put(subject, { ...aspects, ...contentOf(content) });
  }

  /** What a part of an operation is called: the name of a shared one, else its own name after it was put there. */
  function nameOf(part: unknown, own: string, putOwn: () => void): string {
    const { $ref, ...others } = meaning(part);
    if ($ref !== undefined) {
      return String($ref).replace(/^#\/components\/(parameters|responses)\//, '') + besides(others);
    }
    putOwn();
    return own;
  }

  /** `[{ bearerAuth: [] }]` becomes `['http bearer']`. */
  function securityOf(requirement: unknown): string {
    const schemes = Object.entries(object(requirement)).map(([name, scopes]) => {
      const { type, scheme, ...others } = meaning(
        follow({ $ref: `#/components/securitySchemes/${name}` }, document),
      );
      return `${type} ${scheme}${besides(others)}${besides(scopes)}`;
    });
    return schemes.join(' and ') || 'none';
  }

  put('API', {
    ...rest,
    paths: Object.keys(object(paths)),
    servers: list(servers).map((server) => {
      const { url, ...others } = meaning(server);
      return url + besides(others);
    }),
  });
  // Examples have tests of their own.
  const { examples: ___, ...kinds } = object(components);
  put(
    'components',
    Object.fromEntries(Object.entries(kinds).map(([kind, named]) => [kind, Object.keys(object(named))])),
  );
  for (const [path, item] of Object.entries(object(paths))) {
    const operations = meaning(item);
    put(path, { operations: Object.keys(operations) });
    for (const [method, operation] of Object.entries(operations)) {
      const subject = `${method.toUpperCase()} ${path}`;
      const { parameters, requestBody, responses, security, ...aspects } = meaning(operation);
      const { content, ...body } = meaning(requestBody);
      put(subject, {
        ...aspects,
        ...(requestBody !== undefined && { body: JSON.stringify({ ...contentOf(content), ...body }) }),
        parameters: list(parameters).map((parameter) => {
          const own = String(object(parameter)['name']);
          return nameOf(parameter, own, () => putParameter(`parameter ${own} of ${subject}`, parameter));
        }),
        responses: Object.entries(object(responses)).map(
          ([status, response]) =>
            `${status} ${nameOf(response, 'its own', () => putResponse(`response ${status} of ${subject}`, response))}`,
        ),
        security: security === undefined ? undefined : list(security).map(securityOf),
      });
    }
  }
  for (const [name, parameter] of Object.entries(object(kinds['parameters'])))
    putParameter(`parameter ${name}`, parameter);
  for (const [name, response] of Object.entries(object(kinds['responses'])))
    putResponse(`response ${name}`, response);
  for (const [name, schema] of Object.entries(object(kinds['schemas']))) putSchema(name, schema);
  return found;
}

/** `{ type: array, items: { $ref: …/Item } }` becomes `array of Item`; other keywords are written out. */
function brief(schema: unknown): string {
  const { $ref, type, items, ...others } = meaning(schema);
  const suffix = items === undefined ? '' : ` of ${brief(items)}`;
  // A type that is no string, such as an unquoted null in the YAML, must not pass for its own name.
  return $ref === undefined && typeof type === 'string'
    ? type + suffix + besides(others)
    : schemaName($ref) + suffix + besides({ type, ...others });
}

/** By media type what a body is: `{ 'application/json': 'TrainingModel' }`. */
function contentOf(content: unknown): Record<string, string> {
  const types = Object.entries(object(content)).map(([type, media]) => {
    const { schema, ...others } = meaning(media);
    return [type, brief(schema) + besides(others)];
  });
  return Object.fromEntries(types);
}

function besides(others: unknown): string {
  const text = JSON.stringify(others ?? {});
  return text === '{}' || text === '[]' ? '' : ` with ${text}`;
}

function schemaName($ref: unknown): string {
  return String($ref).replace('#/components/schemas/', '');
}

function follow(node: unknown, document: unknown): unknown {
  const { $ref, ...siblings } = object(node);
  if ($ref === undefined) return node;
  const target = String($ref)
    .split('/')
    .slice(1)
    .reduce<unknown>((parent, key) => object(parent)[key], document);
  return { ...object(target ?? { unresolved: $ref }), ...siblings };
}

function meaning(node: unknown): Node {
  return Object.fromEntries(Object.entries(object(node)).filter(([key]) => !prose.includes(key)));
}

function object(node: unknown): Node {
  return typeof node === 'object' && node !== null ? (node as Node) : {};
}

function list(node: unknown): unknown[] {
  return Array.isArray(node) ? node : [];
}

function plain(value: unknown): Value {
  if (Array.isArray(value)) return value.map((member) => plain(member) as Scalar);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Scalar);
}
