/** Looks up what the contract says about a status. */

type ByStatus<Entry> = Readonly<Record<string, Entry>>;

/** The entry for a status, else for its class (`4XX`), else for all others (`default`). */
export function byStatus<Entry>(entries: ByStatus<Entry>, status: number): Entry | undefined {
  return entries[status] ?? entries[`${Math.floor(status / 100)}XX`] ?? entries['default'];
}
