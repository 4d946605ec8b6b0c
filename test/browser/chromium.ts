/** Starts the Chromium of this machine, with a fresh profile and no background requests. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './find.ts';

/** @throws Error that says how to install it */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error(
      `This test needs a browser${executablePath ? `, and ${executablePath} is not there` : ''}: install Chromium (\`apt-get install chromium\`) or Chrome, or set CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
