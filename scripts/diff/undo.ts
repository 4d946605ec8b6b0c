/** Restores files if the process that writes them fails or is killed before it is done. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The file with the former texts. It exists only during the writing, and git ignores `*.tmp`. */
const journal = 'version.tmp';

/** Texts by file. */
type Before = Record<string, string>;

export class Undo {
  readonly #directory: string;
  readonly #folders: readonly string[];
  readonly #before: Before;

  private constructor(directory: string, folders: readonly string[], before: Before) {
    this.#directory = directory;
    this.#folders = folders;
    this.#before = before;
  }

  /** @param places files, and folders with all their files */
  static async start(directory: string, places: readonly string[]): Promise<Undo> {
    const before: Before = {};
    const folders: string[] = [];
    for (const place of places.map((name) => path.resolve(directory, name))) {
      const found = await stat(place).catch(() => undefined);
      if (found?.isFile()) before[place] = await readFile(place, 'utf8');
      else folders.push(place);
      if (found?.isDirectory())
        for (const file of await filesIn(place)) before[file] = await readFile(file, 'utf8');
    }
    await replace(path.join(directory, journal), JSON.stringify({ pid: process.pid, folders, before }));
    return new Undo(directory, folders, before);
  }

  /** Restores what a killed process left half written. Returns whether there was something to restore. */
  static async recover(directory: string): Promise<boolean> {
    const text = await readFile(path.join(directory, journal), 'utf8').catch(() => undefined);
    if (text === undefined) return false;
    const { pid, folders, before } = JSON.parse(text);
    if (isRunning(pid)) return false;
    await new Undo(directory, folders, before).restore();
    return true;
  }

  /** Replaces a file in one step: no reader sees half a text. */
  write(file: string, text: string): Promise<void> {
    return replace(file, text);
  }

  async restore(): Promise<void> {
    for (const folder of this.#folders) {
      for (const file of await filesIn(folder)) if (!(file in this.#before)) await rm(file);
    }
    for (const [file, text] of Object.entries(this.#before)) await replace(file, text);
    await this.end();
  }

  end(): Promise<void> {
    return rm(path.join(this.#directory, journal), { force: true });
  }
}

async function replace(file: string, text: string): Promise<void> {
  const neighbour = path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(neighbour, text);
  await rename(neighbour, file);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
