/** Makes links into the page, with the addresses that Redoc gives operations and responses. */
import type { Answer, Operation } from './operations.ts';

/** `list_training_catalog_endpoint`; made from method and path if the contract has no id. */
export function idOf({ node, name }: Operation): string {
  return slug(node.operationId ?? name);
}

/** A link that opens the response's tab and moves to it. */
export function linkTo(operation: Operation, { status, response }: Answer): string {
  // Redoc lists operations without a tag under `other`.
  const [tag = 'other'] = operation.node.tags ?? [];
  const place = `${slug(tag)}/${idOf(operation)}`;
  return `#/${place}#${place}/response&c=${status}${response.content ? '/body' : ''}`;
}

/** Redoc's spelling: lower case, words joined by hyphens. */
const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\w]+/g, '-');
