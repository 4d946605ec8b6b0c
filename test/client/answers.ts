/** Arbitraries of what a server may do to a client, and a `fetch` that does it. */
import fc from 'fast-check';
import { catalogs, envelopes, statuses } from './judge.ts';

/** What comes back, or how nothing does. */
export type Act =
  | { kind: 'answer'; status: number; headers: [string, string][]; body: Uint8Array; chunk: number }
  | { kind: 'break' | 'stall'; status: number; headers: [string, string][]; body: Uint8Array; chunk: number }
  | { kind: 'opaque' }
  | { kind: 'reject'; error: unknown }
  | { kind: 'hang' }
  | { kind: 'abort' }
  | { kind: 'not a response'; value: unknown };

/** Short catalogs, so that a change often hits something else than one more model. */
const catalog = fc.oneof(
  fc
    .tuple(fc.constantFrom(...catalogs), fc.constantFrom(0, 0, 3))
    .map(([{ limit, models }, more]) => ({ limit, ...firstTwo(models as unknown[], more) })),
  fc.constantFrom<object>({ limit: 20, total: 0 }, { limit: 1, total: 3 }),
);
function firstTwo(models: unknown[], more: number): object {
  const some = models.slice(0, 2);
  return { total: some.length + more, models: some };
}
const envelope = fc.constantFrom(...envelopes);

/** Numbers that JSON can spell and JavaScript can't hold; put into the text after `JSON.stringify`. */
const spelled = ['1e400', '-1e400', '9007199254740993', '1.0', '1e0', '-0'];
const unspell = (json: string) => json.replace(/"spelled:([^"]+)"/g, '$1');

const edge = fc.oneof(
  fc.constantFrom(...spelled).map((text) => `spelled:${text}`),
  fc.constantFrom<unknown>(0, -1, 0.05, 0.1, 1.5, 20, '', 'qwen', 'sft', 'moe', '20', null, true, [], {}, [
    {},
  ]),
  fc.constantFrom<unknown>(400, 418, 500, 'validation_error', [{ loc: ['body', 0], msg: '', type: '' }]),
  fc.jsonValue({ maxDepth: 2 }),
);

type Change = { at: number; how: 'replace' | 'delete' | 'add'; value: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'delete', 'add'),
  value: edge,
});

type Holder = Record<string, unknown>;

/** Every object in a value with each of its keys. */
function places(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): [Holder, string][] => [
    [value as Holder, key],
    ...places(child),
  ]);
}

function changed(body: object, { at, how, value }: Change): object {
  const copy = structuredClone(body);
  const all = places(copy);
  const [holder, key] = all[at % all.length] as [Holder, string];
  if (how === 'delete') delete holder[key];
  else if (how === 'add' && !Array.isArray(holder)) holder[`x_${key}`] = value;
  else holder[key] = value;
  return copy;
}

/** A copy in which one of the values that the contract lists is one that it does not. */
function grown(body: object, at: number, word: string): object {
  const copy = structuredClone(body);
  const lists = places(copy).filter(
    ([holder, key]) =>
      ['family', 'type', 'code'].includes(key) ||
      (Array.isArray(holder) && typeof holder[key as `${number}`] === 'string'),
  );
  const [holder, key] = lists[at % lists.length] ?? [{}, ''];
  holder[key] = key === 'code' ? 418 : `new_${word}`;
  return copy;
}

const json = (value: unknown) => unspell(JSON.stringify(value));
const mark = fc.constantFrom('', '', '\uFEFF');
const utf8 = new TextEncoder();
const text = (bodies: fc.Arbitrary<unknown>) =>
  fc.tuple(mark, bodies).map(([bom, body]) => utf8.encode(bom + json(body)));
const growth = (bodies: fc.Arbitrary<object>) =>
  fc.tuple(bodies, fc.nat(10_000), fc.string({ maxLength: 8 })).map((args) => grown(...args));
const mutation = (bodies: fc.Arbitrary<object>) => fc.tuple(bodies, change).map((args) => changed(...args));

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  text(fc.jsonValue({ maxDepth: 3 })),
  fc.constantFrom('', '<html>login</html>', '{"limit":20,"mod', 'null').map((body) => utf8.encode(body)),
);
const catalogBody = fc.oneof(
  { weight: 4, arbitrary: text(catalog) },
  { weight: 4, arbitrary: text(mutation(catalog)) },
  { weight: 2, arbitrary: text(growth(catalog)) },
);
const envelopeBody = fc.oneof(
  { weight: 1, arbitrary: text(envelope) },
  { weight: 3, arbitrary: text(mutation(envelope)) },
  { weight: 1, arbitrary: text(growth(envelope)) },
);

/** Larger than the limit that the properties set. */
export const sizeLimit = 4096;
const hugeBody = fc
  .integer({ min: sizeLimit + 1, max: 3 * sizeLimit })
  .map((size) => new Uint8Array(size).fill(32));

/** Anything that a `Response` can be made with, 0 and the informational ones aside. */
const anyStatus = fc.oneof(
  fc.constantFrom(...statuses, 200, 200),
  fc.constantFrom(201, 204, 206, 301, 302, 304, 307, 408, 418, 503, 599),
  fc.integer({ min: 200, max: 599 }),
);

const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const retryAfter = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '60',
    '61',
    '99999999999999999999999',
    '-1',
    '1.5',
    'soon',
    '1e3',
    'NaN',
    'Infinity',
  ),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((date) => date.toUTCString()),
  headerValue,
);
const anyHeaders = fc.uniqueArray(
  fc.oneof(
    fc.tuple(fc.constantFrom('content-type', 'location', 'x-request-id', 'set-cookie'), headerValue),
    fc.tuple(
      fc.constant('content-type'),
      fc.constantFrom(
        'application/json',
        'Application/JSON;charset=UTF-8',
        'text/html',
        'application/problem+json',
      ),
    ),
    fc.tuple(fc.constant('retry-after'), retryAfter),
  ),
  // Two of one name would be joined, and two times to wait are none.
  { maxLength: 4, selector: ([name]) => name },
) as fc.Arbitrary<[string, string][]>;

const chunk = fc.integer({ min: 1, max: 300 });
const answer = (status: fc.Arbitrary<number>, body: fc.Arbitrary<Uint8Array>) =>
  fc.record({ kind: fc.constant('answer' as const), status, headers: anyHeaders, body, chunk });

/** Things that a custom `fetch` may throw. */
const thrown = fc.oneof(
  fc.constantFrom<unknown>(
    new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
    new TypeError('Load failed'),
    new DOMException('gone', 'NetworkError'),
    Object.assign(new Error('own cause'), { cause: 'text' }),
    Symbol('thrown'),
    () => {},
    10n,
    Object.create(null),
    undefined,
    null,
    0,
    '',
  ),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
);

export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 30, arbitrary: answer(fc.constant(200), catalogBody) },
  { weight: 20, arbitrary: answer(anyStatus, envelopeBody) },
  { weight: 10, arbitrary: answer(anyStatus, anyBody) },
  { weight: 3, arbitrary: answer(anyStatus, catalogBody) },
  { weight: 4, arbitrary: answer(anyStatus, hugeBody) },
  { weight: 1, arbitrary: fc.constant({ kind: 'opaque' as const }) },
  { weight: 6, arbitrary: thrown.map((error) => ({ kind: 'reject' as const, error })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('break' as const, 'break' as const, 'stall' as const),
      status: anyStatus,
      headers: anyHeaders,
      body: fc.oneof(catalogBody, envelopeBody),
      chunk,
    }),
  },
  { weight: 3, arbitrary: fc.constantFrom<Act>({ kind: 'hang' }, { kind: 'abort' }, { kind: 'abort' }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<unknown>(undefined, null, 0, 'text', {}, { status: '200' })
      .map((value) => ({ kind: 'not a response' as const, value })),
  },
);

const bodiless = [204, 205, 304];

/** The status of an act's answer as a `Response` allows it, and its body if it may have one. */
export function bodyOf(act: Extract<Act, { body: unknown }>): Uint8Array {
  return bodiless.includes(act.status) ? new Uint8Array() : act.body;
}

/** A real `Response`, its body in chunks of the act's size, then cut, left open or closed. */
function respond(act: Extract<Act, { body: unknown }>): Response {
  const { kind, status, headers, body, chunk } = act;
  if (bodiless.includes(status)) return new Response(null, { status, headers });
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < body.length) {
        controller.enqueue(body.slice(at, at + chunk));
        at += chunk;
      } else if (kind === 'break') controller.error(new TypeError('terminated'));
      else if (kind === 'answer') controller.close();
      else return new Promise(() => {});
      return undefined;
    },
  });
  return new Response(stream, { status, headers });
}

/** Performs one act for each call, and the last one again for all that follow. */
export function perform(acts: Act[], abort: () => void) {
  let calls = 0;
  return async (): Promise<Response> => {
    const act = acts[Math.min(calls, acts.length - 1)] as Act;
    calls += 1;
    switch (act.kind) {
      case 'reject':
        throw act.error;
      case 'abort':
        abort();
        return new Promise(() => {});
      case 'hang':
        return new Promise(() => {});
      case 'opaque':
        return Response.error();
      case 'not a response':
        return act.value as Response;
      default:
        return respond(act);
    }
  };
}
