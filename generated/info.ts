// Written by `npm run generate` from the contract. Do not edit.
/** The version of the contract. */
export const version = "1.0.0" as const;

/** The first of the servers. */
export const serverUrl = "https://app.dreadnode.io" as const;
