/** Edits around schemas: of operations, parameters, bodies, responses, headers, access. */
import {
  type Any,
  api,
  array,
  callbackOfHook,
  content,
  integer,
  nullable,
  object,
  type Rating,
  ref,
  taking,
  text,
} from './small.ts';

const q = (more: Any = {}) => ({ parameters: [{ name: 'q', in: 'query', schema: text(), ...more }] });
const list = (more: Any = {}) => q({ schema: array(), ...more });
const json = content(text());
const csv = content(text(), 'text/csv');
const body = (more: Any = json) => ({ requestBody: more });
const form = (encoding?: Any) =>
  body({
    content: { 'multipart/form-data': { schema: object({ a: text() }), ...(encoding && { encoding }) } },
  });
const png = { a: { contentType: 'image/png' } };
const answers = (...statuses: (number | string)[]) => ({
  responses: Object.fromEntries(statuses.map((status) => [status, { description: 'An answer.', ...json }])),
});
const headers = (all: Any) => ({ responses: { 200: { description: 'Here.', headers: all } } });
const wait = (more: Any = {}) => headers({ 'Retry-After': { schema: text(), ...more } });

/** Edits of an operation that callers call, and of one that the API calls in a webhook or in a callback. */
export const operationEdits: [called: Rating, calling: Rating, name: string, before: Any, after: Any][] = [
  ['minor', 'minor', 'a parameter is added', {}, q()],
  ['major', 'minor', 'a required parameter is added', {}, q({ required: true })],
  ['major', 'major', 'a parameter is removed', q(), {}],
  ['major', 'major', 'a parameter has another name', q(), q({ name: 'query' })],
  ['major', 'major', 'a parameter moves to a header', q(), q({ in: 'header' })],
  ['major', 'minor', 'a parameter becomes required', q(), q({ required: true })],
  ['minor', 'major', 'a parameter becomes optional', q({ required: true }), q()],
  ['minor', 'minor', 'a parameter is deprecated', q(), q({ deprecated: true })],
  ['minor', 'minor', 'a schema is deprecated', q(), q({ schema: text({ deprecated: true }) })],
  ['patch', 'patch', 'a deprecation is taken back', q({ deprecated: true }), q()],
  ['major', 'major', 'a list is serialized in another way', list(), list({ explode: false })],
  [undefined, undefined, 'explode is set for a single value', q(), q({ explode: false })],
  ['major', 'major', 'a list is joined by bars', list(), list({ style: 'pipeDelimited' })],
  ['major', 'major', 'a parameter is serialized as JSON', q(), q({ schema: undefined, ...json })],
  ['major', 'minor', 'a default is set', q(), q({ schema: text({ default: 'a' }) })],
  [
    undefined,
    'minor',
    'null is the default of what is left out',
    q({ schema: nullable(text()) }),
    q({ schema: nullable(text({ default: null })) }),
  ],
  [
    'major',
    'minor',
    'a parameter with a percent sign in its name is limited',
    q({ name: '%41' }),
    q({ name: '%41', schema: text({ maxLength: 3 }) }),
  ],
  [
    undefined,
    undefined,
    'names of headers have no case',
    q({ in: 'header', name: 'X-A' }),
    q({ in: 'header', name: 'x-a' }),
  ],
  [
    undefined,
    undefined,
    'a header that OpenAPI ignores is written down',
    {},
    q({ in: 'header', name: 'Authorization' }),
  ],
  ['minor', 'minor', 'a cookie may be sent', {}, q({ in: 'cookie' })],

  ['minor', 'minor', 'a body may be sent', {}, body()],
  ['major', 'minor', 'a body has to be sent', {}, body({ required: true, ...json })],
  ['major', 'minor', 'a body becomes required', body(), body({ required: true, ...json })],
  ['minor', 'major', 'a body becomes optional', body({ required: true, ...json }), body()],
  ['major', 'major', 'no body is sent any more', body(), {}],
  ['minor', 'minor', 'a media type is added', body(), body({ content: { ...json.content, ...csv.content } })],
  ['major', 'major', 'a body has another media type', body(), body(csv)],
  [
    undefined,
    undefined,
    'a charset is spelled out',
    body(),
    body(content(text(), 'Application/JSON; charset=utf-8')),
  ],
  [
    'major',
    'major',
    'a part of a form has another encoding',
    form(png),
    form({ a: { contentType: 'image/gif' } }),
  ],
  ['major', 'major', 'a part of a form gets an encoding', form(), form(png)],
  ['major', 'major', 'a part of a form has no encoding any more', form(png), form()],

  ['minor', 'minor', 'an error is added', answers(200), answers(200, 503)],
  ['minor', 'major', 'an error is removed', answers(200, 503), answers(200)],
  ['minor', 'major', 'an error has another status', answers(200, 404), answers(200, 403)],
  ['minor', 'minor', 'a default response is added', answers(200), answers(200, 'default')],
  ['major', 'major', 'a success is removed', answers(200, 201), answers(201)],
  ['major', 'major', 'a success has another status', answers(200), answers(201)],
  ['minor', 'minor', 'a second success is added', answers(200), answers(200, 201)],
  [undefined, undefined, 'the status 4xx becomes 4XX', answers(200, '4xx'), answers(200, '4XX')],
  ['minor', 'minor', 'a response header is added', headers({}), wait()],
  ['minor', 'major', 'a required response header is added', headers({}), wait({ required: true })],
  ['major', 'major', 'a response header is removed', wait(), headers({})],
  [
    'minor',
    'major',
    'a response header becomes required',
    wait(),
    headers({ 'retry-after': { required: true, schema: text() } }),
  ],
  ['major', 'minor', 'a response header becomes optional', wait({ required: true }), wait()],
  ['major', 'major', 'a response header has another type', wait(), wait({ schema: integer() })],

  ['minor', 'minor', 'an operation is deprecated', {}, { deprecated: true }],
  ['major', 'major', 'an operation has another id', { operationId: 'a' }, { operationId: 'b' }],
  ['patch', 'patch', 'an operation is described', {}, { summary: 'A.', description: 'B.', tags: ['c'] }],
  [
    'patch',
    'patch',
    'an example changes',
    q({ examples: { a: { value: 1 } } }),
    q({ examples: { a: { value: 2 } } }),
  ],
];

const schemes = {
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      sameKey: { type: 'apiKey', in: 'header', name: 'X-Key', description: 'The key.' },
      token: { type: 'http', scheme: 'bearer' },
      oauth: {
        type: 'oauth2',
        flows: { password: { tokenUrl: '/token', scopes: { read: 'R', write: 'W' } } },
      },
    },
  },
};
const access = (...security: Any[]) => api({ security }, schemes);
const key = { key: [] };
const token = { token: [] };

const [a, b] = ['https://catalog.example/api/v1', 'http://127.0.0.1:4010'] as const;
const served = (...urls: string[]) => api({}, { servers: urls.map((url) => ({ url })) });
const path = (name: string, more: Any = {}) =>
  api(
    { parameters: [{ name, in: 'path', required: true, schema: text(), ...more }] },
    { path: `/things/{${name}}` },
  );
const paths = (...documents: Any[]) => ({
  ...documents[0],
  paths: Object.assign({}, ...documents.map((document) => document.paths)),
});
const others = api({ operationId: 'others' }, { path: '/others' });
const called = (expression: string) =>
  api({ callbacks: { done: { [expression]: { post: { responses: {} } } } } });
const seen = (schema: Any) => taking(schema, { Text: text(), Number: integer() }, callbackOfHook);
const accessed = (location: string) =>
  callbackOfHook(
    { security: [{ key: [] }] },
    { components: { securitySchemes: { key: { type: 'apiKey', in: location, name: 'X-Key' } } } },
  );
const hooks = (...names: string[]) =>
  api({}, { webhooks: Object.fromEntries(names.map((name) => [name, { post: { responses: {} } }])) });

/** Edits of other parts of a document. */
export const documentEdits: [rating: Rating, name: string, before: Any, after: Any][] = [
  ['minor', 'a path is added', api({}), paths(api({}), others)],
  ['major', 'a path of two is removed', paths(api({}), others), api({})],
  ['major', 'a path has another name', api({}), api({}, { path: '/thing' })],
  ['major', 'a method is another one', api({}), api({}, { method: 'put' })],
  ['major', 'a parameter of the path has another name', path('id'), path('thing_id')],
  [
    'major',
    'a parameter of the path has another name and has to be shorter',
    path('id'),
    path('thing_id', { schema: text({ maxLength: 3 }) }),
  ],
  [undefined, 'a path parameter is marked as required', path('id', { required: undefined }), path('id')],

  ['minor', 'nobody is asked for a key any more', access(key), access()],
  ['major', 'a key is asked for', access(), access(key)],
  ['minor', 'a second security requirement is added', access(key), access(key, token)],
  ['major', 'one security requirement of two is removed', access(key, token), access(token)],
  ['major', 'a second key is asked for with the first', access(key), access({ ...key, ...token })],
  ['minor', 'a key may be given', access(), access({}, key)],
  ['major', 'a key has to be given', access({}, key), access(key)],
  ['major', 'a scope is asked for', access({ oauth: ['read'] }), access({ oauth: ['read', 'write'] })],
  [undefined, 'security requirements change their order', access(key, token), access(token, key)],
  [undefined, 'a scheme has another name', access(key), access({ sameKey: [] })],
  [undefined, 'security is stated for the whole API', access(key), api({}, { ...schemes, security: [key] })],

  ['minor', 'a second server is added', served(a), served(a, b)],
  ['major', 'the server is another one', served(a), served(b)],
  ['major', 'another server comes first', served(a, b), served(b, a)],
  ['major', 'the second server is gone', served(a, b), served(a)],
  [undefined, 'the server gets a slash at the end', served(a), served(`${a}/`)],

  ['minor', 'a webhook is added', hooks('made'), hooks('made', 'gone')],
  ['major', 'a webhook is removed', hooks('made', 'gone'), hooks('made')],
  ['minor', 'a callback is added', api({}), called('{$request.query.url}')],
  ['major', 'a callback is removed', called('{$request.query.url}'), api({})],
  ['major', 'a callback of a webhook takes another schema', seen(ref('Text')), seen(ref('Number'))],
  [undefined, 'the schema that a callback of a webhook takes is inlined', seen(ref('Text')), seen(text())],
  [
    'major',
    'a callback of a webhook asks for the same key in another location',
    accessed('header'),
    accessed('query'),
  ],
  ['major', 'a callback goes to another URL', called('{$request.query.url}'), called('{$request.query.uri}')],
];
