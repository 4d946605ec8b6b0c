import { describe, expect, expectTypeOf, test } from 'vitest';
import { type Preference, prefer } from '../../src/mock/index.ts';

describe('prefer', () => {
  test.each<[Preference, string]>([
    [{ code: 200, example: 'empty' }, 'code=200, example=empty'],
    [{ code: 429 }, 'code=429'],
    [{ dynamic: true }, 'dynamic=true'],
    [{ code: 200, dynamic: false }, 'code=200, dynamic=false'],
    [{ code: undefined, example: 'a b', dynamic: undefined }, 'example=a b'],
    [{}, ''],
  ])('turns %o into %j', (preference, header) => {
    expect(prefer(preference)).toBe(header);
  });

  test.each(['', 'a,code=500', 'a;b', '"a"', 'a\r\nx: y', 'é'])('refuses the example %j', (example) => {
    expect(() => prefer({ example })).toThrow(TypeError);
  });

  test.each(['abc', 20, 2000, '200, example=empty'])('refuses the code %j', (code) => {
    expect(() => prefer({ code: code as 200 })).toThrow(TypeError);
  });

  test('accepts the statuses of the contract and no other', () => {
    expectTypeOf<200 | 401 | 422>().toExtend<Preference['code']>();
    // @ts-expect-error: no status of any contract
    prefer({ code: 299 });
  });
});
