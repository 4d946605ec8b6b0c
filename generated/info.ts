// Written by `npm run generate` from the contract. Do not edit.
/** The version of the contract. */
export const version = "1.0.0" as const;

/** The first of the servers. */
export const serverUrl = "https://app.dreadnode.io" as const;

/** The statuses after which another attempt may succeed, in any operation (`x-retry`). */
export const retryStatuses = [
  "429",
  "500",
  "502",
  "504"
] as const;
