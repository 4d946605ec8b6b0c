import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catalogPath, exampleOf, models } from '../contract/from-yaml.ts';
import { root, run, runScript, runSnippet } from './run.ts';

const startScript = path.join(root, 'scripts/start.ts');
const url = /http:\/\/[^\s,']+/;

/** Resolves when nobody answers at the address any more. */
async function waitUntilFree(address: string): Promise<void> {
  while (
    await fetch(address).then(
      () => true,
      () => false,
    )
  )
    await new Promise((done) => setTimeout(done, 50));
}

// What it says and takes is the terminal program's.
test.skipIf(process.platform === 'win32')(
  'npm run mock serves, and leaves nothing behind when only npm is told to stop',
  async () => {
    const running = run('npm', ['run', 'mock', '--', '--port', '0']);
    const [address] = await running.waitFor(url);
    const response = await fetch(address + catalogPath, { headers: { authorization: 'Bearer any' } });
    expect(await response.json()).toEqual(exampleOf(200));
    running.child.kill('SIGTERM');
    await running.ended;
    await waitUntilFree(address);
  },
);

describe('npm start', { timeout: 120_000 }, () => {
  test('lists the models, shows an error and ends with 0 when told to exit', async () => {
    const running = run('npm', ['start', '--', '--exit']);
    expect(await running.ended, running.output().stderr).toBe(0);
    const { stdout } = running.output();
    const lines = stdout.split('\n');
    for (const { tinker_id } of models) {
      expect(lines.filter((line) => line.startsWith(`${tinker_id} `))).toHaveLength(1);
    }
    expect(stdout).toContain("kind 'api', status 401, type 'authentication_error'");
    expect(stdout).not.toContain('Ctrl-C');
  });

  test('leaves the mock running, and its curl line and its snippet work as printed', async () => {
    const running = runScript(startScript);
    await running.waitFor(/Ctrl-C/);
    const { stdout } = running.output();

    const curl = /^ {2}(curl .+)$/m.exec(stdout)?.[1] ?? '';
    const answer = await promisify(execFile)('sh', ['-c', `${curl} --silent`]);
    expect(JSON.parse(answer.stdout)).toEqual(exampleOf(200));

    const snippet = /in TypeScript:\n\n((?: {2}.*\n|\n)+)/.exec(stdout)?.[1]?.replaceAll(/^ {2}/gm, '') ?? '';
    expect(snippet.trim().split('\n')).toHaveLength(5);
    const sample = runSnippet(snippet.replace("'training-catalog-contract'", "'./src/index.ts'"));
    expect(await sample.ended, sample.output().stderr).toBe(0);
    expect(sample.output().stdout.trim().split('\n')).toHaveLength(models.length);

    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
  });

  test('refuses an unknown flag in one line and ends with 2', async () => {
    const running = runScript(startScript, '--nope');
    expect(await running.ended).toBe(2);
    expect(running.output().stderr).toMatch(/^npm start: Unknown option '--nope'.+ npm start -- --help\n$/);
  });
});
