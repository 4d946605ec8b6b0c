import { createCatalogHandler } from 'training-catalog-contract/server';

/** Answers 429, then 503, then as usual. */
export const catalog = createCatalogHandler({
  intercept: (_request, n) => {
    const status = [429, 503][n];
    return status ? new Response(null, { status, headers: { 'retry-after': '0' } }) : undefined;
  },
});
