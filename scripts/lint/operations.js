/** Finds the operations that our server answers, and their responses. */

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Every operation under `paths`. Those of webhooks and callbacks are left out: somebody else answers them.
 *
 * @param paths the node of a `Paths` visitor
 * @param ctx what Redocly hands to that visitor
 */
export function* operationsOf(paths, ctx) {
  for (const [path, item] of Object.entries(paths)) {
    const place = follow(item, ctx.location.child([path]), ctx);
    for (const method of methods) {
      const operation = place?.node?.[method];
      if (!operation) continue;
      yield {
        name: `${method.toUpperCase()} ${path}`,
        method,
        operation,
        location: place.location.child([method]),
      };
    }
  }
}

/**
 * The responses of an operation, with references followed; `ref` is the reference to a shared response.
 *
 * A reference that does not resolve is left out, since `no-unresolved-refs` reports it.
 */
export function* responsesOf({ operation, location }, ctx) {
  for (const [status, raw] of Object.entries(operation.responses ?? {})) {
    if (status.startsWith('x-')) continue;
    const place = follow(raw, location.child(['responses', status]), ctx);
    if (place) yield { status, ref: raw?.$ref, response: place.node, location: place.location };
  }
}

/** The node and its place, or what it refers to. */
export function follow(node, location, { resolve }) {
  if (typeof node?.$ref !== 'string') return node && { node, location };
  const target = resolve(node, location.source.absoluteRef);
  return target.node && target.location && { node: target.node, location: target.location };
}
