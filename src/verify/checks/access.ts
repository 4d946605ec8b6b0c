/** Checks that an operation is for holders of a key, derived from the contract. */
import type { Check } from '../check.ts';
import type { ContractOperation } from '../contract.ts';
import type { Ask, Subject } from '../subject.ts';
import { Failure } from '../verdict.ts';
import { writeParameter } from '../write-parameter.ts';
import { acceptedBy } from './parameters.ts';

/** The status for who brings no credentials that are good (RFC 9110, section 15.5.2). */
const unauthorized = 401;

/** None of them is the caller's own. */
const otherCredentials = () => [
  `Basic ${btoa('training-catalog:verify')}`,
  'Token training-catalog-verify',
  'training-catalog-verify',
];

export function accessChecks(operation: ContractOperation): Check[] {
  if (!operation.secured) return [];
  const queries = queriesOf(operation);

  async function expectRefused(subject: Subject, ask: Ask): Promise<void> {
    const answer = await subject.ask(operation, ask);
    if (answer.status !== unauthorized) throw new Failure(answer, `status ${unauthorized}`);
  }

  const checks: Check[] = [
    {
      id: 'auth-required',
      title: 'A request without a key is refused with 401.',
      run: (subject) => expectRefused(subject, { authorization: null }),
    },
    {
      id: 'auth-required-with-query',
      title: 'A request with a query and without a key is refused with 401.',
      async run(subject) {
        for (const search of queries) await expectRefused(subject, { authorization: null, search });
      },
    },
    {
      id: 'auth-scheme',
      title: 'Credentials of another scheme than Bearer are refused with 401.',
      async run(subject) {
        for (const authorization of otherCredentials()) await expectRefused(subject, { authorization });
      },
    },
    {
      id: 'auth-empty-token',
      title: 'The scheme Bearer without a token is refused with 401.',
      run: (subject) => expectRefused(subject, { authorization: 'Bearer' }),
    },
  ];
  return queries.length > 0 ? checks : checks.filter(({ id }) => id !== 'auth-required-with-query');
}

/** A query with every parameter at once, and one with the last alone. */
function queriesOf(operation: ContractOperation): string[] {
  const written = Object.keys(operation.parameters.query).flatMap((name) => {
    const [value] = acceptedBy(operation, 'query', name);
    return value === undefined ? [] : [writeParameter(operation, 'query', name, value)];
  });
  return [...new Set([written.join('&'), ...written.slice(-1)])].filter(Boolean);
}
