/** Runs a command line: what the program consists of, and how errors become exit codes. */
import { Command, CommanderError } from 'commander';
import { version } from '../../generated/info.ts';
import { addCheck } from './check.ts';
import { explain } from './errors.ts';
import { CommandError, type ExitCode, type Io } from './io.ts';
import { addList } from './list.ts';
import { addMock } from './mock.ts';
import { printable } from './printable.ts';
import { addServe } from './serve.ts';
import { addShow } from './show.ts';
import { addVerify } from './verify.ts';

const facts = `
Server and key: --server and --api-key, else DREADNODE_SERVER and DREADNODE_API_KEY.
Exit codes: 0 fine; 1 the answer is no, or the call failed; 2 wrong usage; 3 verify could not ask, or not show all; 4 the output could not be written.`;

/** Never rejects: an error becomes a few lines on standard error. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const print = (write: (line: string) => void) => (text: string) => {
    for (const line of text.replace(/\n$/, '').split('\n')) write(printable(line));
  };
  const program = new Command('training-catalog')
    .description('List, check and serve the base models that hosted training accepts.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help to see what there is)')
    .configureHelp({ minWidthToWrap: 10 })
    .configureOutput({
      writeOut: print(io.out),
      writeErr: print(io.err),
      outputError: (text, write) => write(withoutValues(text, args)),
      getOutHelpWidth: () => io.columns ?? Infinity,
      getErrHelpWidth: () => Infinity,
    })
    .addHelpText('after', ({ command, error }) =>
      command.createHelp().boxWrap(facts, error ? Infinity : (io.columns ?? Infinity)),
    );
  for (const add of [addList, addShow, addCheck, addServe, addMock, addVerify]) add(program, io);

  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // What is wrong with a command line has been printed already, and so has help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { exitCode, lines } = error instanceof CommandError ? error : explain(error);
    // A text that quotes a server may have line ends.
    for (const [index, line] of lines.entries()) {
      io.err(printable(`${index === 0 ? 'error: ' : ''}${line.replace(/\s+/g, ' ')}`));
    }
    return exitCode;
  }
}

/** Commander quotes an option that it does not know with its value, which may be a key: `--api-kye=secret`. */
function withoutValues(text: string, args: readonly string[]): string {
  const given = args.filter((arg) => /^-.*=/s.test(arg));
  return given.reduce((shown, arg) => shown.replaceAll(arg, `${arg.slice(0, arg.indexOf('='))}=…`), text);
}
