/** Takes each edit through the pipeline: lint, generation, types, validators, rating. */
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Validator } from '../../generated/types.ts';
import { loadLintRules } from '../../scripts/contract/read.ts';
import { highest } from '../../scripts/diff/compare.ts';
import { formatLoc, problemsOf } from '../../src/violations.ts';
import { contractOfCatalog, exampleOf, operationId } from '../contract/from-yaml.ts';
import { compareMany } from '../diff/many.ts';
import { compile, generatedModules, temporaryFolder } from '../generate/scratch.ts';
import { load, unknownIn, type Validators } from '../generate/small.ts';
import { type Edit, edits, type Request } from './edits.ts';

const directory = temporaryFolder(afterAll);
const folderOf = (edit: Edit) => path.join(directory, String(edits.indexOf(edit)));
const rules = loadLintRules();

function edited(edit: Edit): object {
  const contract = contractOfCatalog();
  edit.change(contract);
  return contract;
}

/** A page of one model with other fields besides. */
const pageWith = (fields: Record<string, unknown>) => ({
  limit: 20,
  total: 1,
  models: [{ ...exampleOf(200).models[0], ...fields }],
});

const complete = (request: Request) => ({ query: {}, path: {}, header: {}, cookie: {}, ...request });

const locsOfFaults = ({ errors }: Validator, data: unknown) =>
  problemsOf(errors, data).map(({ loc }) => formatLoc(loc));

test.each(edits)('$title: is taken, and each fault is located', async (edit) => {
  const options = edit.lint === false ? {} : { rules: await rules };
  const { validators } = await load(edited(edit), folderOf(edit), options);
  const { request, responses } = validators[edit.operation ?? operationId] as Validators;
  const { takes = [], news = [], refuses = [], takesRequests = [], refusesRequests = [] } = edit;
  const page = responses['200'] as Validator;
  const newLocs = (body: unknown) => unknownIn(page, body)?.map(({ loc }) => formatLoc(loc));

  for (const fields of takes) {
    const body = pageWith(fields);
    expect([page(body), page.errors, newLocs(body)], JSON.stringify(fields)).toEqual([true, null, []]);
  }
  for (const [fields, loc] of news) {
    const body = pageWith(fields);
    expect([page(body), newLocs(body)], JSON.stringify(fields)).toEqual([true, [`models[0].${loc}`]]);
  }
  for (const [fields, loc] of refuses) {
    const body = pageWith(fields);
    const verdict = [page(body), locsOfFaults(page, body)];
    expect(verdict, JSON.stringify(fields)).toEqual([false, [`models[0].${loc}`]]);
  }
  for (const given of takesRequests) {
    expect([request(complete(given)), request.errors], JSON.stringify(given)).toEqual([true, null]);
  }
  for (const [given, loc] of refusesRequests) {
    const data = complete(given);
    expect([request(data), locsOfFaults(request, data)[0]], JSON.stringify(given)).toEqual([false, loc]);
  }
});

test('all that was generated compiles, strictly', async () => {
  expect(await compile(edits.flatMap((edit) => generatedModules(folderOf(edit))))).toEqual([]);
});

test('each edit is rated as it says', async () => {
  // All in one run of the tool: its start costs more than its work.
  const pairs = edits.map((edit) => ({ base: contractOfCatalog(), revision: edited(edit) }));
  const rated = (await compareMany(pairs)).map((changes) => highest(changes) ?? 'none');
  expect(edits.map(({ title }, index) => [title, rated[index]])).toEqual(
    edits.map(({ title, rating }) => [title, rating]),
  );
});
