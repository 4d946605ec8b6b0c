/** Checks that the catalog is for holders of a key. */
import type { Check } from '../check.ts';
import type { Subject } from '../subject.ts';
import { Failure } from '../verdict.ts';

async function expectRefused(subject: Subject, authorization: string | null): Promise<void> {
  const answer = await subject.ask({ authorization });
  if (answer.status !== 401) throw new Failure(answer, 'status 401');
}

export const accessChecks: Check[] = [
  {
    id: 'auth-required',
    title: 'A request without a key is refused with 401.',
    run: (subject) => expectRefused(subject, null),
  },
  {
    id: 'auth-scheme',
    title: 'Credentials of another scheme than Bearer are refused with 401.',
    run: (subject) => expectRefused(subject, `Basic ${btoa('training-catalog:verify')}`),
  },
  {
    id: 'auth-empty-token',
    title: 'The scheme Bearer without a token is refused with 401.',
    run: (subject) => expectRefused(subject, 'Bearer'),
  },
];
