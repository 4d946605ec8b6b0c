import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContractError, locate, readContract } from '../../scripts/contract/read.ts';
import { generate, Incomplete } from '../../scripts/generate.ts';
import { temporaryFolder } from './scratch.ts';

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

/** What is said of the contract: each line without the file, whose name is checked here. */
async function complaint(text: string): Promise<{ lines: string[]; files: string[] }> {
  const file = path.join(temporaryFolder(), 'contract.yaml');
  writeFileSync(file, text);
  const error: unknown = await readContract(file)
    .then(generate)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  const message =
    error instanceof Incomplete ? await locate(file, error.problems) : String((error as Error).message);
  if (!(error instanceof ContractError || error instanceof Incomplete)) throw error;
  const shown = `${path.relative(process.cwd(), file)}:`;
  const lines = message.split('\n').map((line) => {
    expect(line.startsWith(shown), line).toBe(true);
    return line.slice(shown.length);
  });
  return { lines, files: error instanceof Incomplete ? [...error.files.keys()] : [] };
}

/** `12:7` for the first place of some text, both counted from one. */
function lineAndColumn(text: string, place: string): string {
  const before = text.slice(0, text.indexOf(place)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

test('the sound contract is taken', async () => {
  const file = path.join(temporaryFolder(), 'contract.yaml');
  writeFileSync(file, sound);
  await expect(readContract(file).then(generate)).resolves.toBeInstanceOf(Map);
});

interface Case {
  kind: string;
  from: string;
  to: string;
  /** Where the fault stands, as text. */
  place: string;
  says: RegExp;
}

describe('what is no OpenAPI 3.1 is told with line and column, and nothing is written:', () => {
  test.each<Case>([
    {
      kind: 'a YAML syntax error',
      from: '  version: 1.0.0',
      to: '  version: 1.0.0: final',
      place: ': final',
      says: /bad indentation/,
    },
    {
      kind: 'a key that is there twice',
      from: '      operationId: look',
      to: '      operationId: first\n      operationId: look',
      place: 'operationId: look',
      says: /duplicated mapping key/,
    },
    {
      kind: 'a keyword that OpenAPI does not know',
      from: '        - name: limit\n',
      to: '        - name: limit\n          nome: limit\n',
      place: 'nome: limit',
      says: /`nome` is not expected/,
    },
    {
      kind: 'a reference that leads nowhere',
      from: 'schemas/Found"',
      to: 'schemas/Lost"',
      place: '$ref: "#/components/schemas/Lost"',
      says: /Can't resolve \$ref/,
    },
    {
      kind: 'another version of OpenAPI',
      from: 'openapi: 3.1.0',
      to: 'openapi: 3.0.3',
      place: 'openapi: 3.0.3',
      says: /openapi: 3\.1/,
    },
    {
      kind: 'two operations with one id',
      from: 'operationId: seek',
      to: 'operationId: look # twice',
      place: 'operationId: look # twice',
      says: /unique `operationId`/,
    },
  ])('$kind', async ({ from, to, place, says }) => {
    const text = sound.replace(from, to);
    const { lines, files } = await complaint(text);
    expect(lines).toEqual([expect.stringMatching(says)]);
    expect(lines[0]?.split(' ')[0]).toBe(lineAndColumn(text, place));
    expect(files).toEqual([]);
  });

  test('a file that is not there', async () => {
    await expect(readContract('absent.yaml')).rejects.toThrow(/absent\.yaml: .*no such file/);
  });
});

describe('what can not become code is told with line and column, and what to write; document and types are made:', () => {
  test.each<Case>([
    {
      kind: 'a pattern of another language',
      from: 'maxLength: 9',
      to: "pattern: '(?i)a'",
      place: "'(?i)a'",
      says: /"\(\?i\)a" is no regular expression of ECMAScript with the flag u .*: write it as one/,
    },
    {
      kind: 'a pattern with an escape that the flag u forbids',
      from: 'maxLength: 9',
      to: "pattern: '\\_'",
      place: "'\\_'",
      says: /no regular expression of ECMAScript/,
    },
    {
      kind: 'a name pattern of another language',
      from: 'maxLength: 9',
      to: "patternProperties: { '[': true }",
      place: "{ '[': true }",
      says: /"\[" is no regular expression/,
    },
    {
      kind: '$dynamicRef',
      from: 'maxLength: 9',
      to: "items: { $dynamicRef: '#found' }",
      place: "'#found' }",
      says: /"\$dynamicRef" is not taken: write "\$ref" with "#\/components\/schemas\/<name>"/,
    },
    {
      kind: '$anchor',
      from: 'maxLength: 9',
      to: '$anchor: spot',
      place: 'spot',
      says: /"\$anchor" is not taken: leave it out/,
    },
    {
      kind: 'nullable, of OpenAPI 3.0, with what to write instead',
      from: 'maxLength: 9',
      to: 'nullable: true # of 3.0',
      place: 'true # of 3.0',
      says: /"nullable" is not taken: .* anyOf with \{ type: "null" \}/,
    },
    {
      kind: 'a list of text where numbers are asked for',
      from: 'maxLength: 9',
      to: 'enum: [1, 2]',
      place: '[1, 2]',
      says: /No value of the list is of type string: YAML wants quotes around text/,
    },
    {
      kind: 'an empty list',
      from: 'maxLength: 9',
      to: 'enum: []',
      place: '[]',
      says: /An empty list takes no value: name the values, or leave it out/,
    },
    {
      kind: 'a schema that is nothing but itself',
      from: 'maxLength: 9',
      to: 'allOf: [{ $ref: "#/components/schemas/Found" }]',
      place: '{ $ref: "#/components/schemas/Found" }]',
      says: /leads back here without going into a property or an item/,
    },
  ])('$kind', async ({ from, to, place, says }) => {
    const text = sound.replace(from, to);
    const { lines, files } = await complaint(text);
    expect(lines).toEqual([expect.stringMatching(says)]);
    expect(lines[0]?.split(' ')[0]).toBe(lineAndColumn(text, place));
    expect(files).toEqual(['openapi.json', 'schema.ts']);
  });

  test('all problems at once, each once, even where requests and several answers share the schema', async () => {
    const text = sound
      .replace('maxLength: 9', "pattern: '['\n      $anchor: found")
      .replace('type: integer', '$ref: "#/components/schemas/Found"');
    expect((await complaint(text)).lines).toEqual([
      expect.stringMatching(/"\$anchor"/),
      expect.stringMatching(/"\["/),
    ]);
  });
});

test('keywords of anybody, odd words, boolean schemas and what stands in extensions are taken', async () => {
  const text = sound.replace(
    'maxLength: 9',
    [
      'placeholder: what FastAPI calls json_schema_extra',
      'examples: { first: { value: a } }',
      'not: false',
      'x-code-samples: [{ name: 1 }]',
    ].join('\n      '),
  );
  const file = path.join(temporaryFolder(), 'contract.yaml');
  writeFileSync(file, text);
  await expect(readContract(file).then(generate)).resolves.toBeInstanceOf(Map);
});
