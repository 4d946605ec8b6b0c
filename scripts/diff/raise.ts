/** Writes a version into every file that states it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isScalar, parseDocument } from 'yaml';
import { readContract } from '../contract/read.ts';
import { generate, writeGenerated } from '../generate.ts';

/** Contract, package, lockfile, and what is generated from the contract. */
export async function raiseVersion(directory: string, version: string): Promise<void> {
  const contract = path.join(directory, 'openapi', 'openapi.yaml');
  const text = await readFile(contract, 'utf8');
  const node = parseDocument(text).getIn(['info', 'version'], true);
  if (!isScalar(node) || !node.range) throw new Error(`${contract} has no info.version.`);
  // Only these characters change, so that comments and layout stay as they are.
  await writeFile(contract, text.slice(0, node.range[0]) + version + text.slice(node.range[1]));

  for (const name of ['package.json', 'package-lock.json']) {
    const file = path.join(directory, name);
    const content = JSON.parse(await readFile(file, 'utf8'));
    content.version = version;
    if (content.packages) content.packages[''].version = version;
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  }
  await writeGenerated(await generate(await readContract(contract)), path.join(directory, 'generated'));
}
