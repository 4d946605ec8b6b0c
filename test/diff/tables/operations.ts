/** Edits around schemas: of operations, parameters, bodies, responses, headers, access. */
import type { Rating } from './contract.ts';
import { type Any, api, asking } from './small.ts';

const string = { type: 'string' };
const path = (name: string, more: Any = {}) =>
  api(
    { parameters: [{ name, in: 'path', required: true, schema: string, ...more }] },
    { path: `/things/{${name}}` },
  );
const content = (type: string, schema: Any = string) => ({ content: { [type]: { schema } } });
const body = (requestBody?: Any) => api(requestBody ? { requestBody } : {}, { method: 'post' });
const answers = (...statuses: (number | string)[]) =>
  api({ responses: Object.fromEntries(statuses.map((status) => [status, { description: 'An answer.' }])) });
const headers = (all: Any) => api({ responses: { 200: { description: 'Here.', headers: all } } });
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
const served = (...urls: string[]) => api({}, { servers: urls.map((url) => ({ url })) });
const two = (first: Any, second: Any) => ({ ...first, paths: { ...first.paths, ...second.paths } });
const other = api({ operationId: 'others' }, { path: '/others' });
const hook = (name: string, schema: Any) => ({
  [name]: {
    post: { requestBody: content('application/json', schema), responses: { 200: { description: 'Heard.' } } },
  },
});
const called = (schema: Any) =>
  api({
    callbacks: {
      done: {
        '{$request.query.url}': { post: { requestBody: content('application/json', schema), responses: {} } },
      },
    },
  });

export const operationEdits: [rating: Rating, name: string, before: Any, after: Any][] = [
  ['minor', 'a path is added', api({}), two(api({}), other)],
  ['major', 'a path of two is removed', two(api({}), other), api({})],
  [
    'minor',
    'a method is added',
    api({}),
    { ...api({}), paths: { '/things': { ...api({}).paths['/things'], ...body().paths['/things'] } } },
  ],
  ['major', 'a parameter of the path has another name', path('id'), path('thing_id')],
  [
    undefined,
    'a parameter of the path is marked as required, which it is',
    path('id', { required: undefined }),
    path('id'),
  ],
  [
    'major',
    'a list is written in another way',
    asking({ schema: { type: 'array' } }),
    asking({ schema: { type: 'array' }, explode: false }),
  ],
  [
    undefined,
    'of a single value it makes no difference',
    asking({ schema: string }),
    asking({ schema: string, explode: false }),
  ],
  [
    'major',
    'a parameter is written as JSON',
    asking({ schema: string }),
    asking(content('application/json')),
  ],
  [
    'minor',
    'a value sent as JSON may be longer',
    asking(content('application/json', { ...string, maxLength: 3 })),
    asking(content('application/json', { ...string, maxLength: 4 })),
  ],
  [
    'minor',
    'a header may be sent',
    api({}),
    asking({ name: 'X-Organization', in: 'header', schema: string }),
  ],
  [
    undefined,
    'names of headers have no case',
    asking({ name: 'X-Organization', in: 'header', schema: string }),
    asking({ name: 'x-organization', in: 'header', schema: string }),
  ],
  [
    undefined,
    'a header that OpenAPI ignores is written down',
    api({}),
    asking({ name: 'Authorization', in: 'header', schema: string }),
  ],
  ['minor', 'a cookie may be sent', api({}), asking({ in: 'cookie', schema: string })],
  [
    undefined,
    'null is the default of what is left out',
    asking({ schema: { type: ['string', 'null'] } }),
    asking({ schema: { type: ['string', 'null'], default: null } }),
  ],
  [
    'major',
    'a parameter that could be left out or null is asked for',
    asking({ schema: { type: ['string', 'null'] } }),
    asking({ required: true, schema: string }),
  ],

  ['minor', 'a body may be sent', body(), body(content('application/json'))],
  ['major', 'a body has to be sent', body(), body({ required: true, ...content('application/json') })],
  [
    'major',
    'a body became required',
    body(content('application/json')),
    body({ required: true, ...content('application/json') }),
  ],
  [
    'minor',
    'a body is no longer required',
    body({ required: true, ...content('application/json') }),
    body(content('application/json')),
  ],
  ['major', 'no body is taken any more', body(content('application/json')), body()],
  [
    'minor',
    'a second media type is taken',
    body(content('application/json')),
    body({ content: { ...content('application/json').content, ...content('text/csv').content } }),
  ],
  ['major', 'another media type is taken', body(content('application/json')), body(content('text/csv'))],
  [
    undefined,
    'a charset is spelled out',
    body(content('application/json')),
    body(content('application/json; charset=utf-8')),
  ],
  [
    'major',
    'a part of a form is written in another way',
    body({
      content: { 'multipart/form-data': { schema: string, encoding: { a: { contentType: 'text/plain' } } } },
    }),
    body({
      content: { 'multipart/form-data': { schema: string, encoding: { a: { contentType: 'text/html' } } } },
    }),
  ],

  ['minor', 'an error is added', answers(200), answers(200, 503)],
  ['minor', 'an error is removed', answers(200, 503), answers(200)],
  ['minor', 'any other error is told', answers(200), answers(200, 'default')],
  ['major', 'a success is removed', answers(200, 201), answers(201)],
  ['minor', 'a second success is added', answers(200), answers(200, 201)],
  [undefined, 'a range is spelled otherwise', answers(200, '4xx'), answers(200, '4XX')],
  ['minor', 'a header comes back', headers({}), headers({ 'Retry-After': { schema: string } })],
  ['major', 'a header comes back no more', headers({ 'Retry-After': { schema: string } }), headers({})],
  [
    'minor',
    'a header always comes',
    headers({ 'Retry-After': { schema: string } }),
    headers({ 'retry-after': { required: true, schema: string } }),
  ],
  [
    'major',
    'a header may be missing',
    headers({ 'Retry-After': { required: true, schema: string } }),
    headers({ 'Retry-After': { schema: string } }),
  ],
  [
    'major',
    'a header has another type',
    headers({ 'Retry-After': { schema: string } }),
    headers({ 'Retry-After': { schema: { type: 'integer' } } }),
  ],

  ['minor', 'nobody is asked for a key any more', access({ key: [] }), access()],
  ['major', 'a key is asked for', access(), access({ key: [] })],
  ['minor', 'a second way in', access({ key: [] }), access({ key: [] }, { token: [] })],
  ['major', 'one way in of two is closed', access({ key: [] }, { token: [] }), access({ token: [] })],
  ['major', 'a second key is asked for with the first', access({ key: [] }), access({ key: [], token: [] })],
  ['minor', 'a key may be given', access(), access({}, { key: [] })],
  ['major', 'a scope is asked for', access({ oauth: ['read'] }), access({ oauth: ['read', 'write'] })],
  [
    undefined,
    'ways in change places',
    access({ key: [] }, { token: [] }),
    access({ token: [] }, { key: [] }),
  ],
  [
    undefined,
    'access is said for the whole API',
    access({ key: [] }),
    api({}, { ...schemes, security: [{ key: [] }] }),
  ],

  ['minor', 'a second server', served('https://a.example'), served('https://a.example', 'https://b.example')],
  [
    'major',
    'another server comes first',
    served('https://a.example', 'https://b.example'),
    served('https://b.example', 'https://a.example'),
  ],
  [
    'major',
    'the second server is gone',
    served('https://a.example', 'https://b.example'),
    served('https://a.example'),
  ],
  [undefined, 'a slash at the end', served('https://a.example'), served('https://a.example/')],

  ['minor', 'a webhook is added', api({}), api({}, { webhooks: hook('done', string) })],
  ['major', 'a webhook is removed', api({}, { webhooks: hook('done', string) }), api({})],
  [
    'major',
    'a webhook sends null, too',
    api({}, { webhooks: hook('done', string) }),
    api({}, { webhooks: hook('done', { type: ['string', 'null'] }) }),
  ],

  // The API calls there: what it sends comes to callers.
  [
    'minor',
    'a callback sends more',
    called({ type: 'object' }),
    called({ type: 'object', properties: { a: string } }),
  ],
  ['major', 'a callback sends another type', called(string), called({ type: 'integer' })],
  ['major', 'a callback sends null, too', called(string), called({ type: ['string', 'null'] })],
];
