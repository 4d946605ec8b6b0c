/** Builds the API reference: one HTML file, `docs-dist/index.html`, that needs nothing from any host. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpenAPI3, SchemaObject } from 'openapi-typescript';
import { readCommandLine } from './command-line.ts';
import { errorGuides } from './contract/constants.ts';
import { at } from './contract/pointer.ts';
import { readContract, root } from './contract/read.ts';
import { redocly } from './redocly.ts';

/** Redoc shows this at the foot of the menu; there it comes from a host of its own. */
const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-[\w-]+\.svg/g;
const ownLogo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="14"><text y="11" font-family="sans-serif" font-size="11" fill="#0044d4">Redocly</text></svg>',
)}`;

/** Should a later Redoc ask another host for something, the browser refuses. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** The page as text. */
export async function buildDocs(contract: OpenAPI3): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'contract-docs-'));
  try {
    // A tag of words only is a section of its own, with an entry in the menu.
    const errors = { name: 'Errors', description: errorGuide(contract), 'x-traitTag': true };
    await writeFile(path.join(directory, 'openapi.json'), JSON.stringify({ ...contract, tags: [errors] }));
    await redocly(['build-docs', 'openapi.json', '--inlineBundle', '--output', 'index.html'], directory);
    const html = await readFile(path.join(directory, 'index.html'), 'utf8');
    return html
      .replace('<head>', `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`)
      .replace(logo, ownLogo);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The descriptions of the error responses side by side, which the reference itself shows one at a time. */
function errorGuide(contract: OpenAPI3): string {
  const entries = errorGuides(contract).map(
    ({ status, meaning, retried, advice }) =>
      `**${status}**: ${meaning} Retried by the client: ${retried}. What to do: ${advice}`,
  );
  const type = at('#/components/schemas/APIErrorPayload/properties/type', contract) as SchemaObject;
  const words = (type.enum ?? []).map((word) => `\`${word}\``).join(', ');
  return [...entries, `The \`type\` of an error is one of these words so far: ${words}.`].join('\n\n');
}

if (process.argv[1] === import.meta.filename) {
  readCommandLine({ command: 'npm run docs', summary: 'Builds the reference page, docs-dist/index.html.' });
  const file = path.join(root, 'docs-dist', 'index.html');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await buildDocs(await readContract()));
  console.log(`Wrote ${path.relative(process.cwd(), file)}`);
}
