import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parsedContract, yamlText } from '../contract/read-yaml.ts';
import { root, runScript } from '../run-script.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'lint-'));
afterAll(() => rmSync(temp, { recursive: true }));

interface Defect {
  name: string;
  /** The rule that must speak, and where. */
  rule: string;
  pointer: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into the document at will.
  inflict: (parts: Record<'get' | 'responses' | 'parameters' | 'schemas' | 'examples', any>) => void;
}

const operation = '#/paths/~1api~1v1~1training~1catalog/get';
const notFoundBody = '#/components/responses/NotFound/content/application~1json';

const defects: Defect[] = [
  {
    name: 'a 4xx response removed',
    rule: 'rule/operation-documents-every-error',
    pointer: `${operation}/responses`,
    inflict: ({ get }) => delete get.responses[404],
  },
  {
    name: 'an example that is not of its type',
    rule: 'no-invalid-media-type-examples',
    pointer: '#/components/examples/Catalog/value/models/0/size_b',
    inflict: ({ examples }) => {
      examples.Catalog.value.models[0].size_b = 'seven';
    },
  },
  {
    name: 'an example that is null',
    rule: 'no-invalid-media-type-examples',
    pointer: '#/components/examples/Conflict/value',
    inflict: ({ examples }) => {
      examples.Conflict.value = null;
    },
  },
  {
    name: 'an example with a key that its schema lacks',
    rule: 'no-invalid-media-type-examples',
    pointer: '#/components/examples/Conflict/value/extra',
    inflict: ({ examples }) => {
      examples.Conflict.value.extra = 1;
    },
  },
  {
    name: 'a parameter without description',
    rule: 'parameter-description',
    pointer: '#/components/parameters/limit',
    inflict: ({ parameters }) => delete parameters.limit.description,
  },
  {
    name: 'an error with a schema of its own',
    rule: 'rule/error-uses-shared-envelope',
    pointer: `${notFoundBody}/schema`,
    inflict: ({ responses }) => {
      responses.NotFound.content['application/json'].schema = { type: 'object', description: 'Own.' };
    },
  },
  {
    name: 'an error with the schema of something else',
    rule: 'rule/error-uses-shared-envelope',
    pointer: `${notFoundBody}/schema`,
    inflict: ({ responses }) => {
      responses.NotFound.content['application/json'].schema.$ref = '#/components/schemas/ValidationErrorItem';
    },
  },
  {
    name: 'a body without schema',
    rule: 'rule/body-has-schema',
    pointer: `${notFoundBody}/schema`,
    inflict: ({ responses }) => delete responses.NotFound.content['application/json'].schema,
  },
  {
    name: 'a response without body',
    rule: 'rule/response-has-body',
    pointer: '#/components/responses/NotFound/content',
    inflict: ({ responses }) => delete responses.NotFound.content,
  },
  {
    name: 'a body that is empty',
    rule: 'rule/body-is-json',
    pointer: '#/components/responses/NotFound/content',
    inflict: ({ responses }) => {
      responses.NotFound.content = {};
    },
  },
  {
    name: 'a body that is not JSON',
    rule: 'response-mime-type',
    pointer: '#/components/responses/NotFound/content/text~1html',
    inflict: ({ responses }) => {
      responses.NotFound.content['text/html'] = { schema: { type: 'string' } };
    },
  },
  {
    name: 'a response without example',
    rule: 'rule/response-has-examples',
    pointer: `${notFoundBody}/examples`,
    inflict: ({ responses }) => delete responses.NotFound.content['application/json'].examples,
  },
  {
    name: 'security removed',
    rule: 'rule/operation-has-security',
    pointer: `${operation}/security`,
    inflict: ({ get }) => delete get.security,
  },
  {
    name: 'security emptied',
    rule: 'rule/operation-has-security',
    pointer: `${operation}/security`,
    inflict: ({ get }) => {
      get.security = [];
    },
  },
  {
    name: 'a property without description',
    rule: 'rule/property-has-description',
    pointer: '#/components/schemas/TrainingModel/properties/size_b/description',
    inflict: ({ schemas }) => delete schemas.TrainingModel.properties.size_b.description,
  },
  {
    name: 'a schema without description',
    rule: 'rule/schema-has-description',
    pointer: '#/components/schemas/TrainingModel/description',
    inflict: ({ schemas }) => delete schemas.TrainingModel.description,
  },
  {
    name: 'a required property that is not there',
    rule: 'no-required-schema-properties-undefined',
    pointer: '#/components/schemas/TrainingModelPricing/required/0',
    inflict: ({ schemas }) => {
      schemas.TrainingModelPricing.required = ['weight'];
    },
  },
  {
    name: 'nullable, which OpenAPI 3.1 does not know',
    rule: 'struct',
    pointer: '#/components/schemas/TrainingModel/properties/size_b/nullable',
    inflict: ({ schemas }) => {
      schemas.TrainingModel.properties.size_b.nullable = true;
    },
  },
  {
    name: 'a component that nothing refers to',
    rule: 'no-unused-components',
    pointer: '#/components/schemas/Unused',
    inflict: ({ schemas }) => {
      schemas.Unused = { type: 'string', description: 'Unused.' };
    },
  },
];

/** Writes the contract with one defect, under a name that tells it apart in the linter's output. */
function writeDefect({ inflict }: Defect, index: number): string {
  const contract = parsedContract();
  inflict({ ...contract.components, get: contract.paths['/api/v1/training/catalog'].get });
  const file = path.join(temp, `defect-${index}.yaml`);
  writeFileSync(file, stringify(contract, { aliasDuplicateObjects: false }));
  return file;
}

/** `defect-3.yaml rule at pointer` for each finding in Redocly's output. */
function findings(output: string): string[] {
  const finding =
    /\[\d+\] \S*?(?<file>[\w-]+\.yaml):\d+:\d+ at (?<pointer>\S+)\n.*?Error was generated by the (?<rule>\S+) rule/gs;
  return [...output.matchAll(finding)].map(
    ({ groups }) => `${groups?.['file']} ${groups?.['rule']} at ${groups?.['pointer']}`,
  );
}

// A folder with settings of its own, which must not mix with the project's.
const hostile = path.join(temp, 'hostile');
mkdirSync(hostile);
writeFileSync(
  path.join(hostile, 'redocly.yaml'),
  'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, struct: off }\n',
);
const files = defects.map(writeDefect);

// Redocly takes more than a second to start: all defects go through it at once, and one from each folder.
const all = runScript('lint.ts', files);
const one = path.join(temp, 'defect-0.yaml');
const fromFolders = {
  'a subfolder': runScript('lint.ts', [one], { cwd: path.join(root, 'src') }),
  'elsewhere, named relative to it': runScript('lint.ts', ['defect-0.yaml'], { cwd: temp }),
  'a folder with settings of its own': runScript('lint.ts', [one], { cwd: hostile }),
};

describe('the linter', { timeout: 120_000 }, () => {
  test.each(defects.map((defect, index) => ({ ...defect, index })))(
    'finds $name',
    async ({ index, ...defect }) => {
      const { stdout } = await all;
      expect(findings(stdout)).toContain(`defect-${index}.yaml ${defect.rule} at ${defect.pointer}`);
    },
  );

  test.each(Object.entries(fromFolders))('says the same from %s', async (_, outcome) => {
    const { code, stdout, stderr } = await outcome;
    const inAll = findings((await all).stdout).filter((finding) => finding.startsWith('defect-0.yaml'));
    expect(inAll).toHaveLength(2);
    expect({ code, findings: findings(stdout) }).toEqual({ code: 1, findings: inAll });
    expect(stdout).toBe((await fromFolders['a subfolder']).stdout);
    expect(stderr).toMatch(/failed with 2 errors/);
  });

  test('passes the contract, and the same text in another place', async () => {
    const copy = path.join(temp, 'copy.yaml');
    writeFileSync(copy, yamlText);
    const { code, stderr } = await runScript('lint.ts', ['openapi/openapi.yaml', copy]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/descriptions are valid/) });
  });
});
