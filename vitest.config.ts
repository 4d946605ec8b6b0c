import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { browserTests, leavesOutBrowserTests } from './test/browser/find.ts';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Small files that take long. Vitest begins with the largest, and one of these would end when all others have. */
const slow = /\/(?:verify\/faults|mock\/scripts|dev\/watch|dev\/command-line|client\/process)\.test\.ts$/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  // Under its own name the package is its source here, so that the documented snippets run as they stand.
  resolve: {
    alias: [
      { find: /^training-catalog-contract$/, replacement: source('index.ts') },
      {
        find: /^training-catalog-contract\/operations$/,
        replacement: fileURLToPath(new URL('generated/operations.ts', import.meta.url)),
      },
      { find: /^training-catalog-contract\/server$/, replacement: source('server/index.ts') },
      { find: /^training-catalog-contract\/server\/node$/, replacement: source('server/node.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(leavesOutBrowserTests ? browserTests : [])],
    // One Prism for all files, as the README recommends it to users.
    globalSetup: ['test/mock/global-setup.ts', 'test/browser/find.ts'],
    // Types are checked by tsc, which `npm test` runs first.
    reporters: ['dot'],
    // What passes says nothing.
    silent: 'passed-only',
    // One for each core: by default one core is left to watch, and two cores would run one file at a time.
    maxWorkers: '100%',
    // Files of one worker share what they import, which takes a quarter off the time; so each must clean up.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/client/**', 'src/transport/**'],
      // Runs in Chromium.
      exclude: ['src/transport/network-in-page.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
