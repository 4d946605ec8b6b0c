import { describe, expect, test } from 'vitest';
import { limit, queryNamesOfType } from '../contract/from-yaml.ts';
import { ask, askCatalog, askEnvelope } from './ask.ts';

const notInteger = {
  msg: 'Input should be a valid integer, unable to parse string as an integer',
  type: 'int_parsing',
};
const notNumber = {
  msg: 'Input should be a valid number, unable to parse string as a number',
  type: 'float_parsing',
};
const tooLarge = { msg: `Input should be less than or equal to ${limit.maximum}`, type: 'less_than_equal' };
const tooSmall = {
  msg: `Input should be greater than or equal to ${limit.minimum}`,
  type: 'greater_than_equal',
};

const words = (text: string) => text.split(' ');

describe('a limit that is refused', () => {
  const refused = [
    { problem: tooSmall, texts: [`${limit.minimum - 1}`, '-1', '-0'] },
    { problem: tooLarge, texts: [`${limit.maximum + 1}`, '9007199254740993'] },
    {
      problem: notInteger,
      texts: ['', ...words('1e2 1e400 1.5 ten null true %205 5%20 5%0A %2B5 05 5. 0x10 1_0 1,0 %D9%A5 %FF')],
    },
  ];
  test.each(refused.flatMap(({ problem, texts }) => texts.map((text) => [text, problem] as const)))(
    'limit=%s',
    async (text, problem) => {
      const { errors, ...answer } = await askEnvelope(`?limit=${text}`);
      expect(answer).toMatchObject({
        status: 422,
        code: 422,
        type: 'validation_error',
        detail: 'Validation error',
      });
      expect(errors).toEqual([{ loc: ['query', 'limit'], ...problem }]);
    },
  );
});

test.each([`${limit.minimum}`, `${limit.maximum}`, `${limit.maximum}.0`])(
  'a limit of %s is taken',
  async (text) => {
    expect((await ask(`?limit=${text}`)).status).toBe(200);
  },
);

describe.each(queryNamesOfType('number'))('%s takes JSON numbers only', (name) => {
  test.each(['', ...words('NaN Infinity -Infinity inf 1e400 -1e400 0x10 1_0 %2B1 %201 1%20')])(
    `${name}=%s is refused`,
    async (text) => {
      const { status, errors } = await askEnvelope(`?${name}=${text}`);
      expect({ status, errors }).toEqual({ status: 422, errors: [{ loc: ['query', name], ...notNumber }] });
    },
  );

  test.each(words('0 -0 -1 0.1 1e-400 1E%2B2 1e21 123456789012345678901234567890'))(
    `${name}=%s is taken`,
    async (text) => {
      expect((await ask(`?${name}=${text}`)).status).toBe(200);
    },
  );
});

test('every problem is reported, one item for each parameter', async () => {
  const { errors } = await askEnvelope(
    `?max_size_b=large&limit=${limit.maximum + 1}&query=x&min_size_b=small`,
  );
  expect(errors).toEqual([
    { loc: ['query', 'min_size_b'], ...notNumber },
    { loc: ['query', 'max_size_b'], ...notNumber },
    { loc: ['query', 'limit'], ...tooLarge },
  ]);
});

test.each(['a+b %26&=#/?日本😀', '%', '%zz', '\u0000', '"'])(
  'text of any kind (%j) is looked for as it is',
  async (text) => {
    expect((await askCatalog(`?query=${encodeURIComponent(text)}`)).total).toBe(0);
  },
);

test('a query that is not UTF-8 is answered all the same', async () => {
  expect((await ask('?query=%FF%C3&family=%E0%A4%A')).status).toBe(200);
});
