import { describe, expect, onTestFinished, test } from 'vitest';
import { catalogPath, exampleOf, models } from '../contract/from-yaml.ts';
import { run, runScript, runSnippet, start, typescript } from '../run-script.ts';

/** Starts a command; what is left of it at the test's end is ended. */
function startHere(command: string, ...args: string[]) {
  const running = start(command, args);
  onTestFinished(async () => {
    running.child.kill();
    await running.ended;
  });
  return running;
}

// What it says and takes is the terminal program's.
test.skipIf(process.platform === 'win32')(
  'npm run mock serves, and leaves nothing behind when only npm is told to stop',
  async () => {
    const running = startHere('npm', 'run', 'mock', '--', '--port', '0');
    const [url] = await running.waitFor(/http:\/\/[^\s,']+/);
    const ask = () => fetch(url + catalogPath, { headers: { authorization: 'Bearer any' } });
    expect(await (await ask()).json()).toEqual(exampleOf(200));
    running.child.kill('SIGTERM');
    await running.ended;
    await expect.poll(() => ask().catch(() => 'nobody there'), { timeout: 10_000 }).toBe('nobody there');
  },
);

describe('npm start', () => {
  test('lists the models, shows an error and ends with 0 when told to exit', async () => {
    const { code, stdout, stderr } = await startHere('npm', 'start', '--', '--exit').ended;
    expect(code, stderr).toBe(0);
    for (const { tinker_id } of models) {
      expect(stdout.split('\n').filter((line) => line.startsWith(`${tinker_id} `))).toHaveLength(1);
    }
    expect(stdout).toContain("kind 'api', status 401, type 'authentication_error'");
    expect(stdout).not.toContain('Ctrl-C');
  });

  test.skipIf(process.platform === 'win32')(
    'leaves the mock running, and its curl line and its snippet work as printed',
    async () => {
      const running = startHere(process.execPath, ...typescript, 'scripts/start.ts');
      const { input: printed } = await running.waitFor(/Ctrl-C/);

      const curl = /^ {2}(curl .+)$/m.exec(printed)?.[1];
      expect(JSON.parse(await run('sh', ['-c', `${curl} --silent`]))).toEqual(exampleOf(200));

      const snippet = /in TypeScript:\n\n((?: {2}.*\n|\n)+)/.exec(printed)?.[1]?.replaceAll(/^ {2}/gm, '');
      expect(snippet?.trim().split('\n')).toHaveLength(5);
      const sample = await runSnippet(
        `${snippet?.replace("'training-catalog-contract'", "'./src/index.ts'")}`,
      );
      expect(sample.code, sample.stderr).toBe(0);
      expect(sample.stdout.trim().split('\n')).toHaveLength(models.length);

      running.child.kill('SIGINT');
      expect(await running.ended).toMatchObject({ code: 0 });
    },
  );

  test('refuses an unknown flag in one line and ends with 2', async () => {
    expect(await runScript('start.ts', ['--nope'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^npm start: Unknown option '--nope'.+ npm start -- --help\n$/),
    });
  });
});
