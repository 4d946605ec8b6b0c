/** Checks of every answer that came in a run, derived from the contract; to be run when the others have. */
import { isOneOf } from '../../media-type.ts';
import type { Answer } from '../answer.ts';
import type { Check } from '../check.ts';
import type { ContractOperation } from '../contract.ts';
import { brokenSchema, isListed, mediaTypesOf, newValues } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';

/** What is wrong with an answer: what was expected, and what came if that is not its summary. */
type Finding = [expected: string, received?: string];

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;
const isError = ({ status }: Answer) => status >= 400;

export function answerChecks(operation: ContractOperation): Check[] {
  return [
    {
      id: 'answer-status',
      title: 'Every answer has a status that the contract lists.',
      run: async (subject) =>
        holdEach(
          subject,
          operation,
          () => true,
          (answer) => (isListed(operation, answer) ? undefined : ['a status that the contract lists']),
        ),
    },
    {
      id: 'content-type',
      title: 'Every answer, refusals too, has the media type of its status.',
      run: async (subject) =>
        holdEach(
          subject,
          operation,
          (answer) => isListed(operation, answer),
          (answer) => findType(operation, answer),
        ),
    },
    {
      id: 'answer-schema',
      title: 'Every success keeps its schema, and has no value that the contract does not list.',
      run: async (subject) =>
        holdEach(subject, operation, isSuccess, (answer) => findSchema(operation, answer)),
    },
    {
      id: 'error-schema',
      title: 'Every refusal keeps its schema, which is the error envelope.',
      run: async (subject) =>
        holdEach(subject, operation, isError, (answer) => findSchema(operation, answer)),
    },
    {
      id: 'error-code',
      title: 'The code in the error envelope is the HTTP status.',
      run: async (subject) =>
        holdEach(subject, operation, hasCode, ({ status, json }) => {
          const { code } = json as { code: number };
          return code === status ? undefined : [`code ${status}`, `code ${code}`];
        }),
    },
  ];
}

/** @throws Failure for the first answer that something is found in, telling how many there are */
function holdEach(
  subject: Subject,
  operation: ContractOperation,
  concerns: (answer: Answer) => boolean,
  find: (answer: Answer) => Finding | undefined,
): void {
  // A body that was too large was told already.
  const answers = subject.heard(operation).filter((answer) => answer.text !== undefined && concerns(answer));
  if (answers.length === 0) throw new Skip('no such answer came');
  const faulty = answers.flatMap((answer) => {
    const finding = find(answer);
    return finding ? [{ answer, finding }] : [];
  });
  const [first] = faulty;
  if (!first) return;
  const [expected, received = first.answer.summary] = first.finding;
  const others =
    faulty.length > 1 ? ` (and so in ${faulty.length - 1} more of ${answers.length} answers)` : '';
  throw new Failure(first.answer, expected, `${received}${others}`);
}

function findType(operation: ContractOperation, answer: Answer): Finding | undefined {
  const mediaTypes = mediaTypesOf(operation, answer) ?? [];
  if (mediaTypes.length === 0) return answer.text === '' ? undefined : ['no body'];
  if (isOneOf(answer.contentType, mediaTypes)) return undefined;
  const received = answer.contentType
    ? `content-type ${answer.quote(answer.contentType)}`
    : 'no content-type';
  return [`content-type ${mediaTypes.join(' or ')}`, `status ${answer.status} with ${received}`];
}

function findSchema(operation: ContractOperation, answer: Answer): Finding | undefined {
  const problem = brokenSchema(operation, answer) ?? newValues(operation, answer);
  return problem === undefined ? undefined : [`a body that keeps the schema of ${answer.status}`, problem];
}

function hasCode(answer: Answer): boolean {
  return isError(answer) && typeof (answer.json as { code?: unknown } | null | undefined)?.code === 'number';
}
