/** Checks every answer that came in a run, derived from the contract. To be run when the other checks have. */
import type { ContractOperation } from '../../contract.ts';
import { isOneOf } from '../../media-type.ts';
import type { Answer } from '../answer.ts';
import { type Check, Failure, Skip } from '../check.ts';
import { findDrift, findViolation, mediaTypesOf } from '../judge.ts';
import type { Subject } from '../subject.ts';

/** What is wrong with an answer: what was expected, and what came if that is not its summary. */
type Finding = [expected: string, received?: string];

type Predicate = (answer: Answer, operation: ContractOperation) => boolean;
type Find = (answer: Answer, operation: ContractOperation) => Finding | undefined;

const isAny: Predicate = () => true;
const isListed: Predicate = (answer, operation) => mediaTypesOf(operation, answer) !== undefined;
const isSuccess: Predicate = ({ status }) => status >= 200 && status < 300;
const isError: Predicate = ({ status }) => status >= 400;
const hasCode: Predicate = ({ status, json }) =>
  status >= 400 && typeof (json as { code?: unknown } | null | undefined)?.code === 'number';

export function answerChecks(operation: ContractOperation): Check[] {
  const check = (id: string, concerns: Predicate, find: Find, title: string): Check => ({
    id,
    title,
    run: async (subject) => expectNothing(subject, operation, concerns, find),
  });
  return [
    check('answer-status', isAny, findStatus, 'Every answer has a status that the contract lists.'),
    check(
      'content-type',
      isListed,
      findType,
      'Every answer, refusals too, has the media type of its status.',
    ),
    check(
      'answer-schema',
      isSuccess,
      findProblem,
      'Every success keeps its schema, and has no value that the contract does not list.',
    ),
    check(
      'error-schema',
      isError,
      findProblem,
      'Every refusal keeps its schema, which is the error envelope.',
    ),
    check('error-code', hasCode, findCode, 'The code in the error envelope is the HTTP status.'),
  ];
}

/**
 * @param concerns - Whether the check is about an answer.
 * @throws Failure for the first answer with a finding; it says how many others have one
 */
function expectNothing(
  subject: Subject,
  operation: ContractOperation,
  concerns: Predicate,
  find: Find,
): void {
  // A body that is too large was reported when it came.
  const answers = subject
    .answersTo(operation)
    .filter((answer) => answer.text !== undefined && concerns(answer, operation));
  if (answers.length === 0) throw new Skip('no such answer came');
  const faulty = answers.flatMap((answer) => {
    const finding = find(answer, operation);
    return finding ? [{ answer, finding }] : [];
  });
  const [first] = faulty;
  if (!first) return;
  const [expected, received = first.answer.summary] = first.finding;
  const others =
    faulty.length > 1 ? ` (and so in ${faulty.length - 1} more of ${answers.length} answers)` : '';
  throw new Failure(first.answer, expected, received + others);
}

const findStatus: Find = (answer, operation) =>
  isListed(answer, operation) ? undefined : ['a status that the contract lists'];

const findType: Find = (answer, operation) => {
  const mediaTypes = mediaTypesOf(operation, answer) ?? [];
  if (mediaTypes.length === 0) return answer.text === '' ? undefined : ['no body'];
  if (isOneOf(answer.contentType, mediaTypes)) return undefined;
  const received = answer.contentType
    ? `content-type ${answer.quote(answer.contentType)}`
    : 'no content-type';
  return [`content-type ${mediaTypes.join(' or ')}`, `status ${answer.status} with ${received}`];
};

const findProblem: Find = (answer, operation) => {
  const problem = findViolation(operation, answer) ?? findDrift(operation, answer);
  return problem === undefined ? undefined : [`a body that keeps the schema of ${answer.status}`, problem];
};

const findCode: Find = ({ status, json }) => {
  const { code } = json as { code: number };
  return code === status ? undefined : [`code ${status}`, `code ${code}`];
};
