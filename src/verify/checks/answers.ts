/** Checks of what answers look like: the catalog, and refusals of wrong parameters. */
import { list_training_catalog_endpoint as operation } from '../../../generated/operations.ts';
import type { ParameterSchema } from '../../../generated/types.ts';
import type { Check } from '../check.ts';
import { encode, limitSchema, newValues, violations } from '../pages.ts';
import type { Answer, Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';

type Queries = Readonly<Record<string, string | number>>[];

const takesNumbers = ({ type, anyOf = [] }: ParameterSchema): boolean =>
  type === 'number' || (Array.isArray(type) && type.includes('number')) || anyOf.some(takesNumbers);

const bounds = Object.entries<{ schema: ParameterSchema }>(operation.parameters.query)
  .filter(([, { schema }]) => takesNumbers(schema))
  .map(([name]) => name);
const numeric = [...bounds, 'limit'];

const outOfRange: Queries = [{ limit: limitSchema.minimum - 1 }, { limit: limitSchema.maximum + 1 }];
const notWhole: Queries = [{ limit: 'ten' }, { limit: 1.5 }];
const notNumbers: Queries = bounds.map((name) => ({ [name]: 'large' }));
const empty: Queries = numeric.map((name) => ({ [name]: '' }));

export async function expectRefused(subject: Subject, queries: Queries): Promise<void> {
  for (const query of queries) {
    const answer = await subject.ask({ search: encode(query) });
    if (answer.status !== 422) throw new Failure(answer, 'status 422');
  }
}

/** The refusals that the other checks ask for, as far as they are refusals. */
async function refusals(subject: Subject): Promise<Answer[]> {
  const answers = [await subject.ask({ authorization: null })];
  for (const query of [...outOfRange, ...notWhole, ...notNumbers, ...empty]) {
    answers.push(await subject.ask({ search: encode(query) }));
  }
  const refused = answers.filter(({ status }) => status >= 400);
  if (refused.length === 0) throw new Skip('the server refused nothing');
  return refused;
}

/** The parameters that a 422 envelope says are wrong. */
export function namedParameters({ json }: Answer): unknown[] {
  const { errors } = (json ?? {}) as { errors?: { loc?: unknown[] }[] | null };
  return Array.isArray(errors) ? errors.map((error) => error?.loc?.at?.(-1)) : [];
}

export const answerChecks: Check[] = [
  {
    id: 'catalog-valid',
    title: 'The catalog keeps the schema, and has no value that the contract does not list.',
    async run(subject) {
      for (const search of ['', encode({ limit: limitSchema.maximum })]) {
        const answer = await subject.ask({ search });
        if (answer.status !== 200) throw new Failure(answer, 'status 200');
        const broken = violations('catalog', answer.json) || newValues('catalog', answer.json);
        if (broken) throw new Failure(answer, 'a valid catalog response', broken);
      }
    },
  },
  {
    id: 'content-type',
    title: 'Every answer, refusals too, says that it is application/json.',
    async run(subject) {
      const [refused] = outOfRange.map((query) => ({ search: encode(query) }));
      for (const request of [{}, { authorization: null }, refused]) {
        const answer = await subject.ask(request);
        if (!/^application\/json\s*(;|$)/i.test(answer.contentType)) {
          const received = answer.contentType ? answer.contentType : 'no content-type';
          throw new Failure(answer, 'content-type application/json', received);
        }
      }
    },
  },
  {
    id: 'limit-out-of-range',
    title: `A limit below ${limitSchema.minimum} or above ${limitSchema.maximum} is refused with 422.`,
    run: (subject) => expectRefused(subject, outOfRange),
  },
  {
    id: 'limit-not-whole',
    title: 'A limit that is not a whole number is refused with 422.',
    run: (subject) => expectRefused(subject, notWhole),
  },
  {
    id: 'size-not-a-number',
    title: 'A size that is not a number is refused with 422.',
    run: (subject) => expectRefused(subject, notNumbers),
  },
  {
    id: 'number-empty',
    title: 'An empty limit or size is refused with 422.',
    run: (subject) => expectRefused(subject, empty),
  },
  {
    id: 'error-envelope',
    title: 'Every refusal comes in the error envelope.',
    async run(subject) {
      for (const answer of await refusals(subject)) {
        const broken = violations('envelope', answer.json) || newValues('envelope', answer.json);
        if (broken) {
          throw new Failure(
            answer,
            'a valid error envelope',
            answer.json === undefined ? answer.summary : broken,
          );
        }
      }
    },
  },
  {
    id: 'error-code',
    title: 'The code in the error envelope is the HTTP status.',
    async run(subject) {
      let shown = false;
      for (const answer of await refusals(subject)) {
        const { code } = (answer.json ?? {}) as { code?: unknown };
        if (typeof code !== 'number') continue;
        shown = true;
        if (code !== answer.status) throw new Failure(answer, `code ${answer.status}`, `code ${code}`);
      }
      if (!shown) throw new Skip('no refusal had a code; see error-envelope');
    },
  },
];
