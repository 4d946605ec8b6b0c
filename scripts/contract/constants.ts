/** Writes down, as TypeScript constants, the facts of the contract that code needs at run time. */
import type {
  OpenAPI3,
  OperationObject,
  ParameterObject,
  ResponseObject,
  SchemaObject,
} from 'openapi-typescript';
import { at } from './pointer.ts';

/** What a response's description says, paragraph by paragraph. */
const guide =
  /^(?<meaning>[^\n].*?)\n\nRetried by the client: (?<retried>yes|no)\.\n\nWhat to do: (?<advice>[^\n].*?)\.\n*$/s;

interface Operation {
  path: string;
  parameters: ParameterObject[];
  /** By status. */
  responses: Record<string, ResponseObject>;
}

/** The contract's one operation with its references resolved. */
export function findOperation(contract: OpenAPI3): Operation {
  const [entry, ...others] = Object.entries(contract.paths ?? {});
  const operation = (entry?.[1] as { get?: OperationObject } | undefined)?.get;
  if (!entry || !operation || others.length > 0) {
    throw new Error('Expected the contract to have exactly one path, read with GET.');
  }
  const [path] = entry;
  return {
    path,
    parameters: (operation.parameters ?? []).map((parameter) => follow<ParameterObject>(contract, parameter)),
    responses: Object.fromEntries(
      Object.entries(operation.responses ?? {}).map(([status, response]) => [
        status,
        follow<ResponseObject>(contract, response),
      ]),
    ),
  };
}

interface ErrorGuide {
  status: number;
  meaning: string;
  retried: 'yes' | 'no';
  advice: string;
}

/** What the descriptions of the error responses say, by status. */
export function errorGuides(contract: OpenAPI3): ErrorGuide[] {
  const errors = Object.entries(findOperation(contract).responses).filter(
    ([status]) => Number(status) >= 400,
  );
  return errors.map(([status, { description }]) => {
    const groups = guide.exec(description ?? '')?.groups;
    if (!groups) {
      throw new Error(
        `Response ${status}: expected a description of three paragraphs: the meaning, "Retried by the client: yes." or "no.", and "What to do: …".`,
      );
    }
    return { status: Number(status), ...groups } as ErrorGuide;
  });
}

export function generateConstants(contract: OpenAPI3): string {
  const { path, parameters } = findOperation(contract);
  const guides = errorGuides(contract);
  return [
    constant('The version of the contract.', 'version', contract.info.version),
    constant('The hosted platform: the first of the servers.', 'serverUrl', contract.servers?.[0]?.url),
    constant('The path of the operation, to be appended to the server.', 'catalogPath', path),
    constant(
      'The type of each query parameter, null left aside.',
      'queryTypes',
      Object.fromEntries(parameters.map(({ name, schema }) => [name, plainType(schema as SchemaObject)])),
    ),
    constant('The bounds and the default of `limit`.', 'limitBounds', limitBounds(parameters)),
    ...enums(contract),
    constant(
      'The statuses that the client retries.',
      'retriedStatuses',
      guides.filter(({ retried }) => retried === 'yes').map(({ status }) => status),
    ),
    constant(
      'What the caller can do about an error, by status.',
      'advice',
      Object.fromEntries(guides.map(({ status, advice }) => [status, advice])),
    ),
  ].join('\n');
}

/** The named examples of each status as they stand in the contract. */
export function generateExamples(contract: OpenAPI3): string {
  const { responses } = findOperation(contract);
  return Object.entries(responses)
    .map(([status, response]) => {
      const { examples = {} } = Object.values(response.content ?? {})[0] as {
        examples?: Record<string, unknown>;
      };
      const values = Object.entries(examples).map(([name, example]) => [
        name,
        follow<{ value: unknown }>(contract, example).value,
      ]);
      return constant(
        `The examples for status ${status}, by name.`,
        `examples${status}`,
        Object.fromEntries(values),
      );
    })
    .join('\n');
}

/** Each list of values that a schema allows, named after its place: `TrainingModel.family` is `trainingModelFamily`. */
function enums(contract: OpenAPI3): string[] {
  return Object.entries(contract.components?.schemas ?? {}).flatMap(([schemaName, schema]) =>
    Object.entries((schema as { properties?: Record<string, SchemaObject> }).properties ?? {}).flatMap(
      ([property, value]) => {
        const values = value.enum ?? (value as { items?: SchemaObject }).items?.enum;
        return values
          ? [
              constant(
                `The values of \`${schemaName}.${property}\`.`,
                camelCase(schemaName, property),
                values,
              ),
            ]
          : [];
      },
    ),
  );
}

function limitBounds(parameters: ParameterObject[]) {
  const schema = parameters.find(({ name }) => name === 'limit')?.schema as {
    default: number;
    minimum: number;
    maximum: number;
  };
  const { default: fallback, minimum, maximum } = schema;
  const complete = [fallback, minimum, maximum].every((bound) => bound !== undefined);
  return complete ? { default: fallback, minimum, maximum } : undefined;
}

function plainType(schema: SchemaObject): unknown {
  return 'anyOf' in schema
    ? (schema.anyOf as SchemaObject[]).map(plainType).find((type) => type !== 'null')
    : schema.type;
}

/** `APIErrorPayload` and `type` make `apiErrorPayloadType`. */
function camelCase(schemaName: string, property: string): string {
  const start = schemaName.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
  return start + property.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function constant(comment: string, name: string, value: unknown): string {
  if (value === undefined) throw new Error(`The contract lacks what "${name}" is made from: ${comment}`);
  return `/** ${comment} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
}

function follow<T>(contract: OpenAPI3, node: unknown): T {
  const ref = (node as { $ref?: string }).$ref;
  return (ref ? at(ref, contract) : node) as T;
}
