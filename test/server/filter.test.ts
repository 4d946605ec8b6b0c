import { describe, expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { limit, type Model } from '../contract/from-yaml.ts';
import { askCatalog } from './ask.ts';

/** Families and algorithms that the contract does not have: filters know none by name. */
const model = (tinker_id: string, over: { [Name in keyof Model]?: unknown } = {}): Model =>
  ({
    tinker_id,
    display_name: `The ${tinker_id}`,
    family: 'north',
    type: 'dense',
    size_b: 8,
    context_length: 32768,
    supported_algorithms: ['walk'],
    ...over,
  }) as Model;

const models = [
  model('a/One', { display_name: 'Éclair 1+1', size_b: 0.1 }),
  model('b/two', { family: 'south', size_b: 8, supported_algorithms: ['walk', 'run'] }),
  model('a/three', { size_b: 8, supported_algorithms: ['run'] }),
  model('a/four', { size_b: 70.5, supported_algorithms: ['swim'] }),
  model('b/five', { family: 'south', size_b: 8.000001, supported_algorithms: [] }),
];
const handler = createCatalogHandler({ models });
const [one, two, three, four, five] = ['a/One', 'b/two', 'a/three', 'a/four', 'b/five'];
const all = [one, two, three, four, five];

describe('what each parameter selects', () => {
  test.each<[search: string, ids: (string | undefined)[], because: string]>([
    ['', all, 'no filter keeps all, in the order of the catalog'],
    ['?query=four', [four], 'text is looked for in the id'],
    ['?query=clair', [one], 'text is looked for in the display name'],
    ['?query=a%2F', [one, three, four], 'text matches any part of the id'],
    ['?query=ONE', [one], 'case does not count'],
    ['?query=%C3%A9CLAIR', [one], 'case does not count beyond ASCII either'],
    ['?query=%20+%09four%0A', [four], 'white space around the text does not count'],
    ['?query=e%20c', [], 'white space inside the text does'],
    ['?query=1%2B1', [one], 'an encoded plus is a plus'],
    ['?query=1+1', [], 'a bare plus is a space'],
    ['?query=', all, 'empty text is in everything'],
    ['?query=%20', all, 'so is white space'],
    ['?query=one%0A', [one], 'a line break at the end is white space'],
    ['?query=two%0Athe', [], 'text does not run from the id into the display name'],
    ['?query=.*', [], 'text is not a pattern'],
    ['?family=south', [two, five], 'a family is kept'],
    ['?family=South', [], 'a family is matched exactly'],
    ['?family=south%20', [], 'a family is not trimmed'],
    ['?family=west', [], 'a family nobody has gives an empty list'],
    ['?family=', [], 'nobody has the empty family'],
    ['?algorithm=run', [two, three], 'an algorithm is kept'],
    ['?algorithm=sw', [], 'an algorithm is matched exactly'],
    ['?algorithm=', [], 'nobody has the empty algorithm'],
    ['?min_size_b=8', [two, three, four, five], 'the lower bound is inclusive'],
    ['?min_size_b=8.0000005', [four, five], 'the lower bound is not rounded'],
    ['?max_size_b=8', [one, two, three], 'the upper bound is inclusive'],
    ['?max_size_b=0.1', [one], 'the upper bound is inclusive for fractions'],
    ['?min_size_b=0', all, 'zero is a bound like any other'],
    ['?min_size_b=-1e2&max_size_b=7.05E%2B1', all, 'bounds are spelled as JSON spells numbers'],
    ['?max_size_b=0', [], 'zero as the upper bound keeps nothing'],
    ['?min_size_b=9&max_size_b=8', [], 'bounds the wrong way round keep nothing'],
    ['?family=north&algorithm=run&min_size_b=8&max_size_b=8&query=THREE', [three], 'filters combine'],
    ['?family=south&algorithm=swim', [], 'filters combine to nothing'],
    ['?family=north&family=south', [two, five], 'of a repeated parameter the last one counts'],
    ['?min_size_b=small&min_size_b=70', [four], 'an earlier value is not even checked'],
    ['?colour=red&limit[]=0&__proto__=1&LIMIT=0', all, 'unknown parameters are ignored'],
    ['?', all, 'an empty query is none'],
    ['?&&=&=1&query', all, 'stray separators are ignored'],
    ['?fam%69ly=south', [two, five], 'names are decoded'],
  ])('%s', async (search, ids, because) => {
    const { ids: got, total, limit: echoed } = await askCatalog(search, { handler });
    expect({ got, total, echoed }, because).toEqual({ got: ids, total: ids.length, echoed: limit.default });
  });
});

test.each([limit.minimum, 2, 5, limit.maximum])(
  'a limit of %i cuts the list, is echoed, and leaves the total alone',
  async (asked) => {
    const { ids, total, limit: echoed } = await askCatalog(`?limit=${asked}`, { handler });
    expect({ ids, total, echoed }).toEqual({ ids: all.slice(0, asked), total: 5, echoed: asked });
  },
);

test('the limit is the default unless set, and applies after the filters', async () => {
  const length = limit.default + 10;
  const many = Array.from({ length }, (_, n) => model(`m/${n}`, { family: n % 5 ? 'north' : 'south' }));
  const handler = createCatalogHandler({ models: many });
  expect(await askCatalog('', { handler })).toMatchObject({
    limit: limit.default,
    total: length,
    models: { length: limit.default },
  });
  expect(await askCatalog('?family=south&limit=4', { handler })).toMatchObject({
    total: Math.ceil(length / 5),
    ids: ['m/0', 'm/5', 'm/10', 'm/15'],
  });
});

test('models are served as given, with the fields that they lack still lacking', async () => {
  expect((await askCatalog('', { handler })).models).toEqual(models);
});

test('models are read once, so that changing them later changes nothing', async () => {
  const mine = [model('a/mine')];
  const handler = createCatalogHandler({ models: mine });
  mine[0]?.supported_algorithms.pop();
  Object.assign(mine[0] as Model, { tinker_id: 'a/yours', family: 'south' });
  mine.push(model('a/more'));
  expect(await askCatalog('?family=north&algorithm=walk', { handler })).toMatchObject({
    ids: ['a/mine'],
    total: 1,
  });
});
