/** All checks of a run. */
import { type ContractOperation, catalog, nameOf } from '../../contract.ts';
import { catalogChecks } from '../catalog/index.ts';
import { type Check, Failure, Skip } from '../check.ts';
import { isCallable } from '../minimal-request.ts';
import type { Subject } from '../subject.ts';
import { accessChecks } from './access.ts';
import { answerChecks } from './answers.ts';
import { parameterChecks } from './parameters.ts';

/** The checks that send requests, and those of all answers, which are to be run when the others have. */
export function checksFor({ operations, unsafe }: Subject): {
  requestChecks: Check[];
  answerChecks: Check[];
} {
  const taken = new Set<string>();
  // Those of parameters come last, as their ids are made from the contract and all others are fixed.
  const ofAnswers = withDistinctIds(checksOfEach(operations.filter(isCallable), answerChecks), taken);
  const ofCatalog = withDistinctIds(catalogChecks(unsafe), taken);
  const ofOperations = withDistinctIds(checksOfEach(operations, operationChecks), taken);
  return { requestChecks: [...ofOperations, ...ofCatalog], answerChecks: ofAnswers };
}

/** The ids begin with that of the operation; only those of the catalog's checks do not. */
function checksOfEach(
  operations: readonly ContractOperation[],
  checksOf: (operation: ContractOperation) => Check[],
): Check[] {
  return operations.flatMap((operation) => {
    const prefix = operation === catalog ? '' : `${operation.operationId}/`;
    return checksOf(operation).map((check) => ({ ...check, id: prefix + check.id }));
  });
}

/** Numbers an id that is taken: a parameter called `search` has a check `search-empty`, as searches have. */
function withDistinctIds(checks: readonly Check[], taken: Set<string>): Check[] {
  return checks.map((check) => {
    let { id } = check;
    for (let number = 2; taken.has(id); number += 1) id = `${check.id}-${number}`;
    taken.add(id);
    return { ...check, id };
  });
}

function operationChecks(operation: ContractOperation): Check[] {
  if (!isCallable(operation)) return [calledCheck(operation)];
  // A run begins by calling the catalog, so that needs no check.
  const first = operation === catalog ? [] : [calledCheck(operation)];
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
