/** Makes contracts of any number of operations out of ours. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { contractPath } from '../contract/read.ts';

type Document = { paths: Record<string, unknown>; components: Record<string, Record<string, unknown>> };

/** Each operation has a path, and components, of its own, so that the document grows with their number. */
export function largeContract(operations: number): Document {
  const text = readFileSync(contractPath, 'utf8');
  const contract: Document = parse(text);
  for (let copy = 2; copy <= operations; copy += 1) {
    // Every component, and every reference to one, under a name of its own.
    const own = text.replace(/(#\/components\/(?!securitySchemes)\w+\/\w+)/g, `$1_${copy}`);
    const { paths, components }: Document = parse(own.replace(/^( {6}operationId: \w+)/gm, `$1_${copy}`));
    for (const [path, item] of Object.entries(paths)) contract.paths[`${path}/${copy}`] = item;
    for (const [kind, all] of Object.entries(components)) {
      if (kind === 'securitySchemes') continue;
      for (const [name, component] of Object.entries(all)) {
        Object.assign(contract.components[kind] as object, { [`${name}_${copy}`]: component });
      }
    }
  }
  return contract;
}
