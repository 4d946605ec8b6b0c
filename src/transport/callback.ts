/** Calls the caller back without letting what happens there change the call. */

/** Neither a throw nor a rejection gets out. */
export function notify<Event>(callback: ((event: Event) => unknown) | undefined, event: Event): void {
  try {
    Promise.resolve(callback?.(event)).catch(() => {});
  } catch {}
}
