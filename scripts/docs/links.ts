/** Links into the page: the addresses that Redoc gives to operations and to their responses. */
import type { Answer, Operation } from './operations.ts';

/** `list_training_catalog_endpoint`; from the method and the path if the contract has none. */
export function idOf({ node, name }: Operation): string {
  return slug(node.operationId ?? name);
}

/** A link that opens the response's tab and moves to it. */
export function linkTo(operation: Operation, { status, response }: Answer): string {
  // Without a tag an operation is among the others.
  const [tag = 'other'] = operation.node.tags ?? [];
  const place = `${slug(tag)}/${idOf(operation)}`;
  return `#/${place}#${place}/response&c=${status}${response.content ? '/body' : ''}`;
}

/** As Redoc does it: in lower case, words joined by hyphens. */
const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\w]+/g, '-');
