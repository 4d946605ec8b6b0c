/** The checks of an operation that follow from the contract alone: access, parameters, and all answers that came. */
import type { Operation, Parameter } from '../../generated/types.ts';
import { byStatus } from '../client/reply.ts';
import { type ContractOperation, catalog, nameOf } from '../contract.ts';
import { isOneOf } from '../media-type.ts';
import { typesOf } from '../parameter-schema.ts';
import type { Answer } from './answer.ts';
import { Failure, Skip } from './finding.ts';
import { type Location, locations, sampleOf } from './request.ts';
import type { Check, Subject } from './subject.ts';
import { acceptedValues, refusedValues } from './values.ts';

/** Makes the checks of an operation. Only the ids of the catalog's have no prefix. */
function checkOf({ operationId }: Operation) {
  const prefix = operationId === catalog.operationId ? '' : `${operationId}/`;
  return (id: string, title: string, run: Check['run'], severity: Check['severity'] = 'must'): Check => {
    return { id: prefix + id, title, severity, source: 'the contract', comparesModels: false, run };
  };
}

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;
const isError = ({ status }: Answer) => status >= 400;

/** Whether the contract says enough to call an operation. */
const isCallable = (operation: ContractOperation) => 'sample' in sampleOf(operation);

/** A value in the path may be valid and lead to nothing. */
function leadsNowhere({ parameters }: Operation, { status }: Answer): boolean {
  return status === 404 && Object.keys(parameters.path).length > 0;
}

/** The status of a request without valid credentials (RFC 9110, section 15.5.2). */
const unauthorized = 401;

/** Whether an operation is there, and refuses requests without a good key. */
export function accessChecks(operation: ContractOperation): Check[] {
  const check = checkOf(operation);
  const called = check('called', `${nameOf(operation)} is answered with a success.`, async (subject) => {
    const answer = await subject.ask(operation);
    if (isSuccess(answer)) return;
    if (!leadsNowhere(operation, answer)) throw new Failure(answer, 'a success');
    throw new Skip("the server has nothing at the path that the contract's examples lead to");
  });
  if (!operation.secured || !isCallable(operation)) return [called];

  const queries = Object.keys(operation.parameters.query).flatMap((name) => {
    const [value] = valuesOf(operation, 'query', name, true);
    return value === undefined ? [] : [{ [name]: value }];
  });
  const expectRefusal = async (subject: Subject, authorization: string | null, query = {}) => {
    const answer = await subject.ask(operation, { authorization, query });
    if (answer.status !== unauthorized) throw new Failure(answer, `status ${unauthorized}`);
  };
  return [
    called,
    check('auth-required', 'Without a key the answer is 401, whatever the query.', async (subject) => {
      const all = Object.assign({}, ...queries);
      for (const query of [{}, ...queries, all]) await expectRefusal(subject, null, query);
    }),
    check(
      'auth-scheme',
      'A key of another scheme, or Bearer without one, is refused with 401.',
      async (subject) => {
        const basic = `Basic ${btoa('training-catalog:verify')}`;
        for (const wrong of [basic, `Token ${subject.key}`, subject.key, 'Bearer'])
          await expectRefusal(subject, wrong);
      },
    ),
    check(
      'auth-scheme-case',
      'The letter case of Bearer does not count (RFC 9110).',
      async (subject) => {
        const { status } = await subject.ask(operation, { authorization: `Bearer ${subject.key}` });
        const answer = await subject.ask(operation, { authorization: `bearer ${subject.key}` });
        if (answer.status !== status) throw new Failure(answer, `status ${status}, as with Bearer`);
      },
      'should',
    ),
  ];
}

/** Whether each parameter takes what the contract allows, and nothing else. */
export function parameterChecks(operation: ContractOperation): Check[] {
  if (!isCallable(operation)) return [];
  return locations.flatMap((location) =>
    Object.keys(operation.parameters[location]).flatMap((name) => checksOf(operation, location, name)),
  );
}

function checksOf(operation: ContractOperation, location: Location, name: string): Check[] {
  const { schema, required } = operation.parameters[location][name] as Parameter;
  const types = typesOf(schema);
  const refused = valuesOf(operation, location, name, false);
  // Whether a path is found depends on what the server has there.
  const accepted = location === 'path' ? [] : valuesOf(operation, location, name, true);
  const disputed: unknown[] = [];
  if (required && location !== 'path') refused.push(undefined);
  if (location === 'query' && !types.includes('array')) {
    // An empty value may be taken for the null that the contract allows.
    const isText = isValid(operation, location, name, '');
    (isText ? accepted : types.includes('null') ? disputed : refused).push('');
  }

  const check = checkOf(operation);
  const add = (
    kind: string,
    title: string,
    values: unknown[],
    judge: Judge,
    severity?: 'should',
  ): Check[] => {
    const run = async (subject: Subject) => {
      for (const value of values)
        judge(operation, await subject.ask(operation, { [location]: { [name]: value } }));
    };
    return values.length > 0 ? [check(`${name}-${kind}`, `For ${name}, ${title}.`, run, severity)] : [];
  };
  const isRefused = `is refused with ${refusalOf(operation)}`;
  return [
    ...add('refused', `what the contract does not allow ${isRefused}`, refused, expectRefused),
    ...add('empty', `an empty value ${isRefused}`, disputed, expectRefused, 'should'),
    ...add('accepted', 'what the contract allows is taken', accepted, expectTaken),
  ];
}

/** How many values of a parameter are tried at most. */
const mostValues = 6;

/** Values of a parameter that keep the contract, or break it, in a request that keeps it otherwise. */
function valuesOf(
  operation: ContractOperation,
  location: Location,
  name: string,
  keepsContract: boolean,
): unknown[] {
  const { schema } = operation.parameters[location][name] as Parameter;
  return (keepsContract ? acceptedValues(schema) : refusedValues(schema))
    .filter((value) => value !== undefined)
    .filter((value) => isValid(operation, location, name, value) === keepsContract)
    .slice(0, mostValues);
}

function isValid(operation: ContractOperation, location: Location, name: string, value: unknown): boolean {
  const made = sampleOf(operation);
  if ('missing' in made) return false;
  const changed = { ...made.sample[location], [name]: value };
  return operation.validators.request({ ...made.sample, [location]: changed });
}

type Judge = (operation: ContractOperation, answer: Answer) => void;

/** How a request that breaks the contract is refused: by FastAPI's status, else by that of RFC 9110, else by any. */
function refusalOf({ responses }: Operation): string {
  return ['422', '400'].find((status) => Object.hasOwn(responses, status)) ?? '4XX';
}

const expectRefused: Judge = (operation, answer) => {
  const refusal = refusalOf(operation);
  if (!byStatus({ [refusal]: true }, answer.status)) throw new Failure(answer, `status ${refusal}`);
};

const expectTaken: Judge = (operation, answer) => {
  if (isSuccess(answer) || leadsNowhere(operation, answer)) return;
  throw new Failure(answer, 'a success: the contract allows this value');
};

/** What every answer that came has to keep. To be run when the other checks have. */
export function answerChecks(operation: ContractOperation): Check[] {
  if (!isCallable(operation)) return [];
  const check = checkOf(operation);
  return rules.map(([id, title, concerns, find, severity]) => {
    const run = async (subject: Subject) =>
      expectNothing(subject.answersTo(operation).filter(concerns), find);
    return check(id, title, run, severity);
  });
}

/** What is wrong with an answer: what was expected, and what came if that is not its summary. */
type Find = (answer: Answer, all: readonly Answer[]) => [expected: string, received?: string] | undefined;

/** Fails for the first answer with a finding, and says how many others have one. */
function expectNothing(answers: readonly Answer[], find: Find): void {
  // A body that is too large was told of when it came.
  const read = answers.filter(({ size }) => size !== undefined);
  if (read.length === 0) throw new Skip('no such answer came');
  const faulty = read.filter((answer) => find(answer, read));
  const [first] = faulty;
  const [expected, received = first?.summary] = (first && find(first, read)) ?? [];
  if (!first || expected === undefined) return;
  const others = faulty.length > 1 ? ` (and so in ${faulty.length - 1} more of ${read.length} answers)` : '';
  throw new Failure(first, expected, `${received}${others}`);
}

const findType: Find = ({ status, contentType, mediaTypes = [], size, quote }) => {
  if (mediaTypes.length === 0) return size === 0 ? undefined : ['no body'];
  if (isOneOf(contentType, mediaTypes)) return undefined;
  const received = contentType ? `content-type ${quote(contentType)}` : 'no content-type';
  return [`content-type ${mediaTypes.join(' or ')}`, `status ${status} with ${received}`];
};

const findProblem: Find = ({ status, violation, unknownValues }) => {
  const problem = violation ?? unknownValues;
  return problem ? [`a body that keeps the schema of ${status}`, problem] : undefined;
};

const findCode: Find = ({ status, json }) => {
  const { code } = Object(json);
  return code === status || typeof code !== 'number' ? undefined : [`code ${status}`, `code ${code}`];
};

/** How many fields one message names. */
const mostNamed = 10;

/** The names of all answers' fields in one finding. */
const findUndeclared: Find = ({ undeclared }, all) => {
  if (undeclared.length === 0) return undefined;
  const names = [...new Set(all.flatMap((answer) => answer.undeclared))];
  const rest = names.length > mostNamed ? [`and ${names.length - mostNamed} more`] : [];
  return ['no fields but those of the contract', [...names.slice(0, mostNamed), ...rest].join(', ')];
};

type Rule = [
  id: string,
  title: string,
  concerns: (answer: Answer) => boolean,
  find: Find,
  severity?: 'should',
];

const isListed = ({ mediaTypes }: Answer) => mediaTypes !== undefined;
const isUp = ({ isEarly }: Answer) => !isEarly;

const rules: Rule[] = [
  [
    'answer-status',
    'An answer has a status of the contract.',
    isUp,
    (answer) => (isListed(answer) ? undefined : ['a status that the contract lists']),
  ],
  ['content-type', 'An answer, a refusal too, has the media type of its status.', isListed, findType],
  [
    'answer-schema',
    'A success keeps its schema, and has no value that the contract does not list.',
    isSuccess,
    findProblem,
  ],
  [
    'error-schema',
    'A refusal or a failure keeps its schema, which is the error envelope.',
    isError,
    findProblem,
  ],
  ['error-code', 'The code in the error envelope is the HTTP status.', isError, findCode],
  [
    'undeclared-fields',
    'An answer has no fields but those of the contract.',
    () => true,
    findUndeclared,
    'should',
  ],
];
