/** Checks the models of every page that came. To be run when the other checks have. */
import { catalog } from '../../contract.ts';
import type { Answer } from '../answer.ts';
import { type Check, Failure, Skip } from '../check.ts';
import { findViolation } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { knownModels, type Model, type Page } from './pages.ts';

/**
 * The fields of a model that the contract has, as text. Null and absence are the same, and the order of algorithms
 * makes no difference. Other fields may depend on the request, such as how well a model fits a search.
 */
function canonical(model: Model): string {
  const { tinker_id, display_name, family, type, size_b, context_length, supported_algorithms } = model;
  const { extended_context = false, pricing } = model;
  const { prefill = null, sample = null, train = null } = pricing ?? {};
  const plain = [tinker_id, display_name, family, type, size_b, context_length, extended_context];
  return JSON.stringify([plain, supported_algorithms.toSorted(), pricing ? [prefill, sample, train] : null]);
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
