/** Calls the caller back without letting what happens there change the call. */

/** Neither a throw nor a rejection gets out. */
export function notify<Event>(callback: ((event: Event) => unknown) | undefined, event: Event): void {
  try {
    const returned = callback?.(event) as Promise<unknown> | undefined;
    returned?.catch?.(() => {});
  } catch {}
}
