/** The twenty models of the illustrative catalog, typed apart from the contract. */

const sft = ['sft'];
const sftAndSampling = ['sft', 'importance_sampling'];
const all = ['sft', 'importance_sampling', 'ppo'];

/** USD per million tokens for prefill, sample and train. */
type Rates = [number, number, number | null] | null;

/** Id, display name, family, type, active size in billions, context in tokens, extended context, algorithms, rates. */
type Row = [string, string, string, string, number, number, boolean, string[], Rates];

const rows: Row[] = [
  ['meta-llama/Llama-3.2-1B', 'Llama 3.2 1B', 'llama', 'dense', 1, 32768, false, sft, [0.03, 0.09, 0.09]],
  ['meta-llama/Llama-3.1-8B', 'Llama 3.1 8B', 'llama', 'dense', 8, 32768, false, sft, [0.13, 0.4, 0.4]],
  [
    'meta-llama/Llama-3.1-8B-Instruct',
    'Llama 3.1 8B Instruct',
    'llama',
    'dense',
    8,
    32768,
    false,
    all,
    [0.13, 0.4, 0.4],
  ],
  ['meta-llama/Llama-3.1-70B', 'Llama 3.1 70B', 'llama', 'dense', 70, 32768, false, sft, [1.05, 3.16, 3.16]],
  [
    'meta-llama/Llama-3.3-70B-Instruct',
    'Llama 3.3 70B Instruct',
    'llama',
    'dense',
    70,
    32768,
    false,
    all,
    null,
  ],
  ['Qwen/Qwen3-4B-Instruct-2507', 'Qwen3 4B Instruct 2507', 'qwen', 'dense', 4, 32768, false, all, null],
  ['Qwen/Qwen3-8B', 'Qwen3 8B', 'qwen', 'dense', 8, 32768, false, all, [0.13, 0.4, 0.4]],
  ['Qwen/Qwen3-32B', 'Qwen3 32B', 'qwen', 'dense', 32, 32768, false, all, [0.49, 1.47, 1.47]],
  ['Qwen/Qwen3-30B-A3B', 'Qwen3 30B A3B', 'qwen', 'moe', 3, 32768, false, all, [0.12, 0.3, 0.36]],
  [
    'Qwen/Qwen3-30B-A3B-Instruct-2507',
    'Qwen3 30B A3B Instruct 2507',
    'qwen',
    'moe',
    3,
    32768,
    false,
    all,
    null,
  ],
  [
    'Qwen/Qwen3-235B-A22B-Instruct-2507',
    'Qwen3 235B A22B Instruct 2507',
    'qwen',
    'moe',
    22,
    32768,
    false,
    sftAndSampling,
    [0.68, 1.7, 2.04],
  ],
  ['Qwen/Qwen3.5-4B', 'Qwen3.5 4B', 'qwen', 'dense', 4, 65536, false, all, [0.22, 0.67, 0.67]],
  ['Qwen/Qwen3.5-9B', 'Qwen3.5 9B', 'qwen', 'dense', 9, 65536, false, all, null],
  ['Qwen/Qwen3.5-9B-Base', 'Qwen3.5 9B Base', 'qwen', 'dense', 9, 65536, false, sft, null],
  ['Qwen/Qwen3.5-27B', 'Qwen3.5 27B', 'qwen', 'dense', 27, 65536, false, all, [1.24, 3.73, 3.73]],
  ['Qwen/Qwen3.5-35B-A3B', 'Qwen3.5 35B A3B', 'qwen', 'moe', 3, 65536, false, all, [0.36, 0.89, 1.07]],
  ['Qwen/Qwen3.5-35B-A3B-Base', 'Qwen3.5 35B A3B Base', 'qwen', 'moe', 3, 65536, false, sft, null],
  ['Qwen/Qwen3.5-397B-A17B', 'Qwen3.5 397B A17B', 'qwen', 'moe', 17, 65536, true, all, [2, 5, 6]],
  ['Qwen/Qwen3.6-27B', 'Qwen3.6 27B', 'qwen', 'dense', 27, 65536, false, all, null],
  ['Qwen/Qwen3.8-27B', 'Qwen3.8 27B', 'qwen', 'dense', 27, 65536, true, all, [1.86, 5.595, null]],
];

export const models = rows.map(
  ([tinker_id, display_name, family, type, size_b, context, extended, algorithms, rates]) => ({
    tinker_id,
    display_name,
    family,
    type,
    size_b,
    context_length: context,
    extended_context: extended,
    supported_algorithms: algorithms,
    pricing: rates && { prefill: rates[0], sample: rates[1], train: rates[2] },
  }),
);
