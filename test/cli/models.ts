/** A small catalog for the terminal, with what a table has to cope with: unknown prices, long ids, each algorithm. */
import type { TrainingModel } from '../../src/index.ts';
import type { Model } from '../contract/from-yaml.ts';

const rows = [
  { id: 'meta-llama/Llama-3.2-1B', type: 'dense', size: 1, context: 32768, algorithms: ['sft'], train: 0.09 },
  { id: 'meta-llama/Llama-3.3-70B-Instruct', type: 'dense', size: 70, context: 32768, train: undefined },
  { id: 'Qwen/Qwen3-8B', type: 'dense', size: 8, context: 32768, train: 0.4 },
  { id: 'Qwen/Qwen3-32B', type: 'dense', size: 32, context: 40000, train: 1.475 },
  {
    id: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
    type: 'moe',
    size: 22,
    context: 32768,
    algorithms: ['sft', 'importance_sampling'],
    train: 2,
  },
  { id: 'Qwen/Qwen3.8-27B', type: 'dense', size: 27, context: 65536, train: null },
];

/** As a server takes them, and as a client gives them. */
type Both = Model & TrainingModel;

export const models = rows.map(({ id, type, size, context, algorithms, train }) => ({
  tinker_id: id,
  display_name: id.replace(/.*\//, '').replaceAll('-', ' '),
  family: id.startsWith('Qwen') ? 'qwen' : 'llama',
  type,
  size_b: size,
  context_length: context,
  extended_context: id === 'Qwen/Qwen3.8-27B',
  supported_algorithms: algorithms ?? ['sft', 'importance_sampling', 'ppo'],
  pricing: train === undefined ? null : { prefill: 0.13, sample: 0.4, train },
})) as Both[];

/** As many models as asked for, no two of the same size. */
export const many = (count: number): Both[] =>
  Array.from({ length: count }, (_, at) => ({
    ...(models[at % models.length] as Both),
    tinker_id: `org/model-${at}`,
    size_b: at + 1,
  }));
