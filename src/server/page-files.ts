/** Reads the page and the contract from the files of this package. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

interface PageFile {
  body: string;
  headers: Record<string, string>;
}

let files: ReadonlyMap<string, PageFile> | undefined;

/** By path. They are read once. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  files ??= new Map([
    ['/', readPage()],
    [
      '/openapi.json',
      { body: read('generated/openapi.json'), headers: { 'content-type': 'application/json' } },
    ],
    [
      '/openapi.yaml',
      { body: read('openapi/openapi.yaml'), headers: { 'content-type': 'application/yaml' } },
    ],
  ]);
  return files;
}

/** The page is three files, so that each can be edited and checked as what it is, and is sent as one. */
function readPage(): PageFile {
  const style = read('src/server/page/page.css');
  const script = read('src/server/page/page.js');
  const body = read('src/server/page/page.html')
    .replace('<link rel="stylesheet" href="page.css">', () => `<style>${style}</style>`)
    .replace('<script type="module" src="page.js">', () => `<script type="module">${script}`);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    // The icon. Without one, browsers ask for /favicon.ico, and report that the policy forbids it.
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return { body, headers: { 'content-type': 'text/html', 'content-security-policy': policy.join('; ') } };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const manifest = pathToFileURL(
  createRequire(import.meta.url).resolve('training-catalog-contract/package.json'),
);

/** By the package's name, its files are found from the sources and from the build. */
function read(file: string): string {
  return readFileSync(new URL(file, manifest), 'utf8');
}
