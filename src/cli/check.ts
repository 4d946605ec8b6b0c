/** `training-catalog check` */
import type { TrainingModel } from '../index.ts';
import { readAllModels } from './all-models.ts';
import { command } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { printable } from './printable.ts';
import { explainUnknown } from './unknown.ts';

const indent = '    ';

export const check = command({
  summary: 'for CI: exit 0 if every id can be trained, else 1',
  takes: { text: '<id>...', min: 1, max: Number.POSITIVE_INFINITY },
  options: {
    algorithm: { type: 'string', value: '<name>', help: 'each model must support this as well' },
    ...connectionOptions,
  },
  example: 'check Qwen/Qwen3-8B Qwen/Qwen3-32B --algorithm ppo',

  async run(values, ids, io) {
    const { wrap } = await import('../columns.ts');
    const client = await connect(values, io);
    const models = await readAllModels(client, io);
    const problems = ids.map((id) => findProblem(id, models, values.algorithm));
    const paint = (word: string, code: number) => (io.color ? `\u001b[${code}m${word}\u001b[0m` : word);
    for (const [index, problem] of problems.entries()) {
      const id = printable(ids[index] as string);
      const text = problem ? `${id}: ${printable(problem)}` : id;
      const lines = io.columns ? wrap(text, io.columns, indent).trimStart() : text;
      io.out(`${problem ? paint('no', 31) : paint('ok', 32)}  ${lines}`);
    }
    return problems.some(Boolean) ? 1 : 0;
  },
});

function findProblem(id: string, models: readonly TrainingModel[], algorithm?: string): string | undefined {
  const model = models.find(({ tinker_id }) => tinker_id === id);
  if (!model) return explainUnknown(id, models);
  const { supported_algorithms: supported } = model;
  if (algorithm === undefined || supported.includes(algorithm)) return undefined;
  return `cannot be trained by ${algorithm}, only by ${supported.join(', ')}`;
}
