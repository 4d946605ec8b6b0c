/** Every script of ours tells how it is used, and refuses what it can't take. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root, runScript } from '../run-script.ts';

describe.concurrent('each script of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const own = Object.entries(scripts).flatMap(([name, line]) => {
    const [, file] = /^node --import \S+ ((?:scripts|test)\/\S+\.ts)$/.exec(line) ?? [];
    return file ? [{ name, file: path.relative('scripts', file) }] : [];
  });

  test('is found', () => {
    expect(own.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['build', 'generate', 'test:runtimes']),
    );
  });

  test.each(own)('npm run $name -- --help prints how it is used, and nothing else', async ({ file }) => {
    const { code, stdout, stderr } = await runScript(file, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: |^\s*training-catalog mock/);
  });
});

test('a mistake on a command line is refused with the reason and where to look', async () => {
  const { code, stdout, stderr } = await runScript('generate.ts', ['--chek']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/unknown option '--chek'\n\(Did you mean --check\?\)\nSee: .* --help\n$/);
});

test('npm run dev on a port that is taken says so in one line', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await runScript('dev.ts', ['--port', String(port)]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^Port ${port} .* in use.*\\n$`));
});
