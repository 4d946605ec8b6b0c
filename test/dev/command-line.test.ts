/** Every script of ours tells how it is used, and refuses what it does not know in one line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { oneOf, parse, port, UsageError } from '../../scripts/command-line.ts';
import { root, runScript } from '../run-script.ts';

const usage = {
  command: 'npm run it',
  summary: 'Does it.',
  options: {
    port,
    loud: { help: 'say so' },
    level: { value: '<level>', help: 'how much', read: oneOf('low', 'mid', 'high') },
    name: { value: '<name>', help: 'whose' },
  },
} as const;

test('what is known is read into values', () => {
  const args = ['--port', '0', '--loud', '--level=mid', '--name', 'me'];
  const values = { port: 0, loud: true, level: 'mid', name: 'me' };
  expect(parse(usage, args)).toEqual({ values, words: [] });
  expect(parse(usage, [])).toEqual({ values: {}, words: [] });
  const taking = { ...usage, words: { text: '<file>', min: 1, max: 2 } };
  expect(parse(taking, ['a', 'b'])).toMatchObject({ words: ['a', 'b'] });
});

test.each([
  [['--prt', '1'], "Unknown option '--prt', did you mean --port?"],
  [['-x'], "Unknown option '-x'."],
  [['--port', '1e3'], '--port takes a whole number from 0 to 65535, not "1e3".'],
  [['--port', 'abc'], '--port takes a whole number from 0 to 65535, not "abc".'],
  [['--port', '65536'], '--port takes a whole number from 0 to 65535, not "65536".'],
  [['--port', '-1'], "Option '--port' argument is ambiguous."],
  [['--port='], '--port takes a whole number from 0 to 65535, not "".'],
  [['--port'], "Option '--port <value>' argument missing."],
  [['--loud=yes'], "Option '--loud' does not take an argument."],
  [['--level', 'top'], '--level takes low, mid or high, not "top".'],
  [['word'], '"word" is more than it takes.'],
])('%j is refused with the reason', (args, problem) => {
  expect(() => parse(usage, args)).toThrow(new UsageError(problem));
});

test('words that are missing are refused', () => {
  const taking = { ...usage, words: { text: '<tag>', min: 1, max: 1 } };
  expect(() => parse(taking, [])).toThrow('<tag> is missing.');
});

describe('each script of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const own = Object.entries(scripts).flatMap(([name, line]) => {
    const [, file] = /^(?:node --import \S+|tsx) ((?:scripts|test)\/\S+\.ts)$/.exec(line) ?? [];
    return file ? [{ name, file }] : [];
  });

  const run = (file: string, option: string) => runScript(path.relative('scripts', file), [option]);

  test('they are found', () => {
    expect(own.length).toBeGreaterThan(5);
  });

  test.each(own)('npm run $name -- --help prints how it is used', async ({ file }) => {
    const { code, stdout, stderr } = await run(file, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: |^\s*training-catalog mock/m);
  });

  test.each(own)('npm run $name -- --chek is refused', async ({ file }) => {
    const { code, stdout, stderr } = await run(file, '--chek');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]*--chek[^\n]*\n/);
  });
});
