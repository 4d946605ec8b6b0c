/** Says where a server listens, or why it cannot. */

/** The URL of a server that listens on an address: `http://[::1]:4010`. */
export function urlOf(address: string, port: number | string): string {
  // Nothing can be sent to the wildcard addresses.
  const callable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
  return `http://${callable.includes(':') ? `[${callable}]` : callable}:${port}`;
}

/** The error, in one line, of a server that cannot listen. */
export function listenError(cause: unknown, port: number, host: string): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (reason.includes('EADDRINUSE'))
    return new Error(`Port ${port} of ${host} is in use: choose another, or 0 for any free one.`, { cause });
  if (reason.includes('EACCES'))
    return new Error(`Port ${port} of ${host} needs more rights than this process has.`, { cause });
  return new Error(`Cannot listen on port ${port} of ${host}: ${reason}`, { cause });
}
