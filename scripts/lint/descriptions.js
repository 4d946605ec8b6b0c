/** The rules about descriptions. They become doc comments in the types and text on the reference page. */

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const NamedSchemaDescription = () => ({
  NamedSchemas: (schemas, ctx) => check('Schema', schemas, ctx),
});

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const PropertyDescription = () => ({
  SchemaProperties: (properties, ctx) => check('Property', properties, ctx),
});

function check(kind, schemas, { report, location }) {
  for (const [name, schema] of Object.entries(schemas)) {
    // The target of a reference has to have a description itself.
    if (typeof schema !== 'object' || schema === null || '$ref' in schema) continue;
    if (isText(schema.description)) continue;
    report({
      message: `${kind} \`${name}\` has no description: say what it means, with its unit.`,
      location: location.child([name, 'description']),
    });
  }
}

export function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
