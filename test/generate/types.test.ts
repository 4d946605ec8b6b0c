import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { generate } from '../../scripts/generate.ts';
import { parsedContract } from '../contract/read-yaml.ts';

const consumer = `
import type { components } from './schema.js';
type Model = components['schemas']['TrainingModel'];
export const algorithm: Model['supported_algorithms'][number] = 'ppo';
export const type: components['schemas']['APIErrorPayload']['type'] = 'mail_error';
`;

/** The compiler's messages about code that uses the types of a contract. */
async function typeCheck(contract: ReturnType<typeof parsedContract>): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'types-'));
  try {
    const file = path.join(folder, 'consumer.ts');
    writeFileSync(file, consumer);
    writeFileSync(path.join(folder, 'schema.ts'), (await generate(contract)).get('schema.ts') ?? '');
    const program = ts.createProgram([file], {
      strict: true,
      noEmit: true,
      types: [],
      lib: ['lib.es2022.d.ts'],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      erasableSyntaxOnly: true,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('an enum with null keeps its null, and no TypeScript enum is emitted, which cannot be erased', async () => {
  const contract = parsedContract();
  contract.components.schemas.ValidationErrorItem.properties.type = {
    enum: ['a', 'b', null],
    description: '-',
  };
  const schema = (await generate(contract)).get('schema.ts') ?? '';
  expect(schema).toContain('type: "a" | "b" | null;');
  expect(schema).not.toMatch(/^\s*(export )?(declare |const )*enum /m);
});

test('code that uses a value compiles until the contract drops the value', { timeout: 120_000 }, async () => {
  expect(await typeCheck(parsedContract())).toEqual([]);

  const contract = parsedContract();
  const { TrainingModel, APIErrorPayload } = contract.components.schemas;
  TrainingModel.properties.supported_algorithms.items.enum = ['sft', 'importance_sampling'];
  APIErrorPayload.properties.type.enum = ['server_error'];
  expect(await typeCheck(contract)).toEqual([
    `Type '"ppo"' is not assignable to type '"sft" | "importance_sampling"'.`,
    `Type '"mail_error"' is not assignable to type '"server_error"'.`,
  ]);
});
