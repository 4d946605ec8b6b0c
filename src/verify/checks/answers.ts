/** Checks every answer that came in a run, derived from the contract. To be run when the other checks have. */

import type { ContractOperation } from '../../contract.ts';
import { isOneOf } from '../../media-type.ts';
import type { Answer } from '../answer.ts';
import type { Check } from '../check.ts';
import { findDrift, findViolation, isListed, mediaTypesOf } from '../judge.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';

/** What is wrong with an answer: what was expected, and what came if that is not its summary. */
type Finding = [expected: string, received?: string];

const isAny = () => true;
const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;
const isError = ({ status }: Answer) => status >= 400;

export function answerChecks(operation: ContractOperation): Check[] {
  const isKnown = (answer: Answer) => isListed(operation, answer);
  const check = (
    id: string,
    title: string,
    concerns: (answer: Answer) => boolean,
    find: (answer: Answer) => Finding | undefined,
  ): Check => ({ id, title, run: async (subject) => expectNothing(subject, operation, concerns, find) });

  return [
    check('answer-status', 'Every answer has a status that the contract lists.', isAny, (answer) =>
      isKnown(answer) ? undefined : ['a status that the contract lists'],
    ),
    check(
      'content-type',
      'Every answer, refusals too, has the media type of its status.',
      isKnown,
      (answer) => findType(operation, answer),
    ),
    check(
      'answer-schema',
      'Every success keeps its schema, and has no value that the contract does not list.',
      isSuccess,
      (answer) => findSchema(operation, answer),
    ),
    check('error-schema', 'Every refusal keeps its schema, which is the error envelope.', isError, (answer) =>
      findSchema(operation, answer),
    ),
    check('error-code', 'The code in the error envelope is the HTTP status.', hasCode, ({ status, json }) => {
      const { code } = json as { code: number };
      return code === status ? undefined : [`code ${status}`, `code ${code}`];
    }),
  ];
}

/**
 * @param concerns - Whether the check is about an answer.
 * @throws Failure for the first answer with a finding; it tells how many others have one
 */
function expectNothing(
  subject: Subject,
  operation: ContractOperation,
  concerns: (answer: Answer) => boolean,
  find: (answer: Answer) => Finding | undefined,
): void {
  // A body that is too large was reported when it came.
  const answers = subject
    .answersTo(operation)
    .filter((answer) => answer.text !== undefined && concerns(answer));
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
  throw new Failure(first.answer, expected, received + others);
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
  const problem = findViolation(operation, answer) ?? findDrift(operation, answer);
  return problem === undefined ? undefined : [`a body that keeps the schema of ${answer.status}`, problem];
}

function hasCode(answer: Answer): boolean {
  return isError(answer) && typeof (answer.json as { code?: unknown } | null | undefined)?.code === 'number';
}
