/** Writes the help from the definitions of the commands. */
import { version } from '../../generated/info.ts';
import type { Command, Options } from './command.ts';

export const program = 'training-catalog';

/** The option of every command. */
export const helpOption: Options = { help: { type: 'boolean', short: 'h', help: 'show this' } };

/** The help of the program. */
export function describeProgram(commands: Readonly<Record<string, Command>>): string {
  return `${program} ${version}: list, check and serve the base models that can be trained

Usage: ${program} <command> [options]

${columns(Object.entries(commands).map(([name, { takes, summary }]) => [`${name} ${takes.text}`, summary]))}

  -h, --help     show this, or the help of a command
  --version      show the version

Environment: DREADNODE_SERVER, DREADNODE_API_KEY; options take precedence.
Exit codes: 0 fine, 1 the answer is no or the call failed, 2 wrong usage,
3 verify could not be run, or could not show everything.`;
}

export function usageLine(name: string, { takes }: Command): string {
  return `Usage: ${[program, name, takes.text].filter(Boolean).join(' ')} [options]`;
}

/** The help of a command. */
export function describeCommand(name: string, command: Command): string {
  const rows = Object.entries({ ...command.options, ...helpOption }).map(
    ([option, { short, value, help }]): [string, string] => [
      `${short ? `-${short}, ` : ''}--${option}${value ? ` ${value}` : ''}`,
      help,
    ],
  );
  return `${usageLine(name, command)}

${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.

${columns(rows)}

Example:
  ${program} ${command.example}`;
}

function columns(rows: readonly [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
