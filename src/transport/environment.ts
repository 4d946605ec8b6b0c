/** What the runtime tells of itself, where it has a `process` that may be asked. */

interface ProcessLike {
  env?: Record<string, string | undefined>;
  versions?: Record<string, string | undefined>;
}

/** A variable of the environment. Empty counts as not set; Deno may refuse to tell. */
export function readEnvironment(name: string): string | undefined {
  try {
    return currentProcess()?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}

/** The version of Node as major and minor; undefined elsewhere, also where Node is only imitated. */
export function nodeVersion(): [major: number, minor: number] | undefined {
  const { node, bun, deno } = currentProcess()?.versions ?? {};
  if (!node || bun || deno) return undefined;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return [major, minor];
}

function currentProcess(): ProcessLike | undefined {
  return (globalThis as { process?: ProcessLike }).process;
}
