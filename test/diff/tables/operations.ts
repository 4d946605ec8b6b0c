/** Edits around schemas: of operations, parameters, bodies, responses, headers, access. */
import type { Rating } from './contract.ts';
import { type Any, api, asking, content, integer, object, text } from './small.ts';

const path = (name: string, more: Any = {}) =>
  api(
    { parameters: [{ name, in: 'path', required: true, schema: text(), ...more }] },
    { path: `/things/{${name}}` },
  );
const organization = (name: string) => asking({ name, in: 'header', schema: text() });
const textOrNull = { type: ['string', 'null'] };

const body = (requestBody?: Any) => api(requestBody ? { requestBody } : {}, { method: 'post' });
const json = content(text());
const csv = content(text(), 'text/csv');
const form = (contentType: string) =>
  body({ content: { 'multipart/form-data': { schema: text(), encoding: { a: { contentType } } } } });

const answers = (...statuses: (number | string)[]) =>
  api({ responses: Object.fromEntries(statuses.map((status) => [status, { description: 'An answer.' }])) });
const headers = (all: Any) => api({ responses: { 200: { description: 'Here.', headers: all } } });
const retryAfter = (more: Any = {}) => headers({ 'Retry-After': { schema: text(), ...more } });

const schemes = {
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
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

const [a, b] = ['https://a.example', 'https://b.example'] as const;
const served = (...urls: string[]) => api({}, { servers: urls.map((url) => ({ url })) });
const two = (first: Any, second: Any) => ({ ...first, paths: { ...first.paths, ...second.paths } });
const other = api({ operationId: 'others' }, { path: '/others' });
const twoMethods = {
  ...api({}),
  paths: { '/things': { ...api({}).paths['/things'], ...body().paths['/things'] } },
};

const hook = (schema: Any) =>
  api(
    {},
    {
      webhooks: {
        done: { post: { requestBody: content(schema), responses: { 200: { description: 'Heard.' } } } },
      },
    },
  );
const called = (schema: Any) =>
  api({
    callbacks: {
      done: { '{$request.query.url}': { post: { requestBody: content(schema), responses: {} } } },
    },
  });

export const operationEdits: [rating: Rating, name: string, before: Any, after: Any][] = [
  ['minor', 'a path is added', api({}), two(api({}), other)],
  ['major', 'a path of two is removed', two(api({}), other), api({})],
  ['minor', 'a method is added', api({}), twoMethods],
  ['major', 'a parameter of the path has another name', path('id'), path('thing_id')],
  [undefined, 'a path parameter is marked as required', path('id', { required: undefined }), path('id')],
  [
    'major',
    'a list is written in another way',
    asking({ schema: { type: 'array' } }),
    asking({ schema: { type: 'array' }, explode: false }),
  ],
  [
    undefined,
    'of a single value it makes no difference',
    asking({ schema: text() }),
    asking({ schema: text(), explode: false }),
  ],
  ['major', 'a parameter is written as JSON', asking({ schema: text() }), asking(json)],
  [
    'minor',
    'a value sent as JSON may be longer',
    asking(content(text({ maxLength: 3 }))),
    asking(content(text({ maxLength: 4 }))),
  ],
  ['minor', 'a header may be sent', api({}), organization('X-Organization')],
  [
    undefined,
    'names of headers have no case',
    organization('X-Organization'),
    organization('x-organization'),
  ],
  [undefined, 'a header that OpenAPI ignores is written down', api({}), organization('Authorization')],
  ['minor', 'a cookie may be sent', api({}), asking({ in: 'cookie', schema: text() })],
  [
    undefined,
    'null is the default of what is left out',
    asking({ schema: textOrNull }),
    asking({ schema: { ...textOrNull, default: null } }),
  ],
  [
    'major',
    'a parameter that could be left out or null is asked for',
    asking({ schema: textOrNull }),
    asking({ required: true, schema: text() }),
  ],

  ['minor', 'a body may be sent', body(), body(json)],
  ['major', 'a body has to be sent', body(), body({ required: true, ...json })],
  ['major', 'a body became required', body(json), body({ required: true, ...json })],
  ['minor', 'a body is no longer required', body({ required: true, ...json }), body(json)],
  ['major', 'no body is taken any more', body(json), body()],
  [
    'minor',
    'a second media type is taken',
    body(json),
    body({ content: { ...json.content, ...csv.content } }),
  ],
  ['major', 'another media type is taken', body(json), body(csv)],
  [
    undefined,
    'a charset is spelled out',
    body(json),
    body(content(text(), 'application/json; charset=utf-8')),
  ],
  ['major', 'a part of a form is written in another way', form('text/plain'), form('text/html')],

  ['minor', 'an error is added', answers(200), answers(200, 503)],
  ['minor', 'an error is removed', answers(200, 503), answers(200)],
  ['minor', 'any other error is told', answers(200), answers(200, 'default')],
  ['major', 'a success is removed', answers(200, 201), answers(201)],
  ['minor', 'a second success is added', answers(200), answers(200, 201)],
  [undefined, 'a range is spelled otherwise', answers(200, '4xx'), answers(200, '4XX')],
  ['minor', 'a header comes back', headers({}), retryAfter()],
  ['major', 'a header comes back no more', retryAfter(), headers({})],
  [
    'minor',
    'a header always comes',
    retryAfter(),
    headers({ 'retry-after': { required: true, schema: text() } }),
  ],
  ['major', 'a header may be missing', retryAfter({ required: true }), retryAfter()],
  ['major', 'a header has another type', retryAfter(), retryAfter({ schema: integer() })],

  ['minor', 'nobody is asked for a key any more', access(key), access()],
  ['major', 'a key is asked for', access(), access(key)],
  ['minor', 'a second way in', access(key), access(key, token)],
  ['major', 'one way in of two is closed', access(key, token), access(token)],
  ['major', 'a second key is asked for with the first', access(key), access({ ...key, ...token })],
  ['minor', 'a key may be given', access(), access({}, key)],
  ['major', 'a scope is asked for', access({ oauth: ['read'] }), access({ oauth: ['read', 'write'] })],
  [undefined, 'ways in change places', access(key, token), access(token, key)],
  [undefined, 'access is said for the whole API', access(key), api({}, { ...schemes, security: [key] })],

  ['minor', 'a second server', served(a), served(a, b)],
  ['major', 'another server comes first', served(a, b), served(b, a)],
  ['major', 'the second server is gone', served(a, b), served(a)],
  [undefined, 'a slash at the end', served(a), served(`${a}/`)],

  ['minor', 'a webhook is added', api({}), hook(text())],
  ['major', 'a webhook is removed', hook(text()), api({})],
  ['major', 'a webhook sends null, too', hook(text()), hook(textOrNull)],

  // The API calls there: what it sends comes to callers.
  ['minor', 'a callback sends more', called({ type: 'object' }), called(object({ a: text() }))],
  ['major', 'a callback sends another type', called(text()), called(integer())],
  ['major', 'a callback sends null, too', called(text()), called(textOrNull)],
];
