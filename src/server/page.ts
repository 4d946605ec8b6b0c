/** Puts a page for people, and the contract that it reads, beside a handler. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CatalogHandler } from './handler.ts';
import { respond } from './respond.ts';

/**
 * Adds `/`, a page on which the catalog can be looked at and filtered, and the contract as `/openapi.json` and
 * `/openapi.yaml`. None of them needs a key. All other requests are the handler's.
 *
 * @example
 * const server = await listen(withPage(createCatalogHandler()), { port: 4010 });
 */
export function withPage(handler: CatalogHandler): CatalogHandler {
  const page = readPage();
  const files: Record<string, { body: string; headers: Record<string, string> }> = {
    '/': {
      body: page.html,
      headers: { 'content-type': 'text/html', 'content-security-policy': page.policy },
    },
    '/openapi.json': {
      body: readPackaged('generated/openapi.json'),
      headers: { 'content-type': 'application/json' },
    },
    '/openapi.yaml': {
      body: readPackaged('openapi/openapi.yaml'),
      headers: { 'content-type': 'application/yaml' },
    },
  };
  return async (request) => {
    const { method } = request;
    const file = files[new URL(request.url).pathname];
    if (!file || (method !== 'GET' && method !== 'HEAD')) return handler(request);
    return respond(200, method === 'HEAD' ? null : file.body, file.headers);
  };
}

/** The page is three files, so that each can be read and checked as what it is, and is sent as one. */
function readPage(): { html: string; policy: string } {
  const style = readPackaged('src/server/page/page.css');
  const script = readPackaged('src/server/page/page.js');
  const html = readPackaged('src/server/page/page.html')
    .replace('<link rel="stylesheet" href="page.css">', () => `<style>${style}</style>`)
    .replace('<script type="module" src="page.js">', () => `<script type="module">${script}`);
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    // The icon. Without one, browsers ask for /favicon.ico, and report that the policy forbids it.
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return { html, policy: policy.join('; ') };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const { resolve } = createRequire(import.meta.url);

/** Reads a file of this package. By the package's name it is found from the sources and from the build. */
function readPackaged(file: string): string {
  return readFileSync(
    new URL(file, pathToFileURL(resolve('training-catalog-contract/package.json'))),
    'utf8',
  );
}
