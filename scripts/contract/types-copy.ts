/** Makes the copy of the contract from which openapi-typescript makes types: the same facts, in forms that it can read. */
import type { OpenAPI3, ParameterObject } from 'openapi-typescript';
import { inlined } from './facts.ts';
import type { Operation } from './operations.ts';
import { at } from './pointer.ts';
import { isObject } from './resolve.ts';

/**
 * It has no `externalValue`, an address of an example that would be fetched; `nullable` beside a reference is written
 * as OpenAPI 3.1 has it; schemas that a discriminator maps to by name are referred to; and the descriptions of
 * parameters, which editors show, state their range and default.
 */
export function typesCopy(contract: OpenAPI3, operations: readonly Operation[]): OpenAPI3 {
  const copy: OpenAPI3 = JSON.parse(
    JSON.stringify(contract, (key, value) => {
      if (key === 'externalValue' && typeof value === 'string') return undefined;
      if (key === 'mapping' && isObject(value)) return referred(value, contract);
      const { $ref, nullable } = Object(value);
      return nullable === true && typeof $ref === 'string' ? { anyOf: [{ $ref }, { type: 'null' }] } : value;
    }),
  );
  // Operations share parameters.
  const parameters = new Map(
    operations.flatMap((operation) => operation.parameters).map((each) => [each.pointer, each]),
  );
  for (const [pointer, { schema }] of parameters) {
    const parameter = at(pointer, copy) as ParameterObject;
    const words = [parameter.description?.trim(), rangeOf(inlined(contract, schema?.node))];
    if (words[1]) parameter.description = words.filter(Boolean).join(' ');
  }
  return copy;
}

function referred(mapping: Record<string, unknown>, { components }: OpenAPI3): Record<string, unknown> {
  const isName = (name: unknown) => Object.hasOwn(components?.schemas ?? {}, String(name));
  return Object.fromEntries(
    Object.entries(mapping).map(([tag, name]) => [tag, isName(name) ? `#/components/schemas/${name}` : name]),
  );
}

/** `1 to 100, default 20.` Empty if the schema says neither. */
function rangeOf({ anyOf, oneOf, ...own }: Record<string, unknown>): string {
  const branches = [anyOf, oneOf].flat().filter((branch) => isObject(branch) && branch['type'] !== 'null');
  const {
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    default: value,
  } = Object.assign({}, ...(branches.length === 1 ? branches : []), own);
  const parts: string[] = [];
  if (minimum !== undefined && maximum !== undefined) parts.push(`${minimum} to ${maximum}`);
  else if (minimum !== undefined) parts.push(`at least ${minimum}`);
  else if (maximum !== undefined) parts.push(`at most ${maximum}`);
  if (exclusiveMinimum !== undefined) parts.push(`more than ${exclusiveMinimum}`);
  if (exclusiveMaximum !== undefined) parts.push(`less than ${exclusiveMaximum}`);
  if (value !== undefined && value !== null) parts.push(`default ${JSON.stringify(value)}`);
  const words = parts.join(', ');
  return words && `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
