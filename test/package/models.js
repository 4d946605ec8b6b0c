/** The small catalog that the suite is served, as plain JavaScript. */
const model = (tinker_id, family, size_b, supported_algorithms) => ({
  tinker_id,
  display_name: tinker_id,
  family,
  type: 'dense',
  size_b,
  context_length: 1024,
  supported_algorithms,
});

export const models = [
  model('org/small', 'qwen', 1, ['sft']),
  model('org/middle', 'llama', 20, ['sft', 'ppo']),
  model('org/large', 'qwen', 20, ['sft', 'ppo']),
  model('org/huge', 'qwen', 400, ['sft']),
  model('org/late', 'qwen', 70, ['sft']),
];
