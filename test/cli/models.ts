/** A small catalog for the terminal, with what a table has to cope with: unknown prices, long ids, each algorithm. */
import type { TrainingModel } from '../../src/index.ts';
import type { Model } from '../contract/from-yaml.ts';

type Row = [
  id: string,
  name: string,
  type: string,
  size: number,
  context: number,
  algorithms: string[],
  train: number | null | undefined,
];

const all = ['sft', 'importance_sampling', 'ppo'];

/** As a server takes them, and as a client gives them. */
type Both = Model & TrainingModel;

const rows: Row[] = [
  ['meta-llama/Llama-3.2-1B', 'Llama 3.2 1B', 'dense', 1, 32768, ['sft'], 0.09],
  ['meta-llama/Llama-3.1-8B', 'Llama 3.1 8B', 'dense', 8, 32768, ['sft'], 0.4],
  ['meta-llama/Llama-3.3-70B-Instruct', 'Llama 3.3 70B Instruct', 'dense', 70, 32768, all, undefined],
  ['Qwen/Qwen3-8B', 'Qwen3 8B', 'dense', 8, 32768, all, 0.4],
  ['Qwen/Qwen3-32B', 'Qwen3 32B', 'dense', 32, 32768, all, 1.47],
  [
    'Qwen/Qwen3-235B-A22B-Instruct-2507',
    'Qwen3 235B A22B Instruct 2507',
    'moe',
    22,
    32768,
    ['sft', 'importance_sampling'],
    2.04,
  ],
  ['Qwen/Qwen3.5-4B', 'Qwen3.5 4B', 'dense', 4, 65536, all, 0.67],
  ['Qwen/Qwen3.8-27B', 'Qwen3.8 27B', 'dense', 27, 65536, all, null],
];

export const models = rows.map(
  ([tinker_id, display_name, type, size_b, context_length, algorithms, train]) => ({
    tinker_id,
    display_name,
    family: tinker_id.startsWith('Qwen') ? 'qwen' : 'llama',
    type,
    size_b,
    context_length,
    extended_context: tinker_id === 'Qwen/Qwen3.8-27B',
    supported_algorithms: algorithms,
    pricing: train === undefined ? null : { prefill: 0.13, sample: 0.4, train },
  }),
) as Both[];

/** As many models as asked for, no two of the same size. */
export const many = (count: number): Both[] =>
  Array.from({ length: count }, (_, at) => ({
    ...(models[at % models.length] as Both),
    tinker_id: `org/model-${at}`,
    size_b: at + 1,
  }));
