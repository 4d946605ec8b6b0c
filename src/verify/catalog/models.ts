/** Checks the models of every page that came. To be run when the other checks have. */
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { type Check, Failure, Skip } from '../check.ts';
import { findViolation } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { knownModels, type Model, type Page } from './pages.ts';

const examplePages = Object.values(catalog.examples['200'] ?? {}) as readonly Page[];

/** The fields that models have in the contract. Others may depend on the request, such as how well a search fits. */
const fields = new Set(examplePages.flatMap(({ models }) => models.flatMap(Object.keys)));

/** The fields of a model that the contract has, as text. */
function canonical(model: Model): string {
  const complete = { ...model, extended_context: model.extended_context ?? false };
  const known = Object.entries(complete).filter(([name]) => fields.has(name));
  return JSON.stringify(ordered(Object.fromEntries(known)));
}

/** Null and absence are the same, and the order of fields and of values in a list makes no difference. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => JSON.stringify(ordered(member))).sort();
  const set = Object.entries(value).filter(([, member]) => member !== null);
  return set.map(([name, member]) => [name, ordered(member)]).sort();
}

/** The models of each page that keeps its schema. */
function allPages(subject: Subject): { answer: Answer; models: readonly Model[] }[] {
  return subject
    .answersTo(catalog)
    .filter((answer) => answer.status === 200 && findViolation(catalog, answer) === undefined)
    .map((answer) => ({ answer, models: (answer.json as Partial<Page>).models ?? [] }));
}

export const modelChecks: Check[] = [
  {
    id: 'ids-distinct',
    title: 'No model comes twice in one answer.',
    async run(subject) {
      if ((await knownModels(subject)).length < 2) throw new Skip('there are fewer than two models');
      for (const { answer, models } of allPages(subject)) {
        const ids = models.map(({ tinker_id }) => tinker_id);
        const twice = ids.find((id, index) => ids.indexOf(id) !== index);
        if (twice !== undefined) throw new Failure(answer, 'each id once', `${answer.quote(twice)} twice`);
      }
    },
  },
  {
    id: 'models-consistent',
    title: 'A model is the same in every answer.',
    async run(subject) {
      const seen = new Map((await knownModels(subject)).map((model) => [model.tinker_id, canonical(model)]));
      for (const { answer, models } of allPages(subject)) {
        const other = models.find(
          (model) => (seen.get(model.tinker_id) ?? canonical(model)) !== canonical(model),
        );
        if (!other) continue;
        const place = `the model ${answer.quote(other.tinker_id)}`;
        throw new Failure(answer, `${place} as without a filter`, `${place} with other data`);
      }
    },
  },
];
