/** `training-catalog check` */
import type { Command } from 'commander';
import type { TrainingModel } from '../index.ts';
import { addConnectionOptions, type ConnectionOptions, connect } from './connect.ts';
import { CommandError, type Io } from './io.ts';
import { explainUnknown, modelId, readAllModels } from './models.ts';
import { printable } from './printable.ts';

interface Options extends ConnectionOptions {
  algorithm?: string;
}

export function addCheck(program: Command, io: Io): void {
  const command = program
    .command('check')
    .description('for CI: exit 0 if every id can be trained, else 1')
    .argument('<id...>', 'as the catalog spells them', (id, ids: string[] = []) => [...ids, modelId(id)])
    .option('--algorithm <name>', 'each model must support this as well')
    .addHelpText(
      'after',
      '\nExample:\n  training-catalog check Qwen/Qwen3-8B Qwen/Qwen3-32B --algorithm ppo',
    );
  addConnectionOptions(command).action(async (ids: string[], options: Options) => {
    const { wrap } = await import('../columns.ts');
    const paint = (word: string, code: number) =>
      io.color ? `\u001b[${code}m${word}\u001b[0m  ` : `${word}  `;
    const models = await readAllModels(connect(options, io), io);
    let failed = 0;
    for (const id of ids) {
      const problem = findProblem(id, models, options.algorithm);
      if (problem) failed += 1;
      const text = printable(problem ? `${id}: ${problem}` : id);
      io.out(wrap(text, io.columns, '    ', problem ? paint('no', 31) : paint('ok', 32)));
    }
    if (failed > 0) throw new CommandError(1);
  });
}

function findProblem(id: string, models: readonly TrainingModel[], algorithm?: string): string | undefined {
  const model = models.find(({ tinker_id }) => tinker_id === id);
  if (!model) return explainUnknown(id, models);
  const { supported_algorithms: supported } = model;
  if (algorithm === undefined || supported.includes(algorithm)) return undefined;
  return `cannot be trained by ${algorithm}, only by ${supported.join(', ') || 'none'}`;
}
