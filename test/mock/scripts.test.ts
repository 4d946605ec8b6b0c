import { describe, expect, onTestFinished, test } from 'vitest';
import { catalogPath, exampleOf, models } from '../contract/from-yaml.ts';
import { run, runSnippet, start, typescript } from '../run-script.ts';

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
  test('says where the page is before all else, lists the models and ends with 0 when told to exit', async () => {
    const { code, stdout, stderr } = await startHere('npm', 'start', '--', '--exit').ended;
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/in a browser:\n\n {2}http:\S+\n[\s\S]+Prism's mock[\s\S]+:\n\n {2}http:\S+\n/);
    for (const { tinker_id } of models) {
      expect(stdout.split('\n').filter((line) => line.startsWith(`${tinker_id} `))).toHaveLength(1);
    }
    expect(stdout).not.toContain('Ctrl-C');
  });

  test.skipIf(process.platform === 'win32')(
    'leaves both servers running, and its curl line and its TypeScript work as printed',
    async () => {
      const running = startHere(process.execPath, ...typescript, 'scripts/start.ts');
      const { input: printed } = await running.waitFor(/Ctrl-C/);
      const [page = '', mock = ''] = printed.match(/(?<=^ {2})http:\S+$/gm) ?? [];
      expect(await (await fetch(page)).text()).toContain('<!doctype html>');
      expect((await fetch(mock + catalogPath)).status).toBe(401);

      const curl = /^ {2}(curl .+)$/m.exec(printed)?.[1];
      expect(JSON.parse(await run('sh', ['-c', `${curl} --silent`]))).toEqual(exampleOf(200));

      const [snippet = ''] = /^ {2}import (?:.*\n)+? {2}const { models }.*$/m.exec(printed) ?? [];
      const source = snippet.replace("'training-catalog-contract'", "'./src/index.ts'");
      const sample = await runSnippet(`${source}\nconsole.log(models.length);`);
      expect(sample).toEqual({ code: 0, stdout: `${models.length}\n`, stderr: '' });

      running.child.kill('SIGINT');
      expect(await running.ended).toMatchObject({ code: 0 });
    },
  );
});
