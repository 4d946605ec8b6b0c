/** Weighs the client in a browser bundle, and those of its peers that check answers or try again. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../contract/read.ts';
import { bundle, clientEntry, gzip, limit } from '../weigh.ts';
import { exactly } from './measure.ts';
import { writeRedoclyClient } from './redocly-client.ts';
import { inScratch } from './scratch.ts';
import type { Suite } from './suite.ts';
import type { Goal } from './verdict.ts';

const weigh = async (input: string): Promise<number[]> =>
  (await bundle(input, true)).map(({ code }) => gzip(code));

const schemas = path.join(root, 'scripts/bench/schemas');
const zod = `export { zodPage } from '${schemas}/zod.ts';`;
const valibot = `export { valibotPage } from '${schemas}/valibot.ts'; export { safeParse } from 'valibot';`;
const openapiFetch = `export { default } from 'openapi-fetch';`;
const ky = `export { default } from 'ky';`;

/** What one would install for the same promises, or for some of them. */
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

export const run: Suite = () =>
  inScratch(async (folder) => {
    const [ours = 0, later = 0] = await weigh(clientEntry);
    const weights: Record<string, number> = {};
    for (const [name, code] of Object.entries({ ...bare, ...retrying, ...checking, ...both })) {
      const file = path.join(folder, 'entry.js');
      await writeFile(file, code);
      weights[name] = (await weigh(file))[0] as number;
    }
    weights['redocly generate-client'] = (await weigh(await writeRedoclyClient(folder)))[0] as number;
    const lightest = (peers: object) =>
      Object.keys(peers).reduce((least, name) =>
        (weights[name] as number) < (weights[least] as number) ? name : least,
      );
    const against = (what: string, peers: object): Goal => ({
      what: `the same, against the lightest peer that ${what}, ${lightest(peers)}`,
      figure: exactly(ours),
      unit: 'bytes',
      atMost: (weights[lightest(peers)] as number) - 1,
    });
    return {
      goals: [
        {
          what: 'bytes to a browser, gzip, everything on',
          figure: exactly(ours),
          unit: 'bytes',
          atMost: limit,
        },
        against('checks answers and tries again', both),
        against('does one of the two', { ...retrying, ...checking }),
      ],
      details: {
        'bytes to a browser, minified, gzip': [
          `ours: ${ours}, and ${later} more at the first listAllModels`,
          ...Object.entries(weights).map(([name, bytes]) => `${name}: ${bytes}`),
        ],
      },
    };
  });
