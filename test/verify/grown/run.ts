/** Runs in a copy of the sources that was generated from another contract: verifies its reference server, sound and broken. */
import { createCatalogHandler } from '../../../src/server/index.ts';
import { verifyServer } from '../../../src/verify/index.ts';

type Handler = (request: Request) => Promise<Response>;

const good: Handler = createCatalogHandler();

/** The good server is asked something else than was asked. */
const misread =
  (edit: (url: URL, headers: Headers) => void): Handler =>
  (request) => {
    const url = new URL(request.url);
    const headers = new Headers(request.headers);
    edit(url, headers);
    return good(new Request(url, { method: request.method, headers }));
  };

const forget = (name: string, value: string) =>
  misread((url) => {
    const kept = url.searchParams.getAll(name).filter((each) => each !== value);
    url.searchParams.delete(name);
    for (const each of kept) url.searchParams.append(name, each);
  });

const isModel = (url: string) => /catalog\/[^/]+$/.test(new URL(url).pathname);

const broken: Record<string, Handler> = {
  'a boolean is anything': forget('grown_ready', 'maybe'),
  'a list has any values': forget('grown_tiers', 'no-such-value'),
  'a value beside the list is taken': forget('grown_sort', 'no-such-value'),
  'a header is not bounded': misread((_url, headers) => {
    if (headers.get('x-depth') === '0') headers.delete('x-depth');
  }),
  'a required header may be left out': misread((_url, headers) => {
    if (!headers.has('x-team')) headers.set('x-team', 'abc');
  }),
  'a path is not checked': misread((url) => {
    if (url.pathname.endsWith('/aa')) url.pathname = url.pathname.replace(/aa$/, 'aaa');
  }),
  'the second operation needs no key': misread((url, headers) => {
    if (isModel(url.href) && !headers.has('authorization')) headers.set('authorization', 'Bearer any');
  }),
  'the second operation has another schema': async (request) => {
    const response = await good(request);
    if (!isModel(request.url) || response.status !== 200) return response;
    return Response.json({ ...((await response.json()) as object), size_b: 'large' });
  },
  'the table is JSON': async (request) => {
    const response = await good(request);
    return request.url.endsWith('/table') && response.status === 200 ? Response.json([]) : response;
  },
};

async function run(handler: Handler, unsafe = false) {
  const methods = new Set<string>();
  const paths = new Set<string>();
  const report = await verifyServer('http://catalog.test', {
    unsafe,
    fetch: (url, init) => {
      methods.add(init.method);
      paths.add(new URL(url).pathname);
      return handler(new Request(url, init)) as never;
    },
  });
  return { report, methods: [...methods], paths: [...paths] };
}

const failed: Record<string, string[]> = {};
for (const [name, handler] of Object.entries(broken)) {
  const { report } = await run(handler);
  failed[name] = report.checks.filter((check) => check.status === 'failed').map(({ id }) => id);
}
console.log(JSON.stringify({ sound: await run(good), unsafe: await run(good, true), failed }));
