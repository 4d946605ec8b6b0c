import config from './vitest.config.ts';

/**
 * The client's tests by example. Properties of hundreds of cases, or walks of thousands of models, would take too
 * long for each mutant, and child processes do not run the mutant.
 */
export default {
  ...config,
  test: {
    ...config.test,
    include: ['test/client/*.test.ts', 'test/unknown-values.test.ts', 'test/violations.test.ts'],
    exclude: ['test/client/properties.test.ts', 'test/client/process.test.ts'],
    // The last two load the client anew, which would make each mutant of a constant a matter of these tests alone.
    testNamePattern:
      /^(?!.*(10000 models|Any catalog|never loses|neither the key|neither AbortSignal|another copy))/,
    // A mutant that never answers is told by the test that waits for it, which takes less than Stryker's limit.
    testTimeout: 15_000,
  },
};
