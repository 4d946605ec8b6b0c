/** Builds the package and packs the tarball that is published. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './contract/read.ts';

const run = promisify(execFile);

/** What the project needs and an installed package does not. Without `private`, npm agrees to publish it. */
const ofTheProject = ['private', 'scripts', 'devDependencies'];

/**
 * @param destination - The folder for the tarball.
 * @returns the tarball's path, and its files relative to the package's folder
 */
export async function pack(destination: string): Promise<{ tarball: string; files: string[] }> {
  await run('npm', ['run', 'build'], { cwd: root });
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const published = Object.entries(manifest).filter(([key]) => !ofTheProject.includes(key));

  const stage = await mkdtemp(path.join(tmpdir(), 'package-'));
  try {
    for (const name of [...manifest.files, 'LICENSE', 'README.md']) {
      await cp(path.join(root, name), path.join(stage, name), { recursive: true });
    }
    const text = JSON.stringify(Object.fromEntries(published), null, 2);
    await writeFile(path.join(stage, 'package.json'), `${text}\n`);
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', destination], {
      cwd: stage,
    });
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    return { tarball: path.join(destination, filename), files: files.map((file) => file.path) };
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
