import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContractError, readContract } from '../../scripts/contract/read.ts';
import { generate, generateAll, writeGenerated } from '../../scripts/generate.ts';
import { compile, generatedModules, temporaryFolder, writeFiles } from './scratch.ts';

/** Has one of each thing that a case may put a fault into. */
const sound = `openapi: 3.1.0
info:
  title: Small
  version: 1.0.0
paths:
  /look:
    get:
      operationId: look
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
      responses:
        "200":
          description: What was found.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Found"
  /seek:
    get:
      operationId: seek
      responses:
        "204":
          description: Nothing.
components:
  schemas:
    Found:
      type: string
      maxLength: 9
`;

/** What is said of the contract, each line without the name of the file. */
async function complaint(text: string): Promise<string[]> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'contract.yaml': text });
  const file = path.join(folder, 'contract.yaml');
  const message = await readContract(file)
    .then((contract) => generateAll(contract, file))
    .then(
      () => '',
      (error: unknown) => {
        if (error instanceof ContractError) return error.message;
        throw error;
      },
    );
  const shown = `${path.relative(process.cwd(), file)}:`;
  const lines = message.split('\n').filter(Boolean);
  for (const line of lines) expect(line.startsWith(shown), line).toBe(true);
  return lines.map((line) => line.slice(shown.length));
}

/** A fault in place of a part of the sound contract, with the mark › where the fault is to be found. */
async function expectComplaint(part: string, fault: string, says: RegExp): Promise<void> {
  const marked = sound.replace(part, () => fault);
  const before = marked.slice(0, marked.indexOf('›')).split('\n');
  const lines = await complaint(marked.replace('›', ''));
  expect(lines).toEqual([expect.stringMatching(says)]);
  expect(lines[0]?.split(' ')[0]).toBe(`${before.length}:${(before.at(-1)?.length ?? 0) + 1}`);
}

test('a valid contract is accepted, also with unknown keywords, odd annotations and any extensions', async () => {
  expect(await complaint(sound)).toEqual([]);
  const odd = [
    'placeholder: what FastAPI calls json_schema_extra',
    'examples: { first: { value: a } }',
    'not: false',
    'x-code-samples: [{ name: 1 }]',
  ];
  expect(await complaint(sound.replace('maxLength: 9', odd.join('\n      ')))).toEqual([]);
});

test('schemas nested two hundred deep are accepted', async () => {
  const chain = Array.from({ length: 200 }, (_, index) => {
    const next = index < 199 ? `{ $ref: "#/components/schemas/S${index + 1}" }` : '{ type: string }';
    const fields = Array.from({ length: 9 }, (_, field) => `f${field}: { type: string }`).join(', ');
    return `    S${index}: { type: object, properties: { ${fields}, next: ${next} } }\n`;
  });
  const text = sound
    .replace('schemas/Found', 'schemas/S0')
    .replace('    Found:', () => `${chain.join('')}    Found:`);
  expect(await complaint(text)).toEqual([]);
});

describe('what is not OpenAPI 3.1 is refused with line and column, and nothing is written:', () => {
  test.each([
    ['a YAML syntax error', 'version: 1.0.0', 'version: 1.0.0›: final', /bad indentation/],
    [
      'a key twice',
      'operationId: look',
      'operationId: first\n      ›operationId: look',
      /duplicated mapping key/,
    ],
    ['an unknown keyword', 'name: limit', 'name: limit\n          ›nome: limit', /`nome` is not expected/],
    [
      'a reference to nothing',
      '$ref: "#/components/schemas/Found"',
      '›$ref: "#/Lost"',
      /Can't resolve \$ref/,
    ],
    ['another version of OpenAPI', 'openapi: 3.1.0', '›openapi: 3.0.3', /openapi: 3\.1/],
    ['two operations with one id', 'operationId: seek', '›operationId: look', /unique `operationId`/],
  ])('%s', async (_, part, fault, says) => {
    await expectComplaint(part, fault, says);
  });

  test('a file that is not there', async () => {
    await expect(readContract('absent.yaml')).rejects.toThrow(/absent\.yaml: .*no such file/);
  });
});

describe('what can not become code is refused with line and column, and what to write:', () => {
  test.each([
    [
      'a pattern of another language',
      "pattern: ›'(?i)a'",
      /"\(\?i\)a" is no regular expression of ECMAScript .*: write it as one/,
    ],
    [
      'a name pattern of another language',
      "patternProperties: ›{ '[': true }",
      /"\[" is no regular expression/,
    ],
    [
      '$dynamicRef',
      "items: { $dynamicRef: ›'#found' }",
      /"\$dynamicRef" is not taken: write "\$ref" with "#\/components\/schemas\/<name>"/,
    ],
    [
      'a schema that is nothing but itself',
      'allOf: [›{ $ref: "#/components/schemas/Found" }]',
      /leads back here without going into a property or an item/,
    ],
  ])('%s', async (_, fault, says) => {
    await expectComplaint('maxLength: 9', fault, says);
  });

  test('only the operations that reach a refused schema lose their validators', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'contract.yaml': sound.replace('maxLength: 9', "pattern: '['") });
    const { files, problems } = await generate(await readContract(path.join(folder, 'contract.yaml')));
    expect(problems.map(({ pointer }) => pointer)).toEqual(['#/components/schemas/Found/pattern']);
    expect([...files.keys()].filter((name) => name.endsWith('.mjs'))).toEqual(['validators/seek.mjs']);
    writeGenerated(files, folder);
    expect(await compile(generatedModules(folder))).toEqual([]);
  });

  test('all problems are reported, each once, even where requests and several answers share the schema', async () => {
    const text = sound
      .replace('maxLength: 9', "pattern: '['\n      $dynamicRef: '#found'")
      .replace('type: integer', '$ref: "#/components/schemas/Found"');
    expect(await complaint(text)).toEqual([
      expect.stringMatching(/"\$dynamicRef"/),
      expect.stringMatching(/"\["/),
    ]);
  });
});
