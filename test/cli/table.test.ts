import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { printable } from '../../src/cli/printable.ts';
import { formatTable } from '../../src/cli/table.ts';
import type { TrainingModel } from '../../src/client/types.ts';
import { models as documented } from '../contract/from-yaml.ts';
import { models as catalog } from './models.ts';

const [model] = catalog as [TrainingModel];

test('every id of the contract’s catalog is shown in full within 80 columns', () => {
  const lines = formatTable(documented as unknown as TrainingModel[]).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  for (const { tinker_id } of documented) {
    expect(lines.filter((line) => line.startsWith(`${tinker_id} `))).toHaveLength(1);
  }
});

test('a table has a line for each model, sizes and prices to the right, and says what its heads mean', () => {
  expect(formatTable(catalog)).toMatchInlineSnapshot(`
    "ID                                  FAMILY  TYPE   SIZE  CTX  ALGORITHMS  PRICE
    meta-llama/Llama-3.2-1B             llama   dense    1B  32K  sft          0.09
    meta-llama/Llama-3.1-8B             llama   dense    8B  32K  sft          0.40
    meta-llama/Llama-3.3-70B-Instruct   llama   dense   70B  32K  sft is ppo      -
    Qwen/Qwen3-8B                       qwen    dense    8B  32K  sft is ppo   0.40
    Qwen/Qwen3-32B                      qwen    dense   32B  32K  sft is ppo   1.47
    Qwen/Qwen3-235B-A22B-Instruct-2507  qwen    moe     22B  32K  sft is       2.04
    Qwen/Qwen3.5-4B                     qwen    dense    4B  64K  sft is ppo   0.67
    Qwen/Qwen3.8-27B                    qwen    dense   27B  64K  sft is ppo      -

    SIZE active parameters, CTX tokens of context, PRICE USD per million tokens
    trained (- unknown), is = importance_sampling."
  `);
});

test('an unknown price is not shown as free, nor a whole one without cents', () => {
  const row = (train: number | null) =>
    formatTable([{ ...model, pricing: { prefill: 1, sample: 1, train } }]).split('\n')[1];
  expect(row(null)).toMatch(/ -$/);
  expect(row(0)).toMatch(/ 0\.00$/);
  expect(row(6)).toMatch(/ 6\.00$/);
  expect(row(5.595)).toMatch(/ 5\.595$/);
});

test('an id too long for its column is shown whole on a line of its own', () => {
  const long = { ...model, tinker_id: 'x'.repeat(120) };
  const [, ...lines] = formatTable([long, model]).split('\n');
  expect(lines[0]).toBe(long.tinker_id);
  expect(lines[1]).toMatch(/^ +llama/);
});

test('names that every object has are algorithms like any other', () => {
  expect(formatTable([{ ...model, supported_algorithms: ['constructor'] }])).toContain('constructor');
});

test('no model makes another line longer than 80, or sends the terminal a control character', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001b[2J', 'a\nb', '\u202e'),
  );
  const models = fc.array(
    fc.record({
      ...Object.fromEntries(['tinker_id', 'display_name', 'family', 'type'].map((name) => [name, text])),
      size_b: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      context_length: fc.integer({ min: 1 }),
      supported_algorithms: fc.array(text, { maxLength: 4 }),
      pricing: fc.option(fc.record({ train: fc.option(fc.double({ min: 0, noNaN: true })) })),
    }),
    { maxLength: 4 },
  );
  let hostile = 0;
  fc.assert(
    fc.property(models, (generated) => {
      const given = generated as unknown as TrainingModel[];
      const table = formatTable(given);
      if (/[^\P{C}\n]/u.test(JSON.stringify(given).replace(/\\u001b|\\n/g, '\u001b'))) hostile += 1;
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      // An id has a line of its own.
      const ids = given.map(({ tinker_id }) => printable(tinker_id));
      const tooLong = table.split('\n').filter((line) => stringWidth(line) > 80);
      for (const line of tooLong) expect(ids).toContain(line);
    }),
    { numRuns: 100 },
  );
  expect(hostile).toBeGreaterThan(30);
});

test('columns stand below each other whatever characters a cell has, and none is split', () => {
  const family = '👩‍👩‍👧‍👦';
  const rows = [
    { ...model, tinker_id: '日本語/モデル', family: '日本語の家族', type: 'é̤é̤é̤é̤é̤é̤é̤' },
    { ...model, tinker_id: `org/${family}${family}`, family: family.repeat(6), type: '🇩🇪🇫🇷🇮🇹🇪🇸' },
    { ...model, tinker_id: 'org/plain' },
  ];
  const [titles = '', ...lines] = formatTable(rows).split('\n');
  const place = stringWidth(titles.slice(0, titles.indexOf('SIZE')));
  for (const line of lines.slice(0, 3)) {
    expect(stringWidth(line.slice(0, line.indexOf(`${model.size_b}B`)))).toBe(place + 'SIZE'.length - 2);
  }
  expect(lines[0]).toContain(' 日本語…  é̤é̤é̤é̤é̤… ');
  expect(lines[1]).toContain(` ${family.repeat(3)}…  🇩🇪🇫🇷… `);
});

test('a wide terminal has room for long ids, and the words below are wrapped at its width', () => {
  const long = { ...model, tinker_id: 'x'.repeat(60) };
  expect(formatTable([long], 120).split('\n')[1]).toMatch(/^x{60} {2}llama/);
  expect(formatTable([long], 80).split('\n')[1]).toBe('x'.repeat(60));
  const legend = formatTable([long], 40).split('\n\n')[1] ?? '';
  for (const line of legend.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
});
