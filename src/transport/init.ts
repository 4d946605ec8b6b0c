/** Reads `init`, which callers pass through to the platform's `fetch`. */
import { usage } from './errors.ts';
import type { FetchInit, InitOptions } from './fetch.ts';
import { readObject } from './read-object.ts';

/** What `init` may not hold, and where it belongs. */
const elsewhere: Readonly<Record<keyof FetchInit, string>> = {
  method: 'each operation has its own',
  headers: 'pass them as option headers',
  body: 'it is given with the call',
  redirect: 'redirects are not followed',
  signal: 'pass it as option signal of a call',
};

/** @throws a `usage` error that names what `init` may not hold */
export function readInit(input: InitOptions | undefined): Record<string, unknown> {
  if (!input) return {};
  const init = readObject(input, [], 'option init as an object, such as { keepalive: true }');
  for (const name of Object.keys(elsewhere) as (keyof FetchInit)[]) {
    if (name in init) throw usage(`Option init takes no ${name}: ${elsewhere[name]}.`);
  }
  return init;
}
