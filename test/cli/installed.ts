/** Runs the built command the way an installed one runs: in a folder that has the package in its node_modules. */
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'tsdown';
import { onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { modules } from '../../tsdown.config.ts';
import { type Running, root, start } from '../run-script.ts';

const bin = manifest.bin['training-catalog'];

/** The command, as seen from the folder that has installed it. */
export const command = './node_modules/.bin/training-catalog';

export interface Installed {
  /** The folder of whoever has installed the package. */
  folder: string;
  /** The package in it. */
  packageFolder: string;
  /** Starts a program in that folder; the end of the test ends it. */
  start(program: string, args: string[], env?: Record<string, string>): Running;
  remove(): Promise<void>;
}

/** Builds and installs the package beside what it depends on, and beside its optional peers. */
export async function install(): Promise<Installed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'with a space '));
  const nodeModules = path.join(folder, 'node_modules');
  const packageFolder = path.join(nodeModules, manifest.name);
  await mkdir(path.join(nodeModules, '.bin'), { recursive: true });
  const outDir = path.join(packageFolder, 'dist');
  await build({
    ...modules,
    cwd: root,
    outDir,
    clean: false,
    config: false,
    sourcemap: false,
    logLevel: 'error',
  });
  for (const part of ['package.json', 'generated/openapi.json', 'openapi/openapi.yaml', 'src/server/page']) {
    await cp(path.join(root, part), path.join(packageFolder, part), { recursive: true });
  }
  for (const name of ['openapi-fetch', '@stoplight']) {
    await symlink(path.join(root, 'node_modules', name), path.join(nodeModules, name));
  }
  await symlink(path.join('..', manifest.name, bin), path.join(folder, command));
  return {
    folder,
    packageFolder,
    start(program, args, env) {
      // Much of what else there may be (CI, NO_COLOR, what npm and the test runner set) changes what commands do.
      const running = start(program, args, { cwd: folder, env, clean: true });
      onTestFinished(async () => {
        running.child.kill('SIGKILL');
        await running.ended;
      });
      return running;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
