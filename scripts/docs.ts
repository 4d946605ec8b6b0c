/** Builds the API reference: one HTML file, `docs-dist/index.html`, that needs nothing from any host. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { readCommandLine } from './command-line.ts';
import { readContract, root } from './contract/read.ts';
import { sampleLanguages } from './docs/code-samples.ts';
import { makePageCopy } from './docs/page-copy.ts';
import { redoclyOutput } from './redocly.ts';

/** Redoc loads this logo, at the foot of its menu, from another host. */
const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-[\w-]+\.svg/g;
const inlineLogo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="14"><text y="11" font-family="sans-serif" font-size="11" fill="#0044d4">Redocly</text></svg>',
)}`;

/** The browser refuses every request to another host, should a later Redoc make one. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:";

/**
 * Makes the error guide fit on narrow screens, and makes a link to the body of a response also show the
 * description above it.
 */
const style = `
    @media (max-width: 600px) { .md-table-wrapper :is(th, td) { padding: 6px !important; } }
    .md-table-wrapper td:nth-child(5) { overflow-wrap: anywhere; }
    [id*="/response&c="] { scroll-margin-top: 15rem !important; }
  `;

/** Redoc shows samples in these languages only. */
const settings = { openapi: { codeSamples: { languages: sampleLanguages } } };

/** The page as text. */
export async function buildDocs(contract: OpenAPI3): Promise<string> {
  const files = {
    'openapi.json': JSON.stringify(makePageCopy(contract)),
    'redocly.yaml': JSON.stringify(settings),
  };
  const html = await redoclyOutput(files, ['build-docs', 'openapi.json', '--inlineBundle'], 'index.html');
  return html
    .replace(
      '<head>',
      `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">\n  <style>${style}</style>`,
    )
    .replace(logo, inlineLogo);
}

if (process.argv[1] === import.meta.filename) {
  readCommandLine({ command: 'npm run docs', summary: 'Builds the reference page, docs-dist/index.html.' });
  const file = path.join(root, 'docs-dist', 'index.html');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await buildDocs(await readContract()));
  console.log(`Wrote ${path.relative(process.cwd(), file)}`);
}
