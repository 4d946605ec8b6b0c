/** Runs Redocly's command line. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runNode } from './run-node.ts';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** @throws if it fails, with all that it printed */
export async function redocly(args: string[], cwd: string): Promise<void> {
  await runNode([cli, ...args], { cwd });
}

/**
 * Runs it in a temporary folder.
 *
 * @param files the texts of the files there, by name
 * @param output the file that it writes
 * @returns the text of that file
 */
export async function redoclyOutput(
  files: Record<string, string>,
  args: string[],
  output: string,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'contract-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    await redocly([...args, '--output', output], folder);
    return await readFile(path.join(folder, output), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
