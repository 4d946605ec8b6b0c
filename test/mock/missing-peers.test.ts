import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tested } from '../../src/mock/prism.ts';
import { root, runSnippet } from '../run-script.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mock without prism '));
  const installed = path.join(folder, 'node_modules/training-catalog-contract');
  await mkdir(installed, { recursive: true });
  for (const part of ['package.json', 'src', 'generated/openapi.json']) {
    await cp(path.join(root, part), path.join(installed, part), { recursive: true });
  }
});
afterAll(() => rm(folder, { recursive: true }));

const versions = Object.entries(tested);
const [core, http, server] = Object.keys(tested) as [string, string, string];

/** By name of a package: as the project has it, or a version without any code. */
type Found = Record<string, string>;
const asHere = 'as here';

/** Tries to start a mock beside these packages, and gives what it says. */
async function startBeside(found: Found): Promise<string> {
  const modules = path.join(folder, 'node_modules');
  await rm(path.join(modules, '@stoplight'), { recursive: true, force: true });
  await mkdir(path.join(modules, '@stoplight'));
  for (const [name, version] of Object.entries(found)) {
    const place = path.join(modules, name);
    if (version === asHere) {
      await symlink(path.join(root, 'node_modules', name), place, 'junction');
    } else {
      await mkdir(place);
      await writeFile(path.join(place, 'package.json'), JSON.stringify({ name, version }));
    }
  }
  const { code, stdout, stderr } = await runSnippet(
    `import { startMock } from './node_modules/training-catalog-contract/src/mock/index.ts';
     await startMock().catch((error) => console.log(error.message));`,
    { cwd: folder },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const withServer = (version: string): Found => ({ [core]: asHere, [http]: asHere, [server]: version });

test('the peers are optional and of any version; the tested ones are those that are installed here', () => {
  const { devDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  expect(peerDependencies).toEqual(Object.fromEntries(versions.map(([name]) => [name, '*'])));
  expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
  expect(devDependencies).toMatchObject(tested);
});

test.for<[why: string, found: Found]>([
  [`${core} cannot be found, ${http} cannot be found, ${server} cannot be found`, {}],
  [`${http} cannot be found, ${server} cannot be found`, { [core]: asHere }],
  ...['4.99.0', '6.13.0', '5.11.9', '5.12.1', '6.0.0-beta.1'].map((version): [string, Found] => [
    `${server} is ${version}`,
    withServer(version),
  ]),
])('a mock says in one line that %s, and the command that installs Prism', async ([why, found]) => {
  const command = `npm i -D -E ${versions.map(([name, version]) => `${name}@${version}`).join(' ')}`;
  expect(await startBeside(found)).toBe(`The mock needs Prism, and ${why}. Run: ${command}\n`);
});

test.for(['5.12.3', '5.13.0'])('a mock tries %s, which should do as well', async (version) => {
  // What is installed here has no code, so that it gets no further.
  expect(await startBeside(withServer(version))).toMatch(`Cannot find module '${server}'`);
});
