/** The rules of the contract: growth passes, bad forms are found, by each way in which the rules are run. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { escapeKey } from '../../scripts/contract/pointer.ts';
import { loadLintRules, readContract } from '../../scripts/contract/read.ts';
import { redocly } from '../../scripts/redocly.ts';
import { catalogPath } from '../contract/from-yaml.ts';
import { root, runScript } from '../run-script.ts';
import { type Defect, defects } from './defects.ts';
import { type Edit, edited, growth } from './edits.ts';

interface Finding {
  rule: string;
  at: string | undefined;
  message: string;
}

/** The contract with an edit, as a person would write it: nothing in it stands for something else. */
const yamlOf = (edit: Edit) => stringify(edited(edit), { aliasDuplicateObjects: false });

const rules = loadLintRules();

async function lint(edit: Edit): Promise<Finding[]> {
  const absoluteRef = path.join(root, 'openapi', 'edited.yaml');
  const found = await lintFromString({ source: yamlOf(edit), absoluteRef, config: await rules });
  return found.map(({ ruleId, location: [place], message }) => ({
    rule: ruleId,
    at: place?.pointer,
    message,
  }));
}

/** The pointer of the first operation. */
const operation = `#/paths/${escapeKey(catalogPath)}/get`;
const placeOf = (at: string) => (at.startsWith('#') ? at : [operation, at].filter(Boolean).join('/'));

test.each(Object.entries(growth))('growth passes: %s', async (_, edit) => {
  expect(await lint(edit)).toEqual([]);
});

test.each(Object.entries(defects))('is found: %s', async (_, { rule, at, says, edit }) => {
  const findings = await lint(edit);
  expect(findings).toContainEqual({ rule, at: placeOf(at), message: expect.stringMatching(says ?? /./) });
});

test('a shared response is judged once, however many operations give it', async () => {
  const findings = await lint(({ document, item, responses }) => {
    document.paths['/again'] = { get: { ...item.get, operationId: 'again' } };
    delete responses.NotFound['x-advice'];
  });
  expect(findings).toHaveLength(1);
});

test('a shared response is judged for each kind of status that it is given with', async () => {
  const findings = await lint(({ operation }) => {
    operation.responses['200'] = { $ref: '#/components/responses/NotFound' };
  });
  expect(findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['house/error-advice', 'no-unused-components']),
  );
});

describe('in the terminal', () => {
  const { edit } = defects['an error without advice'] as Defect;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lint-'));
    file = path.join(folder, 'defect.yaml');
    await writeFile(file, yamlOf(edit));
    // A folder with settings of its own, which must not mix with the project's.
    await mkdir(path.join(folder, 'hostile'));
    await writeFile(
      path.join(folder, 'hostile', 'redocly.yaml'),
      'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, struct: off }\n',
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('the same is found from any folder, with its place, and fails', async () => {
    const outcomes = await Promise.all([
      runScript('lint.ts', [file]),
      runScript('lint.ts', ['defect.yaml'], { cwd: folder }),
      runScript('lint.ts', [file], { cwd: path.join(folder, 'hostile') }),
    ]);
    const [first] = outcomes;
    expect(first?.stdout).toMatch(/defect\.yaml:\d+:\d+ at #\/components\/responses\/NotFound\/x-advice/);
    expect(first?.stdout).toContain('house/error-advice');
    for (const { code, stdout } of outcomes)
      expect({ code, stdout }).toEqual({ code: 1, stdout: first?.stdout });
  });

  test('reading the contract by these rules, as `npm run dev` does, finds the same at the same place', async () => {
    const [finding] = await lint(edit);
    const reading = readContract(file, { rules: await rules });
    await expect(reading).rejects.toThrow(`${finding?.message} (${finding?.at})`);
    const { stdout } = await runScript('lint.ts', [file]);
    const [place] = /\d+:\d+(?= at #)/.exec(stdout) ?? [];
    await expect(reading).rejects.toThrow(`defect.yaml:${place} `);
  });

  test('passes the contract, by `npm run lint` and by Redocly alone', async () => {
    const named = await runScript('lint.ts', [path.join(root, 'openapi/openapi.yaml')]);
    expect(named).toEqual({ code: 0, stdout: '', stderr: '' });
    await redocly(['lint'], root);
  });
});
