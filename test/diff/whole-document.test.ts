/** The backend's own document, which describes much more than our path. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { contractPath } from '../../scripts/contract/read.ts';
import { ContractDocument } from '../../scripts/diff/document.ts';
import { compare } from '../../scripts/diff.ts';

const text = readFileSync(contractPath, 'utf8');
const contract = new ContractDocument('openapi.yaml', text);
const [route = ''] = contract.paths;

/** What FastAPI would write for the whole backend: parameters in place, other names, other paths around. */
// biome-ignore lint/suspicious/noExplicitAny: an edit reaches into a parsed document.
function backend(edit?: (document: any) => void): ContractDocument {
  const own = parse(text);
  const operation = own.paths[route].get;
  operation.parameters = Object.values(own.components.parameters);
  operation.security = [{ HTTPBearer: [] }];
  for (const [status, { $ref }] of Object.entries<{ $ref: string }>(operation.responses)) {
    operation.responses[status] = own.components.responses[$ref.split('/').at(-1) ?? ''];
  }
  const ok = { 200: { description: 'Successful Response', content: { 'application/json': { schema: {} } } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Platform', version: '0.116.0' },
    paths: {
      '/api/v1/users': { get: { operationId: 'list_users', tags: ['users'], responses: ok } },
      [route]: { get: operation },
      '/api/v1/jobs/{id}': {
        delete: {
          operationId: 'cancel_job',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Tree' } },
          ],
          responses: ok,
        },
      },
    },
    components: {
      schemas: {
        // Contains itself, which is fine as long as our path has no part in it.
        Tree: { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } },
        ...own.components.schemas,
      },
      examples: own.components.examples,
      securitySchemes: { HTTPBearer: { type: 'http', scheme: 'bearer' } },
    },
  };
  edit?.(document);
  return new ContractDocument('backend.json', JSON.stringify(document, null, 2));
}

test('the same operation inside the whole backend has no changes', async () => {
  expect(await compare(backend(), contract)).toEqual({ changes: [], pathOnly: true });
});

test('one field changed upstream is exactly one change, with its place in both documents', async () => {
  const upstream = backend(({ components, paths }) => {
    components.schemas.TrainingModel.properties.context_length.type = 'number';
    paths['/api/v1/users'].get.operationId = 'all_users';
  });
  const { changes } = await compare(contract, upstream);
  const place = '#/components/schemas/TrainingModel/properties/context_length/type';
  expect(changes).toEqual([
    {
      impact: 'major',
      message: "Type of `context_length` widened from 'integer' to 'number'.",
      base: place,
      revision: place,
    },
  ]);
  expect(upstream.locate(place)).toMatch(/^backend\.json:\d+:\d+$/);
  const [, line] = upstream.locate(place).split(':');
  const { components } = upstream.content as { components: unknown };
  expect(JSON.stringify(upstream.content, null, 2).split('\n')[Number(line) - 1]).toContain(
    '"type": "number"',
  );
  expect(components).toBeDefined();
});

test('a backend without our path is refused by name', async () => {
  const upstream = backend(({ paths }) => {
    delete paths[route];
  });
  await expect(compare(upstream, contract)).rejects.toThrow(`backend.json lacks the path ${route}`);
});
