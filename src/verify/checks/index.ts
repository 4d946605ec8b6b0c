/** All checks of a run. */
import { catalogChecks } from '../catalog/index.ts';
import type { Check } from '../check.ts';
import { type ContractOperation, catalog, nameOf } from '../contract.ts';
import type { Subject } from '../subject.ts';
import { Failure, Skip } from '../verdict.ts';
import { accessChecks } from './access.ts';
import { answerChecks } from './answers.ts';
import { parameterChecks } from './parameters.ts';

/** Checks that ask the server something, and those of all that it answered, to be made when the others are. */
export function checksFor(subject: Subject): { asking: Check[]; judging: Check[] } {
  const { operations } = subject;
  return {
    asking: [
      ...operations.flatMap((operation) => named(operation, requestChecks(subject, operation))),
      ...catalogChecks(subject),
    ],
    judging: operations
      .filter((operation) => typeof subject.plainest(operation) !== 'string')
      .flatMap((operation) => named(operation, answerChecks(operation))),
  };
}

function requestChecks(subject: Subject, operation: ContractOperation): Check[] {
  const called = calledCheck(operation);
  // Whether the catalog can be called at all was found out before.
  const first = operation === catalog ? [] : [called];
  if (typeof subject.plainest(operation) === 'string') return [called];
  return [...first, ...accessChecks(operation), ...parameterChecks(operation)];
}

function calledCheck(operation: ContractOperation): Check {
  return {
    id: 'called',
    title: `${nameOf(operation)} is answered with a success.`,
    async run(subject) {
      const answer = await subject.ask(operation);
      if (answer.status >= 200 && answer.status < 300) return;
      if (answer.status === 404 && Object.keys(operation.parameters.path).length > 0) {
        throw new Skip("the server has nothing at the path that the contract's examples lead to");
      }
      throw new Failure(answer, 'a success');
    },
  };
}

/** Only the catalog's checks go without the name of their operation. */
function named(operation: ContractOperation, checks: Check[]): Check[] {
  if (operation === catalog) return checks;
  return checks.map((check) => ({ ...check, id: `${operation.operationId}/${check.id}` }));
}
