/** Makes contracts of many operations out of ours. */
import type { OpenAPI3 } from 'openapi-typescript';

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches into the document at will.
type Node = any;

/** Our contract with `count` operations. Each new one has a new path, response and schemas, and shares the errors. */
export function growContract(contract: OpenAPI3, count: number): OpenAPI3 {
  const grown: Node = structuredClone(contract);
  const [[path, item]] = Object.entries<Node>(grown.paths) as [[string, Node]];
  const { schemas, responses } = grown.components;
  const success = item.get.responses['200'].$ref.split('/').at(-1) as string;
  const page = responses[success].content['application/json'].schema.$ref.split('/').at(-1) as string;
  for (let n = 2; n <= count; n += 1) {
    const operation = structuredClone(item);
    operation.get.operationId += `_${n}`;
    operation.get.responses['200'] = { $ref: `#/components/responses/${success}${n}` };
    grown.paths[`${path}/${n}`] = operation;

    const response = structuredClone(responses[success]);
    response.content['application/json'].schema = { $ref: `#/components/schemas/${page}${n}` };
    responses[`${success}${n}`] = response;

    const { $ref } = schemas[page].properties.models.items;
    const model = $ref.split('/').at(-1) as string;
    schemas[`${model}${n}`] = structuredClone(schemas[model]);
    schemas[`${page}${n}`] = structuredClone(schemas[page]);
    schemas[`${page}${n}`].properties.models.items = { $ref: `${$ref}${n}` };
  }
  return grown;
}
