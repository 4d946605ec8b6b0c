/** Takes each edit through the pipeline: lint, generation, types, validators. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '@redocly/openapi-core';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lists, Validator } from '../../generated/types.ts';
import { loadLintRules, readContract } from '../../scripts/contract/read.ts';
import { compareAll } from '../../scripts/diff/compare.ts';
import { highest } from '../../scripts/diff/redocly-diff.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';
import { findNewValues } from '../../src/drift.ts';
import { formatLoc, problemsOf } from '../../src/violations.ts';
import { contractOfCatalog, exampleOf, operationId } from '../contract/from-yaml.ts';
import { type Edit, edits, type Request } from './edits.ts';

interface Validators {
  request: Validator;
  responses: Record<string, Validator>;
  lists: Record<string, Lists>;
}

let directory: string;
let rules: Config;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'growth-'));
  rules = await loadLintRules();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** One folder for each edit. */
const folderOf = (edit: Edit) => path.join(directory, String(edits.indexOf(edit)));

/** Lints the edited contract, generates from it, and loads the validators of an operation. */
async function take(edit: Edit): Promise<Validators> {
  const contract = contractOfCatalog();
  edit.change(contract);
  const file = path.join(directory, `${edits.indexOf(edit)}.json`);
  await writeFile(file, JSON.stringify(contract));
  const read = await readContract(file, edit.lint === false ? {} : { rules });
  await writeGenerated(await generate(read), folderOf(edit));
  const validators = path.join(folderOf(edit), 'validators', `${edit.operation ?? operationId}.mjs`);
  return import(/* @vite-ignore */ pathToFileURL(validators).href);
}

/** A page of one model with some fields of its own. */
const pageWith = (fields: Record<string, unknown>) => ({
  limit: 20,
  total: 1,
  models: [{ ...exampleOf(200).models[0], ...fields }],
});

const complete = (request: Request) => ({ query: {}, path: {}, header: {}, cookie: {}, ...request });

const places = ({ errors }: Validator, data: unknown) =>
  problemsOf(errors, data).map(({ loc }) => formatLoc(loc));

describe.each(edits)('$title', (edit) => {
  let validators: Validators;
  beforeAll(async () => {
    validators = await take(edit);
  });

  test('is taken, with the place of each fault', () => {
    const { request, responses, lists } = validators;
    const { takes = [], news = [], refuses = [], takesRequests = [], refusesRequests = [] } = edit;
    const page = responses['200'] as Validator;
    const newPlaces = (body: unknown) =>
      findNewValues(lists['200'] as Lists, body).map(({ loc }) => formatLoc(loc));

    for (const fields of takes) {
      const body = pageWith(fields);
      expect([page(body), page.errors, newPlaces(body)], JSON.stringify(fields)).toEqual([true, null, []]);
    }
    for (const [fields, place] of news) {
      const body = pageWith(fields);
      expect([page(body), newPlaces(body)], JSON.stringify(fields)).toEqual([true, [place]]);
    }
    for (const [fields, place] of refuses) {
      const body = pageWith(fields);
      expect([page(body), places(page, body)], JSON.stringify(fields)).toEqual([false, [place]]);
    }
    for (const given of takesRequests) {
      const data = complete(given);
      expect([request(data), request.errors], JSON.stringify(given)).toEqual([true, null]);
    }
    for (const [given, place] of refusesRequests) {
      const data = complete(given);
      expect([request(data), places(request, data)[0]], JSON.stringify(given)).toEqual([false, place]);
    }
  });
});

/** All in one run of the tool: its start costs more than its work. */
test('each edit is rated as it says', async () => {
  const pairs = edits.map((edit) => {
    const revision = contractOfCatalog();
    edit.change(revision);
    return { base: contractOfCatalog(), revision };
  });
  const rated = (await compareAll(pairs)).map((changes) => highest(changes) ?? 'none');
  expect(edits.map(({ title }, index) => [title, rated[index]])).toEqual(
    edits.map(({ title, rating }) => [title, rating]),
  );
});

test('all that was generated compiles, strictly', () => {
  const folders = edits.map(folderOf);
  const files = folders.flatMap((folder) =>
    ['schema', 'info', 'operations', 'values', 'examples', 'validators/index'].map((name) =>
      path.join(folder, `${name}.ts`),
    ),
  );
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: [],
  });
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  expect(errors).toEqual([]);
});
