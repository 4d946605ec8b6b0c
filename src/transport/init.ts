/** Reads the options of the platform that callers pass on to `fetch`. */
import { usage } from './errors.ts';
import type { FetchInit, InitOptions } from './fetch.ts';
import { readObject } from './read-object.ts';

/** Where to say what is not said here. */
const elsewhere: Readonly<Record<keyof FetchInit, string>> = {
  method: 'each operation has its own',
  headers: 'pass them as option headers',
  body: 'it is given with the call',
  redirect: 'redirects are not followed',
  signal: 'pass it as option signal of a call',
};

/** @throws a `usage` error that names what is not for `init` to say */
export function readInit(input: InitOptions | undefined): Record<string, unknown> {
  const init = readObject(input ?? {}, [], 'option init as an object, such as { keepalive: true }');
  for (const name of Object.keys(elsewhere) as (keyof FetchInit)[]) {
    if (name in init) throw usage(`Option init takes no ${name}: ${elsewhere[name]}.`);
  }
  return init;
}
