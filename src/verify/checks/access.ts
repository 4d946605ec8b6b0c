/** Checks that an operation refuses requests without a good key, derived from the contract. */
import type { ContractOperation } from '../../contract.ts';
import { type Check, Failure } from '../check.ts';
import type { Subject, Variation } from '../subject.ts';
import { writeParameter } from '../write-parameter.ts';
import { acceptedBy } from './parameters.ts';

/** The status of a request without valid credentials (RFC 9110, section 15.5.2). */
const unauthorized = 401;

/** Credentials of other schemes. The caller's key is in none of them. */
const otherCredentials = [
  // The user `training-catalog` with the password `verify`.
  'Basic dHJhaW5pbmctY2F0YWxvZzp2ZXJpZnk=',
  'Token training-catalog-verify',
  'training-catalog-verify',
];

export function accessChecks(operation: ContractOperation): Check[] {
  if (!operation.secured) return [];
  const queries = queriesOf(operation);

  async function expectRefused(subject: Subject, variation: Variation): Promise<void> {
    const answer = await subject.ask(operation, variation);
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
        for (const authorization of otherCredentials) await expectRefused(subject, { authorization });
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

/** A query with every parameter, and one with the last alone. */
function queriesOf(operation: ContractOperation): string[] {
  const written = Object.keys(operation.parameters.query).flatMap((name) => {
    const [value] = acceptedBy(operation, 'query', name);
    return value === undefined ? [] : [writeParameter(operation, 'query', name, value)];
  });
  return [...new Set([written.join('&'), ...written.slice(-1)])].filter(Boolean);
}
