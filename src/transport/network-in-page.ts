/** Stands in for `network-on-server.ts` in a page: a browser tells a program nothing of why there was no answer. */

export const explainOnServer = () => undefined;

export const proxyWords = () => '';
