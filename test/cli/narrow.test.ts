/** What is printed on terminals of different widths. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { formatTable } from '../../src/cli/table.ts';
import type { TrainingModel } from '../../src/index.ts';
import { models } from './models.ts';
import { serve, serveCatalog, type } from './terminal.ts';

const [model] = models as [TrainingModel];
const ids = models.map(({ tinker_id }) => tinker_id);

test.each([
  [81, 'ID FAMILY TYPE SIZE CTX ALGORITHMS PRICE'],
  [80, 'ID FAMILY SIZE CTX ALGORITHMS PRICE'],
  [70, 'ID SIZE CTX ALGORITHMS PRICE'],
  [60, 'ID SIZE ALGORITHMS PRICE'],
  [50, 'ID SIZE PRICE'],
  [40, 'ID SIZE'],
  [35, 'ID'],
])('of %i columns, a table has %s', async (columns, titles) => {
  await serveCatalog();
  const { out } = await type(['list'], { columns });
  const [head = '', ...lines] = out.split('\n');
  expect(head.trim().split(/ +/).join(' ')).toBe(titles);
  for (const line of [head, ...lines]) expect(line.length, line).toBeLessThanOrEqual(columns);
  expect(lines.slice(0, ids.length).map((line) => line.split(' ')[0])).toEqual(ids);
  expect(out.includes('left out')).toBe(columns < 81);
});

test.each([20, 50])('of %i columns, texts are wrapped to fit', async (columns) => {
  await serve(async () =>
    Response.json({
      limit: 20,
      total: 30,
      models: [{ ...model, tinker_id: 'org/a', note: 'as long '.repeat(30) }],
    }),
  );
  // Options with what they do need some room.
  const help = columns < 40 ? [] : [['--help']];
  for (const args of [['list'], ['show', 'org/a'], ['check', 'org/a', 'org/missing-model'], ...help]) {
    const { out } = await type(args, { columns });
    for (const line of out.replace(/^Usage: .+\n/, '').split('\n'))
      expect(line.length, line).toBeLessThanOrEqual(columns);
  }
});

test('columns are aligned whatever characters a cell has', () => {
  const rows = [
    { ...model, tinker_id: '日本語/モデル', family: '日本語の家族', type: 'é̤é̤é̤' },
    { ...model, tinker_id: 'org/👩‍👩‍👧‍👦', family: '🇩🇪🇫🇷', type: '' },
    model,
  ];
  const lines = formatTable(rows).split('\n').slice(0, 4);
  // The last column ends on the right.
  expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
});

test('no model makes a line wider than the terminal, but for an id alone, or sends it a control character', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001b[2J', 'a\nb', '\u202e', 'a_b', 'a_c'),
  );
  const row = fc.record({
    tinker_id: text,
    family: text,
    type: text,
    size_b: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    context_length: fc.integer({ min: 1 }),
    supported_algorithms: fc.array(text, { maxLength: 4 }),
  });
  const generated = fc.array(row, { maxLength: 4 });
  fc.assert(
    fc.property(generated, fc.integer({ min: 8, max: 90 }), (rows, terminal) => {
      const table = formatTable(
        rows.map((row) => ({ ...model, ...row })),
        terminal,
      );
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const isWide = table.split('\n').some((line) => stringWidth(line) > terminal);
      if (isWide) expect(table).toMatch(/^ID\n/);
    }),
    { numRuns: 100 },
  );
});
