/** Measures the built command, a process each time, against the least that Node could do instead. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { catalogPath } from '../../generated/constants.ts';
import { root } from '../contract/read.ts';
import { compare, type Row } from './measure.ts';

const program = path.join(root, 'dist/cli.js');
const execute = promisify(execFile);

/** What one would write for one call: no check, no retry, no table. */
const script = `
  const response = await fetch(process.env.DREADNODE_SERVER + '${catalogPath}', {
    headers: { authorization: 'Bearer ' + process.env.DREADNODE_API_KEY },
  });
  console.log(JSON.stringify(await response.json(), null, 2));`;

/** The help against a Node that does nothing, and a list against the script, over loopback. */
export async function benchCli(runs: number): Promise<Record<'help' | 'list', Row[]>> {
  // The built server in a process of its own, so that it does not slow down what it is asked by.
  const dist = (file: string) => JSON.stringify(pathToFileURL(path.join(root, 'dist', file)).href);
  const server = execFile(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { createCatalogHandler } from ${dist('server.js')};
     import { listen } from ${dist('server/node.js')};
     console.log((await listen(createCatalogHandler())).url);`,
  ]);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout?.once('data', (text) => resolve(String(text).trim()));
      server.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
    });
    const env = { ...process.env, DREADNODE_SERVER: url, DREADNODE_API_KEY: 'bench-key' };
    const node = (...args: string[]) => execute(process.execPath, args, { env });
    const help = await compare(
      { 'node -e 0': () => node('-e', '0'), 'training-catalog --help': () => node(program, '--help') },
      runs,
      1,
    );
    const list = await compare(
      {
        'node with the same fetch': () => node('--input-type=module', '-e', script),
        'training-catalog list --json': () => node(program, 'list', '--json'),
      },
      runs,
      1,
    );
    return { help, list };
  } finally {
    server.kill();
  }
}
