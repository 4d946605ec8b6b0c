/** Runs a command line: finds the command, reads its options and turns errors into exit codes. */
import { parseArgs } from 'node:util';
import { version } from '../../generated/info.ts';
import { check } from './check.ts';
import { type Command, CommandError, type ExitCode, type Io } from './command.ts';
import { toCommandError } from './connect.ts';
import { describeCommand, describeProgram, helpOption, program, usageLine } from './help.ts';
import { list } from './list.ts';
import { mock } from './mock.ts';
import { nearest } from './nearest.ts';
import { printable } from './printable.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { verify } from './verify.ts';

const commands: Readonly<Record<string, Command>> = { list, show, check, serve, mock, verify };

/** Never rejects: an error becomes one or two lines on standard error. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const { exitCode, message, hint } = await readError(error);
    const { wrap } = await import('../columns.ts');
    // A message that quotes a server may have line ends.
    const text = printable(`${program}: ${message.replace(/\s+/g, ' ')}`);
    for (const line of hint ? [text, hint] : [text]) io.err(io.columns ? wrap(line, io.columns) : line);
    return exitCode;
  }
}

async function dispatch([name = '', ...args]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === '--help' || name === '-h') return print(describeProgram(commands), io);
  if (name === '--version') return print(version, io);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw unknownCommand(name);

  const { values, positionals } = readArguments(name, command, args);
  if (values['help']) return print(describeCommand(name, command), io);
  const { takes } = command;
  if (positionals.length < takes.min || positionals.length > takes.max) {
    throw new CommandError(2, explainCount(name, command, positionals.length), usageLine(name, command));
  }
  return command.run(values, positionals, io);
}

/** What is wrong with the number of positional arguments. */
function explainCount(name: string, { takes }: Command, count: number): string {
  if (takes.max === 0) return `${name} takes options only.`;
  if (count === 0) return `${name}: ${takes.text} is missing.`;
  return `${name} takes one ${takes.text}: put quotes around a text with spaces.`;
}

function print(text: string, io: Io): ExitCode {
  io.out(text);
  return 0;
}

/** Only the first word is shown, as a key may follow. */
function unknownCommand(name: string): CommandError {
  const all = `Commands: ${Object.keys(commands).join(', ')}. See ${program} --help.`;
  if (name === '') return new CommandError(2, 'What to do is missing.', all);
  if (name.startsWith('-')) return new CommandError(2, 'The command comes first, options follow it.', all);
  const [meant] = nearest(name, Object.keys(commands));
  return new CommandError(2, `No command '${name}'${meant ? `, did you mean ${meant}?` : '.'}`, all);
}

/** @throws CommandError for an unknown option, or one without its value */
function readArguments(name: string, command: Command, args: readonly string[]) {
  const options = { ...command.options, ...helpOption };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Of several lines the last says what to do. Of several sentences the others speak of Node's own arguments.
    const [lastLine = ''] = (error as Error).message.split('\n').slice(-1);
    const problem = lastLine.replace(/\.$|\. To.*/, '');
    const [, option] = /^Unknown option '--(.+)'/.exec(problem) ?? [];
    const [meant] = nearest(option ?? '', Object.keys(options));
    const message = `${problem}${meant ? `, did you mean --${meant}?` : '.'}`;
    throw new CommandError(2, message, usageLine(name, command));
  }
}

async function readError(error: unknown): Promise<CommandError> {
  if (error instanceof CommandError) return error;
  const { isCatalogError } = await import('../index.ts');
  if (isCatalogError(error)) return toCommandError(error);
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError(1, message.replace(/\n.*/s, ''));
}
