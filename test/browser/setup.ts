/** Says at the end which tests were left out for want of a browser. */
import { browserTests, leavesOutBrowserTests } from './find.ts';

export default function setup() {
  return () => {
    if (!leavesOutBrowserTests) return;
    console.log(
      `Left out, as they need a browser: ${browserTests.join(', ')}. Install Chromium or Chrome, or set CHROMIUM_PATH.`,
    );
  };
}
