import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ContractError, readContract } from '../../scripts/contract/read.ts';
import { findStale, generate } from '../../scripts/generate.ts';
import { parsedContract, yamlText } from '../contract/read-yaml.ts';
import { root, runScript } from '../run-script.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'generate-'));
afterAll(() => rmSync(temp, { recursive: true }));

const generated = path.join(root, 'generated');

/** A folder of its own for each test, with a copy of the generated files in `out`. */
let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(temp, 'case-'));
  out = path.join(folder, 'out');
  cpSync(generated, out, { recursive: true });
});

/** Every file with its text, hidden ones too, so that a leftover shows. */
function contents(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]),
  );
}

function writeContract(text: string): string {
  const file = path.join(folder, 'contract.yaml');
  writeFileSync(file, text);
  return file;
}

describe('generate', { timeout: 120_000 }, () => {
  test('--check passes on the files of the project', async () => {
    expect(await runScript('generate.ts', ['--check'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('writes the same files from a folder with Redocly settings of its own', async () => {
    writeFileSync(
      path.join(folder, 'redocly.yaml'),
      'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, operation-4xx-response: error }\n',
    );
    const { code, stderr } = await runScript('generate.ts', ['--out', 'fresh'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(contents(path.join(folder, 'fresh'))).toEqual(contents(generated));
  });

  test('--check names what is stale and what is missing, takes CRLF as equal, and writes nothing', async () => {
    const edit = (name: string, change: (text: string) => string) =>
      writeFileSync(path.join(out, name), change(readFileSync(path.join(out, name), 'utf8')));
    edit('constants.ts', (text) => text.replaceAll('\n', '\r\n'));
    edit('schema.ts', (text) => text.replace('"llama" | "qwen"', '"llama"'));
    rmSync(path.join(out, 'openapi.json'));
    const before = contents(out);
    const { code, stdout, stderr } = await runScript('generate.ts', ['--check', '--out', 'out'], {
      cwd: folder,
    });
    expect({ code, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({
      code: 1,
      stdout: '',
      lines: [
        `${path.join('out', 'openapi.json')} is missing`,
        `${path.join('out', 'schema.ts')} is stale`,
        'Run `npm run generate` and commit the result.',
      ],
    });
    expect(contents(out)).toEqual(before);
  });

  test('one more enum value makes stale every file that lists the values', async () => {
    const file = writeContract(yamlText.replace('["llama", "qwen"]', '["llama", "qwen", "mistral"]'));
    expect(await findStale(await generate(await readContract(file)), out)).toEqual([
      'openapi.json is stale',
      'schema.ts is stale',
      'constants.ts is stale',
      'validators.ts is stale',
    ]);
  });

  const errors: { kind: string; from: string; to: string; place: string; says: RegExp }[] = [
    {
      kind: 'a YAML syntax error',
      from: '  version: 1.0.0',
      to: '  version: 1.0.0: final',
      place: ': final',
      says: /bad indentation/,
    },
    {
      kind: 'a key that is there twice',
      from: '      operationId: ',
      to: '      operationId: first\n      operationId: ',
      place: 'operationId: list',
      says: /duplicated mapping key/,
    },
    {
      kind: 'a keyword that OpenAPI does not know',
      from: '      name: limit\n',
      to: '      name: limit\n      nome: limit\n',
      place: 'nome: limit',
      says: /`nome` is not expected/,
    },
    {
      kind: 'a reference that leads nowhere',
      from: '/parameters/limit"',
      to: '/parameters/limits"',
      place: '$ref: "#/components/parameters/limits"',
      says: /Can't resolve \$ref/,
    },
    {
      kind: 'another version of OpenAPI',
      from: 'openapi: 3.1.0',
      to: 'openapi: 3.0.3',
      place: 'openapi: 3.0.3',
      says: /openapi: 3\.1/,
    },
  ];

  test.each(errors)('tells $kind with file, line and column', async ({ from, to, place, says }) => {
    const text = yamlText.replace(from, to);
    const file = writeContract(text);
    const error = await readContract(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    const { message } = error as ContractError;
    expect(message).toMatch(says);
    expect(message.split(' ')[0]).toBe(`${path.relative(process.cwd(), file)}:${lineAndColumn(text, place)}`);
  });

  test('leaves the output as it was when the contract has an error, and names the place alone', async () => {
    writeContract(yamlText.replace('/parameters/limit"', '/parameters/limits"'));
    const before = contents(out);
    const outcome = await runScript('generate.ts', ['--contract', 'contract.yaml', '--out', 'out'], {
      cwd: folder,
    });
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^contract\.yaml:38:11 Can't resolve \$ref .*\n$/),
    });
    expect(contents(out)).toEqual(before);
  });

  test('says which contract it cannot read', async () => {
    await expect(readContract(path.join(folder, 'absent.yaml'))).rejects.toThrow(
      /absent\.yaml: .*no such file/,
    );
  });

  // biome-ignore lint/suspicious/noExplicitAny: tests reach into the document at will.
  const unsupported: [what: string, change: (contract: any) => void, message: RegExp][] = [
    [
      'an anyOf whose branches have enums',
      ({ components }) => {
        components.schemas.TrainingModel.properties.pricing = {
          anyOf: [{ type: 'string', enum: ['free'] }, { type: 'null' }],
        };
      },
      /anyOf: validators know branches of one plain type each.*"enum"/,
    ],
    [
      'an anyOf with two branches that set one keyword',
      ({ components }) => {
        components.parameters.query.schema = {
          anyOf: [
            { type: 'number', minimum: 0 },
            { type: 'integer', minimum: 1 },
          ],
        };
      },
      /anyOf: validators know.*"minimum"/,
    ],
    [
      'a schema that refers from within oneOf',
      ({ components }) => {
        components.schemas.TrainingModel.properties.pricing = {
          oneOf: [{ $ref: '#/components/schemas/TrainingModelPricing' }, { type: 'null' }],
        };
      },
      /resolve reference/,
    ],
    [
      'an error response without its three paragraphs',
      ({ components }) => {
        components.responses.NotFound.description = 'Not found.';
      },
      /Response 404: expected a description of three paragraphs/,
    ],
    [
      'a contract without a default for limit',
      ({ components }) => delete components.parameters.limit.schema.default,
      /limitBounds/,
    ],
    ['a second path', ({ paths }) => Object.assign(paths, { '/other': {} }), /exactly one path/],
    [
      'a path without GET',
      ({ paths }) => delete paths['/api/v1/training/catalog'].get,
      /exactly one path, read with GET/,
    ],
  ];

  test.each(unsupported)('fails loudly on %s', async (_, change, message) => {
    const contract = parsedContract();
    change(contract);
    await expect(generate(contract)).rejects.toThrow(message);
  });

  test('is deterministic', async () => {
    const [first, second] = [await generate(await readContract()), await generate(await readContract())];
    expect(first).toEqual(second);
    expect(Object.fromEntries(first)).toEqual(contents(generated));
  });
});

/** `12:7` for the first place of some text, both counted from one. */
function lineAndColumn(text: string, place: string): string {
  const before = text.slice(0, text.indexOf(place)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
