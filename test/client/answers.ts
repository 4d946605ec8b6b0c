/** Arbitraries of what a server may do to a client, and a `fetch` that does it. */
import fc from 'fast-check';
import { catalogs, envelopes, statuses } from './judge.ts';

/** What comes back, or how nothing does. */
export interface Act {
  /** A whole answer; one that is cut, or stops; a failure to connect; silence; an abort by the caller. */
  kind: 'answer' | 'break' | 'stall' | 'reject' | 'hang' | 'abort';
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** Larger than this is too large. */
export const sizeLimit = 4096;

type Holder = Record<string, unknown>;

/** Every object in a value with each of its keys. */
function members(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(value).flatMap((key) => [[holder, key], ...members(holder[key])] as [Holder, string][]);
}

/** Numbers that JSON can spell and JavaScript can't hold; put into the text after `JSON.stringify`. */
const spelled = ['1e400', '-1e400', '9007199254740993', '1.0', '1e0', '-0'];
const unspell = (json: string) => json.replace(/"spelled:([^"]+)"/g, '$1');

const edge = fc.oneof(
  fc.constantFrom(...spelled).map((text) => `spelled:${text}`),
  fc.constantFrom<unknown>(0, -1, 0.05, 1.5, 20, '', 'new', '20', null, true, [], {}, [{}]),
  fc.constantFrom<unknown>(400, 418, [{ loc: ['body', 0], msg: '', type: '' }]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A body with one value in it replaced, taken away, added, or grown beyond the contract's lists. */
const changed = (bodies: fc.Arbitrary<object>) =>
  fc
    .tuple(
      bodies,
      fc.nat(10_000),
      fc.constantFrom('replace', 'replace', 'delete', 'add', 'grow', 'none'),
      edge,
    )
    .map(([body, at, how, value]) => {
      const copy = structuredClone(body);
      const all = members(copy);
      const texts = all.filter(([holder, key]) => typeof holder[key] === 'string');
      const from = how === 'grow' && texts.length > 0 ? texts : all;
      const [holder, key] = from[at % from.length] ?? [{}, ''];
      if (how === 'delete') delete holder[key];
      if (how === 'add' && !Array.isArray(holder)) holder[`x_${key}`] = value;
      if (how === 'grow') holder[key] = `${holder[key]}-new`;
      if (how === 'replace') holder[key] = value;
      return copy;
    });

/** Short catalogs, so that a change often hits something else than one more model. */
const catalog = fc
  .tuple(fc.constantFrom(...catalogs), fc.constantFrom(0, 0, 3), fc.boolean())
  .map(([{ limit, models }, more, bare]): object => {
    const some = (models as unknown[]).slice(0, 2);
    return { limit, total: bare ? more : some.length + more, ...(!bare && { models: some }) };
  });

const utf8 = new TextEncoder();
const json = (bodies: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.constantFrom('', '', '\uFEFF'), bodies)
    .map(([mark, body]) => utf8.encode(mark + unspell(JSON.stringify(body))));
const catalogBody = json(changed(catalog));
const envelopeBody = json(changed(fc.constantFrom<object>(...envelopes)));
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  json(fc.jsonValue({ maxDepth: 3 })),
  fc.constantFrom('', '<html>login</html>', '{"limit":20,"mod', 'null').map((body) => utf8.encode(body)),
  fc.constant(new Uint8Array(sizeLimit + 1).fill(32)),
);

/** Anything that a `Response` with a body can be made with. */
const anyStatus = fc
  .oneof(
    fc.constantFrom(...statuses, 200, 200, 201, 206, 301, 307, 408, 418, 503, 599),
    fc.integer({ min: 200, max: 599 }),
  )
  .filter((status) => ![204, 205, 304].includes(status));

const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const headers = fc.uniqueArray(
  fc.tuple(fc.constantFrom('content-type', 'location', 'x-request-id', 'set-cookie'), headerValue),
  { maxLength: 4, selector: ([name]) => name },
);

const kind = (
  weight: number,
  kinds: Act['kind'][],
  status: fc.Arbitrary<number>,
  body: fc.Arbitrary<Uint8Array>,
) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constantFrom(...kinds), status, headers, body }),
});
export const act: fc.Arbitrary<Act> = fc.oneof(
  kind(30, ['answer'], fc.constant(200), catalogBody),
  kind(20, ['answer'], anyStatus, envelopeBody),
  kind(10, ['answer'], anyStatus, anyBody),
  kind(10, ['break', 'stall', 'reject', 'hang', 'abort'], anyStatus, envelopeBody),
);

/** Performs one act for each call. */
export function perform(acts: readonly Act[], abort: () => void) {
  return async (_url: string, _init: object, call: number): Promise<Response> => {
    const { kind, status, headers, body } = acts[call - 1] as Act;
    if (kind === 'reject') throw new TypeError('fetch failed', { cause: new Error('reset') });
    if (kind === 'abort') abort();
    if (kind === 'abort' || kind === 'hang') return new Promise(() => {});
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(body.slice(at, at + 100));
        at += 100;
        if (at < body.length) return undefined;
        if (kind === 'break') controller.error(new TypeError('terminated'));
        if (kind === 'answer') controller.close();
        return kind === 'stall' ? new Promise(() => {}) : undefined;
      },
    });
    return new Response(stream, { status, headers });
  };
}
