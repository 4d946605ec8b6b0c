import { http } from 'msw';
import { createCatalogHandler } from 'training-catalog-contract/server';

const catalog = createCatalogHandler();

export const handlers = [http.get('*/api/v1/training/catalog', ({ request }) => catalog(request))];
