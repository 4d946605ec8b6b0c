/** Runs a command line: finds its command, reads its options and turns what goes wrong into an exit code. */
import { parseArgs } from 'node:util';
import { version } from '../../generated/info.ts';
import { check } from './check.ts';
import { type Command, type ExitCode, type Io, Refusal } from './command.ts';
import { toRefusal } from './connect.ts';
import { describeCommand, describeProgram, helpOption, program, usageLine } from './help.ts';
import { list } from './list.ts';
import { mock } from './mock.ts';
import { nearest } from './nearest.ts';
import { printable } from './printable.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { verify } from './verify.ts';

const commands: Readonly<Record<string, Command>> = { list, show, check, serve, mock, verify };

/** Never rejects: what goes wrong is told in a line or two on standard error. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const { exitCode, message, advice } = await refusal(error);
    // What a server says may have line ends of its own.
    const { wrap } = await import('../columns.ts');
    const text = printable(`${program}: ${message.replace(/\s+/g, ' ')}`);
    for (const line of advice ? [text, advice] : [text]) io.err(io.columns ? wrap(line, io.columns) : line);
    return exitCode;
  }
}

async function dispatch([name = '', ...args]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === '--help' || name === '-h') return print(describeProgram(commands), io);
  if (name === '--version') return print(version, io);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw unknownCommand(name);

  const { values, positionals } = read(name, command, args);
  if (values['help']) return print(describeCommand(name, command), io);
  const { takes } = command;
  if (positionals.length < takes.min || positionals.length > takes.max) {
    const problem =
      takes.max === 0
        ? `${name} takes options only.`
        : positionals.length === 0
          ? `${name}: ${takes.text} is missing.`
          : `${name} takes one ${takes.text}: put quotes around what has spaces.`;
    throw new Refusal(2, problem, usageLine(name, command));
  }
  return command.run(values, positionals, io);
}

function print(text: string, io: Io): ExitCode {
  io.out(text);
  return 0;
}

/** What follows may hold a key, so only the first word is shown. */
function unknownCommand(name: string): Refusal {
  const all = `Commands: ${Object.keys(commands).join(', ')}. See ${program} --help.`;
  if (name === '') return new Refusal(2, 'What to do is missing.', all);
  if (name.startsWith('-')) return new Refusal(2, 'The command comes first, options follow it.', all);
  const [meant] = nearest(name, Object.keys(commands));
  return new Refusal(2, `No command '${name}'${meant ? `, did you mean ${meant}?` : '.'}`, all);
}

function read(name: string, command: Command, args: readonly string[]) {
  const options = { ...command.options, ...helpOption };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // The last line says what to do; what follows the first sentence of an unknown option is no help.
    const [problem = ''] = (error as Error).message
      .split('\n')
      .slice(-1)
      .join()
      .split(/\.$|\. To/);
    const [, option] = /^Unknown option '--(.+)'/.exec(problem) ?? [];
    const [meant] = nearest(option ?? '', Object.keys(options));
    const message = `${problem}${meant ? `, did you mean --${meant}?` : '.'}`;
    throw new Refusal(2, message, usageLine(name, command));
  }
}

async function refusal(error: unknown): Promise<Refusal> {
  if (error instanceof Refusal) return error;
  const { isCatalogError } = await import('../index.ts');
  if (isCatalogError(error)) return toRefusal(error);
  return new Refusal(1, (error instanceof Error ? error.message : String(error)).split('\n', 1).join(''));
}
