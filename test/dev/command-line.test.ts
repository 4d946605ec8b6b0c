/** The scripts of ours tell how they are used, and refuse what they can't take. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runScript } from '../run-script.ts';

// The other scripts read their command line by the same module as the first two.
test.concurrent.each(['build.ts', 'diff.ts', 'mock.ts'])(
  '%s --help prints how it is used, and nothing else',
  async (script) => {
    const { code, stdout, stderr } = await runScript(script, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: |^\s*training-catalog mock/);
  },
);

test('a mistake on a command line is refused with the reason and where to look', async () => {
  const { code, stdout, stderr } = await runScript('release.ts', ['--hlep']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/unknown option '--hlep'\n\(Did you mean --help\?\)\nSee: .* --help\n$/);
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
