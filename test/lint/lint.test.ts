/** The rules of the contract: growth passes, bad forms are found, by each way in which the rules are run. */
import path from 'node:path';
import { lintFromString } from '@redocly/openapi-core';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadLintRules, readContract } from '../../scripts/contract/read.ts';
import { redocly } from '../../scripts/redocly.ts';
import { type Any, addOperation, type Edit, edited } from '../contract/edit.ts';
import { temporaryFolder, writeFiles } from '../generate/scratch.ts';
import { root, runScript } from '../run-script.ts';
import { defects } from './defects.ts';

/** As a person would write it: nothing in it stands for something else. */
const yamlOf = (contract: Any) => stringify(contract, { aliasDuplicateObjects: false });

const rules = loadLintRules();

async function lint(contract: Any) {
  const absoluteRef = path.join(root, 'openapi', 'edited.yaml');
  const found = await lintFromString({ source: yamlOf(contract), absoluteRef, config: await rules });
  return found.map(({ ruleId: rule, location: [found], message }) => ({ rule, at: found?.pointer, message }));
}

/** A response with content, whose examples lie beside the schema or in it. */
const content = (type: string, media: object) => ({ description: 'All rows.', content: { [type]: media } });

/** Beside the edits of `test/growth`, which are linted there. */
const growth: Record<string, Edit> = {
  'text with examples in its schema, and no body for a 304': (parts) =>
    addOperation(parts, 'get', '/csv', {
      responses: {
        '200': content('text/csv', { schema: { type: 'string', examples: ['id,size\n'] } }),
        '304': { description: 'Nothing has changed.' },
      },
    }),
  bytes: (parts) =>
    addOperation(parts, 'get', '/parquet', {
      responses: {
        '200': content('application/octet-stream', {
          schema: { type: 'string', format: 'binary' },
          examples: { magic: { value: 'PAR1' } },
        }),
      },
    }),
  'an operation that needs no credentials, and so refuses none': (parts) => {
    addOperation(parts, 'get', '/health', { responses: { '204': { description: 'It is.' } }, security: [] });
    const { responses } = parts.document.paths['/health'].get;
    delete responses['401'];
    delete responses['403'];
  },
  'a webhook, which the caller answers': ({ document }) => {
    const responses = { '200': { description: 'Heard.' }, '400': { description: 'Not heard.' } };
    const words = { summary: 'A job is done', description: 'Told when a job is done.' };
    document.webhooks = { done: { post: { operationId: 'job_done', ...words, security: [], responses } } };
  },
};

test.each(Object.entries(growth))('growth passes: %s', async (_, edit) => {
  expect(await lint(edited(edit))).toEqual([]);
});

test.each(defects)('is found: $what', async ({ rule, pointer, says, contract }) => {
  const message = expect.stringMatching(says);
  expect(await lint(contract)).toContainEqual({ rule, at: pointer, message });
});

test('a shared response is judged once, however many operations give it', async () => {
  const contract = edited(({ document, operation, responses }) => {
    document.paths['/again'] = { get: { ...operation, operationId: 'again' } };
    delete responses.NotFound['x-advice'];
  });
  expect(await lint(contract)).toHaveLength(1);
});

test('a shared response is judged for each kind of status that it is given with', async () => {
  const contract = edited(({ operation }) => {
    operation.responses['200'] = { $ref: '#/components/responses/NotFound' };
  });
  expect((await lint(contract)).map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['house/error-advice', 'no-unused-components']),
  );
});

describe('in the terminal', () => {
  const contract = edited(({ responses }) => delete responses.NotFound['x-advice']);
  const folder = temporaryFolder(afterAll);
  const file = path.join(folder, 'defect.yaml');
  writeFiles(folder, {
    'defect.yaml': yamlOf(contract),
    // A folder with settings of its own, which must not mix with the project's.
    'hostile/redocly.yaml':
      'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, struct: off }\n',
  });

  test('the same is found from any folder, with its position, and fails; `npm run dev` finds it there, too', async () => {
    const [{ code, stdout }, elsewhere] = await Promise.all([
      runScript('lint.ts', [file]),
      runScript('lint.ts', ['../defect.yaml'], { cwd: path.join(folder, 'hostile') }),
    ]);
    const [, position] =
      /defect\.yaml:(\d+:\d+) at #\/components\/responses\/NotFound\/x-advice/.exec(stdout) ?? [];
    expect(stdout).toContain('house/error-advice');
    expect(code).toBe(1);
    expect(elsewhere).toMatchObject({ code, stdout });
    const [finding] = await lint(contract);
    const reading = readContract(file, { rules: await rules });
    await expect(reading).rejects.toThrow(`${finding?.message} (${finding?.at})`);
    await expect(reading).rejects.toThrow(`defect.yaml:${position} `);
  });

  test('passes the contract, by `npm run lint` and by Redocly alone', async () => {
    const named = await runScript('lint.ts', [path.join(root, 'openapi/openapi.yaml')]);
    expect(named).toEqual({ code: 0, stdout: '', stderr: '' });
    await redocly(['lint'], root);
  });
});
