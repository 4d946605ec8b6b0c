/** Writes the code samples of an operation: a curl command and TypeScript, derived from the contract. */
import { inspect } from 'node:util';
import type { MediaTypeObject, OpenAPI3, ParameterObject, SecuritySchemeObject } from 'openapi-typescript';
import { findJson, follow, type Operation } from './operations.ts';
import { givenValue, sampleValue } from './sample-value.ts';

/** The operation for which the client has a method. */
const catalog = { operationId: 'list_training_catalog_endpoint', method: 'listModels' };

interface Language {
  lang: string;
  label: string;
}

const shell: Language = { lang: 'shell', label: 'curl' };
const script: Language = { lang: 'typescript', label: 'TypeScript' };

/** The languages of the samples. */
export const sampleLanguages = [shell, script];

interface CodeSample extends Language {
  source: string;
}

/** For `x-codeSamples`, which Redoc shows beside an operation. */
export function codeSamples(contract: OpenAPI3, operation: Operation): CodeSample[] {
  const request = sampleRequest(contract, operation);
  return [
    { ...shell, source: curl(contract, operation, request) },
    { ...script, source: typescript(contract, operation, request) },
  ];
}

interface SampleRequest {
  /** Those that are required, and those that the contract gives a value for. */
  parameters: { parameter: ParameterObject; value: unknown }[];
  body: { mediaType: string; value: unknown } | undefined;
}

function sampleRequest(contract: OpenAPI3, { parameters, body }: Operation): SampleRequest {
  const content = body?.content as Record<string, MediaTypeObject> | undefined;
  const [mediaType, media] = findJson(content) ?? Object.entries(content ?? {})[0] ?? [];
  return {
    parameters: parameters
      .filter((parameter) => parameter.required || givenValue(contract, parameter) !== undefined)
      .map((parameter) => ({ parameter, value: sampleValue(contract, parameter) })),
    body: mediaType && media ? { mediaType, value: sampleValue(contract, media) } : undefined,
  };
}

function curl(contract: OpenAPI3, operation: Operation, { parameters, body }: SampleRequest): string {
  const words = [`curl ${methodFlag(operation)}${quote(address(contract, operation, parameters))}`];
  words.push(...credentials(contract, operation));
  for (const { parameter, value } of parameters) {
    if (parameter.in === 'header') words.push(`-H ${quote(`${parameter.name}: ${value}`)}`);
    if (parameter.in === 'cookie') words.push(`-b ${quote(`${parameter.name}=${value}`)}`);
  }
  if (body) {
    const text = typeof body.value === 'string' ? body.value : JSON.stringify(body.value, null, 2);
    words.push(`-H ${quote(`Content-Type: ${body.mediaType}`)}`, `--data-raw ${quote(text)}`);
  }
  return words.join(' \\\n  ');
}

/** A response to HEAD has no body. With `-X HEAD` curl would wait for one. */
function methodFlag({ method }: Operation): string {
  if (method === 'get') return '';
  return method === 'head' ? '--head ' : `-X ${method.toUpperCase()} `;
}

function address(contract: OpenAPI3, { path }: Operation, parameters: SampleRequest['parameters']): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const { parameter, value } of parameters) {
    const values = [value].flat().map(String);
    if (parameter.in === 'path')
      filled = filled.replace(`{${parameter.name}}`, values.map(encodeURIComponent).join(','));
    if (parameter.in !== 'query') continue;
    // OpenAPI repeats the name for each member unless the contract says otherwise.
    const written = parameter.explode === false ? [values.join(',')] : values;
    for (const each of written) query.append(parameter.name, each);
  }
  const { url = '' } = contract.servers?.[0] ?? {};
  return `${url.replace(/\/$/, '')}${filled}${query.size > 0 ? `?${query}` : ''}`;
}

/** Of the first security requirement. The key comes from the environment, so that no shell history keeps it. */
function credentials(contract: OpenAPI3, { node }: Operation): string[] {
  const [names = {}] = node.security ?? contract.security ?? [];
  const schemes = contract.components?.securitySchemes ?? {};
  return Object.keys(names).flatMap((name) => {
    const scheme = schemes[name] && follow<SecuritySchemeObject>(contract, schemes[name]);
    if (scheme?.type === 'http' && scheme.scheme === 'basic') return ['-u "$USER:$PASSWORD"'];
    if (scheme?.type === 'apiKey' && scheme.in === 'header')
      return [`-H "${scheme.name}: $DREADNODE_API_KEY"`];
    return ['-H "Authorization: Bearer $DREADNODE_API_KEY"'];
  });
}

/** Quotes for a shell, in which no character is special then. */
const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function typescript(contract: OpenAPI3, operation: Operation, { parameters, body }: SampleRequest): string {
  const params: Record<string, Record<string, unknown>> = {};
  for (const place of ['path', 'query', 'header', 'cookie']) {
    for (const { parameter, value } of parameters) {
      if (parameter.in === place) params[place] = { ...params[place], [parameter.name]: value };
    }
  }
  const isCatalog = operation.node.operationId === catalog.operationId;
  const from = isCatalog ? 'training-catalog-contract' : 'training-catalog-contract/raw';
  const factory = isCatalog ? 'createTrainingCatalogClient' : 'createRawClient';
  const secured = credentials(contract, operation).length > 0;
  return [
    `import { ${factory} } from '${from}';`,
    '',
    ...(secured ? ['// The key is read from DREADNODE_API_KEY.'] : []),
    `const client = ${factory}();`,
    isCatalog ? catalogCall(params['query']) : rawCall(operation, params, body),
  ].join('\n');
}

function catalogCall(query: object | undefined): string {
  return `const catalog = await client.${catalog.method}(${query ? literal(query) : ''});`;
}

function rawCall({ method, path }: Operation, params: object, body: SampleRequest['body']): string {
  const init = { ...(Object.keys(params).length > 0 && { params }), ...(body && { body: body.value }) };
  const rest = Object.keys(init).length > 0 ? `, ${literal(init)}` : '';
  return `const { data, error } = await client.${method.toUpperCase()}(${literal(path)}${rest});`;
}

/** A value as JavaScript writes it. */
function literal(value: unknown): string {
  return inspect(value, { depth: null, breakLength: 60, maxArrayLength: null, maxStringLength: null });
}
