/** Builds the API reference: one HTML file, `docs-dist/index.html`, that needs nothing from any host. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { readCommandLine } from './command-line.ts';
import { readContract, root } from './contract/read.ts';
import { makePageCopy } from './docs/page-copy.ts';
import { redoclyOutput } from './redocly.ts';

const template = path.join(root, 'scripts/docs/template.hbs');

/** Redoc's: which samples it shows, and how deep the examples of responses are open. */
const settings = {
  openapi: {
    codeSamples: {
      languages: [
        { lang: 'shell', label: 'curl' },
        { lang: 'typescript', label: 'TypeScript' },
      ],
    },
    jsonSamplesExpandLevel: 'all',
  },
};

/** The page as text. */
export async function buildDocs(contract: OpenAPI3): Promise<string> {
  const { name } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const externalDocs = { description: `npm install ${name}`, url: `https://www.npmjs.com/package/${name}` };
  const files = {
    'openapi.json': JSON.stringify({ externalDocs, ...makePageCopy(contract) }),
    'redocly.yaml': JSON.stringify(settings),
  };
  const args = ['build-docs', 'openapi.json', '--inlineBundle', '--template', template];
  return redoclyOutput(files, args, 'index.html');
}

if (process.argv[1] === import.meta.filename) {
  readCommandLine({ command: 'npm run docs', summary: 'Builds the reference page, docs-dist/index.html.' });
  const file = path.join(root, 'docs-dist', 'index.html');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await buildDocs(await readContract()));
  console.log(`Wrote ${path.relative(process.cwd(), file)}`);
}
