/** Finds a browser for the tests that need one: Chromium or Chrome, where each system keeps it. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  path.join(process.env['PROGRAMFILES'] ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe'),
];

/** The browser to start; undefined if there is none. `CHROMIUM_PATH` is used if it is set. */
export function findBrowser(): string | undefined {
  return process.env['CHROMIUM_PATH'] || usualPaths.find((file) => existsSync(file));
}

/** The test files that start a browser. */
export const browserTests = [
  'test/browser/**/*.test.ts',
  'test/docs/reference.test.ts',
  'test/docs/several-operations.test.ts',
];

/** Without a browser these tests are left out, except on CI, where they fail instead of being forgotten. */
export const leavesOutBrowserTests = findBrowser() === undefined && !process.env['CI'];

/** As vitest's global set-up: says at the end which tests were left out for want of a browser. */
export function teardown(): void {
  if (!leavesOutBrowserTests) return;
  console.log(
    `Left out, as they need a browser: ${browserTests.join(', ')}. Install Chromium or Chrome, or set CHROMIUM_PATH.`,
  );
}
