/** Measures the size of the client in a browser bundle, and of other clients and validators. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../contract/read.ts';
import { bundle, clientEntry, gzip, limit } from '../weigh.ts';
import { exactly } from './measure.ts';
import { writeRedoclyClient } from './redocly-client.ts';
import { inScratch } from './scratch.ts';
import type { Suite } from './suite.ts';

const weigh = async (input: string): Promise<number> => gzip((await bundle(input)).code);

const schemas = path.join(root, 'scripts/bench/schemas');
const zod = `export { zodPage } from '${schemas}/zod.ts';`;
const valibot = `export { valibotPage } from '${schemas}/valibot.ts'; export { safeParse } from 'valibot';`;
const openapiFetch = `export { default } from 'openapi-fetch';`;
const ky = `export { default } from 'ky';`;

/** Entries with some of the client's features, from none to all of them. */
const bare: Record<string, string> = {
  'openapi-fetch': openapiFetch,
  'hey-api client-fetch': `export { createClient } from '@hey-api/client-fetch';`,
};
const retrying: Record<string, string> = { ky, 'openai (Stainless)': `export { default } from 'openai';` };
const checking: Record<string, string> = {
  'openapi-fetch + zod': openapiFetch + zod,
  'openapi-fetch + valibot': openapiFetch + valibot,
};
const both: Record<string, string> = { 'ky + zod': ky + zod, 'ky + valibot': ky + valibot };
const together = 'openapi-fetch + ky + valibot';
const all: Record<string, string> = {
  [together]: `export { default as createClient } from 'openapi-fetch'; ${ky} ${valibot}`,
};

export const run: Suite = () =>
  inScratch(async (folder) => {
    const ours = await weigh(clientEntry);
    const weights: Record<string, number> = {};
    for (const [name, code] of Object.entries({ ...bare, ...retrying, ...checking, ...both, ...all })) {
      const file = path.join(folder, 'entry.js');
      await writeFile(file, code);
      weights[name] = await weigh(file);
    }
    weights['redocly generate-client'] = await weigh(await writeRedoclyClient(folder));
    return {
      goals: [
        {
          what: 'bytes to a browser, gzip, everything on',
          figure: exactly(ours),
          unit: 'bytes',
          atMost: limit,
        },
        {
          what: `the same ÷ ${together}`,
          figure: exactly(ours / (weights[together] as number)),
          unit: 'times',
          atMost: 2,
        },
      ],
      details: {
        'bytes to a browser, minified, gzip': [
          `ours: ${ours}`,
          ...Object.entries(weights).map(([name, bytes]) => `${name}: ${bytes}`),
        ],
      },
    };
  });
