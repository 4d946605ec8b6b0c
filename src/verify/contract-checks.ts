/** The checks of an operation that follow from the contract alone: access, parameters, and all answers that came. */
import type { Operation, Parameter } from '../../generated/types.ts';
import { type ContractOperation, catalog, nameOf } from '../contract.ts';
import { isOneOf } from '../media-type.ts';
import { typesOf } from '../parameter-schema.ts';
import type { Answer } from './answer.ts';
import type { Check } from './check.ts';
import { Failure, Skip } from './finding.ts';
import { type Location, locations, sampleOf, writeParameter } from './request.ts';
import type { Subject } from './subject.ts';
import { acceptedValues, refusedValues } from './values.ts';

type Derived = Omit<Check, 'source' | 'severity'> & Partial<Pick<Check, 'severity'>>;

const complete = (operation: ContractOperation, check: Derived): Check => ({
  severity: 'must',
  source: 'the contract',
  ...check,
  id: (operation === catalog ? '' : `${operation.operationId}/`) + check.id,
});

/** Whether the contract says enough to call an operation. */
const isCallable = (operation: ContractOperation) => 'sample' in sampleOf(operation);

/** Whether it is called at all, and whether it refuses requests without a good key. */
export function accessChecks(operation: ContractOperation): Check[] {
  const called: Derived = {
    id: 'called',
    title: `${nameOf(operation)} is answered with a success.`,
    async run(subject) {
      const answer = await subject.ask(operation);
      if (isSuccess(answer)) return;
      if (answer.status === 404 && Object.keys(operation.parameters.path).length > 0) {
        throw new Skip("the server has nothing at the path that the contract's examples lead to");
      }
      throw new Failure(answer, 'a success');
    },
  };
  const isSecured = operation.secured && isCallable(operation);
  // A run begins by calling the catalog.
  const checks = [...(operation === catalog ? [] : [called]), ...(isSecured ? keyChecks(operation) : [])];
  return checks.map((check) => complete(operation, check));
}

/** The status of a request without valid credentials (RFC 9110, section 15.5.2). */
const unauthorized = 401;

function keyChecks(operation: ContractOperation): Derived[] {
  const searches = Object.keys(operation.parameters.query).flatMap((name) => {
    const [value] = valuesOf(operation, 'query', name, 'accepted');
    return value === undefined ? [] : [writeParameter(operation, 'query', name, value)];
  });
  const refuses = async (subject: Subject, authorization: string | null, search = '') => {
    const answer = await subject.ask(operation, { authorization, search });
    if (answer.status !== unauthorized) throw new Failure(answer, `status ${unauthorized}`);
  };
  return [
    {
      id: 'auth-required',
      title: 'A request without a key is refused with 401, whatever its query.',
      async run(subject) {
        for (const search of ['', ...searches, searches.join('&')]) await refuses(subject, null, search);
      },
    },
    {
      id: 'auth-scheme',
      title:
        'Credentials of another scheme than Bearer are refused with 401, and so is Bearer without a token.',
      async run(subject) {
        const basic = `Basic ${btoa('training-catalog:verify')}`;
        for (const authorization of [basic, `Token ${subject.key}`, subject.key, 'Bearer']) {
          await refuses(subject, authorization);
        }
      },
    },
    {
      id: 'auth-scheme-case',
      title: 'The letter case of the scheme Bearer does not count (RFC 9110, section 11.1).',
      severity: 'should',
      async run(subject) {
        const { status } = await subject.ask(operation, { authorization: `Bearer ${subject.key}` });
        const answer = await subject.ask(operation, { authorization: `bearer ${subject.key}` });
        if (answer.status !== status) throw new Failure(answer, `status ${status}, as with Bearer`);
      },
    },
  ];
}

/** The types and bounds of every parameter. */
export function parameterChecks(operation: ContractOperation): Check[] {
  if (!isCallable(operation)) return [];
  const checks = locations.flatMap((location) =>
    Object.entries(operation.parameters[location]).flatMap(([name, parameter]) =>
      checksOf(operation, location, name, parameter),
    ),
  );
  return checks.map((check) => complete(operation, check));
}

function checksOf(
  operation: ContractOperation,
  location: Location,
  name: string,
  { schema, required }: Parameter,
): Derived[] {
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const types = typesOf(schema);
  const refused = valuesOf(operation, location, name, 'refused');
  const accepted = valuesOf(operation, location, name, 'accepted');
  if (required && location !== 'path') refused.push(undefined);
  const checks: Derived[] = [];
  const add = (kind: string, title: string, values: unknown[], judge: Judge, severity?: 'should') => {
    if (values.length === 0) return;
    const run = async (subject: Subject) => {
      for (const value of values) {
        judge(operation, await subject.ask(operation, { parameter: { location, name, value } }));
      }
    };
    checks.push({ id: `${id}-${kind}`, title, run, ...(severity && { severity }) });
  };
  const isRefused = `is refused${refusalOf(operation) ? ` with ${refusalOf(operation)}` : ''}`;
  // Empty is text or no value at all. A server may take it for the null that the contract allows.
  if (location === 'query' && !types.includes('array')) {
    if (isValid(operation, location, name, '')) accepted.push('');
    else if (types.includes('null')) {
      add('empty', `For ${name}, an empty value ${isRefused}.`, [''], expectRefused, 'should');
    } else refused.push('');
  }
  add('refused', `For ${name}, what the contract does not allow ${isRefused}.`, refused, expectRefused);
  // Whether a path is found depends on what the server has there.
  if (location !== 'path') {
    add('accepted', `For ${name}, what the contract allows is taken.`, accepted, expectTaken);
  }
  return checks;
}

/** How many values of a parameter are tried at most. */
const mostValues = 6;

/** Values of a parameter that keep the contract, or break it, in a request that keeps it otherwise. */
function valuesOf(
  operation: ContractOperation,
  location: Location,
  name: string,
  kind: 'accepted' | 'refused',
): unknown[] {
  const { schema } = operation.parameters[location][name] as Parameter;
  const candidates = kind === 'accepted' ? acceptedValues(schema) : refusedValues(schema);
  return candidates
    .filter(
      (value) => value !== undefined && isValid(operation, location, name, value) === (kind === 'accepted'),
    )
    .slice(0, mostValues);
}

function isValid(operation: ContractOperation, location: Location, name: string, value: unknown): boolean {
  const made = sampleOf(operation);
  if (!('sample' in made)) return false;
  const { sample } = made;
  return operation.validateRequest({ ...sample, [location]: { ...sample[location], [name]: value } });
}

type Judge = (operation: ContractOperation, answer: Answer) => void;

/** The status by which a request that breaks the contract is refused; undefined if the contract does not say. */
function refusalOf({ responses }: Operation): number | undefined {
  // FastAPI's, then that of RFC 9110.
  return [422, 400].find((status) => Object.hasOwn(responses, status));
}

const expectRefused: Judge = (operation, answer) => {
  const status = refusalOf(operation);
  if (status !== undefined) {
    if (answer.status !== status) throw new Failure(answer, `status ${status}`);
  } else if (answer.status < 400 || answer.status > 499) {
    throw new Failure(answer, 'a refusal, so a status from 400 to 499');
  }
};

const expectTaken: Judge = (operation, answer) => {
  // The value may be valid and lead to nothing.
  const leadsNowhere = answer.status === 404 && Object.keys(operation.parameters.path).length > 0;
  if (!isSuccess(answer) && !leadsNowhere) {
    throw new Failure(answer, 'a success: the contract allows this value');
  }
};

/** What every answer that came has to keep. To be run when the other checks have. */
export function answerChecks(operation: ContractOperation): Check[] {
  if (!isCallable(operation)) return [];
  const check = (
    id: string,
    title: string,
    concerns: (answer: Answer) => boolean,
    judge: (answers: readonly Answer[]) => void,
    severity: Check['severity'] = 'must',
  ): Check => {
    const run = async (subject: Subject) => {
      // A body that is too large was told of when it came.
      const answers = subject.answersTo(operation).filter((answer) => !answer.isTooLarge && concerns(answer));
      if (answers.length === 0) throw new Skip('no such answer came');
      judge(answers);
    };
    return complete(operation, { id, title, severity, run });
  };
  return [
    check(
      'answer-status',
      'Every answer has a status that the contract lists.',
      ({ isEarly }) => !isEarly,
      each(({ mediaTypes }) => (mediaTypes ? undefined : ['a status that the contract lists'])),
    ),
    check(
      'content-type',
      'Every answer, refusals too, has the media type of its status.',
      ({ mediaTypes }) => mediaTypes !== undefined,
      each(findType),
    ),
    check(
      'answer-schema',
      'Every success keeps its schema, and has no value that the contract does not list.',
      isSuccess,
      each(findProblem),
    ),
    check(
      'error-schema',
      'Every refusal and every failure keeps its schema, which is the error envelope.',
      isError,
      each(findProblem),
    ),
    check(
      'error-code',
      'The code in the error envelope is the HTTP status.',
      (answer) => isError(answer) && typeof Object(answer.json).code === 'number',
      each(({ status, json }) => {
        const { code } = Object(json);
        return code === status ? undefined : [`code ${status}`, `code ${code}`];
      }),
    ),
    check(
      'undeclared-fields',
      'Answers have no fields that the contract does not have.',
      (answer) => isSuccess(answer) || isError(answer),
      expectDeclared,
      'should',
    ),
  ];
}

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;
const isError = ({ status }: Answer) => status >= 400;

/** What is wrong with an answer: what was expected, and what came if that is not its summary. */
type Finding = [expected: string, received?: string];

/** Fails for the first answer with a finding, and says how many others have one. */
function each(find: (answer: Answer) => Finding | undefined): (answers: readonly Answer[]) => void {
  return (answers) => {
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
  };
}

function findType({ status, contentType, mediaTypes = [], isEmpty, quote }: Answer): Finding | undefined {
  if (mediaTypes.length === 0) return isEmpty ? undefined : ['no body'];
  if (isOneOf(contentType, mediaTypes)) return undefined;
  const received = contentType ? `content-type ${quote(contentType)}` : 'no content-type';
  return [`content-type ${mediaTypes.join(' or ')}`, `status ${status} with ${received}`];
}

function findProblem({ status, violation, unknownValues }: Answer): Finding | undefined {
  const problem = violation ?? unknownValues;
  return problem === undefined ? undefined : [`a body that keeps the schema of ${status}`, problem];
}

/** How many fields one message names. */
const mostNamed = 10;

/** One finding for all answers, with the names of the fields. */
function expectDeclared(answers: readonly Answer[]): void {
  const first = answers.find(({ undeclared }) => undeclared.length > 0);
  if (!first) return;
  const names = [...new Set(answers.flatMap(({ undeclared }) => undeclared))];
  const rest = names.length > mostNamed ? [`and ${names.length - mostNamed} more`] : [];
  const received = [...names.slice(0, mostNamed), ...rest].join(', ');
  throw new Failure(first, 'no fields but those of the contract', received);
}
