/** Writes the code samples of an operation, in curl and TypeScript, from the first examples that the contract gives. */
import { inspect } from 'node:util';
import type { OpenAPI3 } from 'openapi-typescript';
import { isJson, type Operation, type Parameter } from '../contract/operations.ts';

/** For `x-codeSamples`, which Redoc shows beside an operation. */
export function codeSamples(contract: OpenAPI3, operation: Operation) {
  return [
    { lang: 'shell', label: 'curl', source: curl(contract, operation) },
    { lang: 'typescript', label: 'TypeScript', source: typescript(operation) },
  ];
}

/** The parameters of one location that have an example. */
function withExample({ parameters }: Operation, location: Parameter['in']) {
  return parameters
    .filter(({ in: found, examples }) => found === location && examples.length > 0)
    .map(({ name, explode, examples: [value] }) => ({ name, explode, value }));
}

/** The first example of a JSON body. */
function bodyExample({ requestBody }: Operation) {
  const media = requestBody?.mediaTypes.find(({ name, examples }) => isJson(name) && examples.length > 0);
  return media && { mediaType: media.name, value: media.examples[0]?.[1] };
}

function curl({ servers }: OpenAPI3, operation: Operation): string {
  let path = operation.path;
  for (const { name, value } of withExample(operation, 'path')) {
    path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  const url = `${servers?.[0]?.url.replace(/\/$/, '') ?? ''}${path}`;
  const query = withExample(operation, 'query').flatMap(({ name, value, explode }) => {
    const texts = [value].flat().map(String);
    return (explode ? texts : [texts.join(',')]).map((text) => `${new URLSearchParams([[name, text]])}`);
  });
  const body = bodyExample(operation);
  // `--get` adds each `-d` to the address, so that a parameter has a line of its own. A body would go there, too.
  const inLines = query.length > 0 && !body;
  const address = inLines || query.length === 0 ? url : `${url}?${query.join('&')}`;
  // With `-X HEAD`, curl would wait for a body.
  const method = { get: '', head: '--head ' }[operation.method as string];
  const words = [
    `curl ${method ?? `-X ${operation.method.toUpperCase()} `}${inLines ? '--get ' : ''}${quote(address)}`,
  ];
  if (inLines) words.push(...query.map((pair) => `-d ${quote(pair)}`));
  // The key comes from the environment, so that no shell history keeps it.
  if (operation.secured) words.push('-H "Authorization: Bearer $DREADNODE_API_KEY"');
  for (const { name, value } of withExample(operation, 'header'))
    words.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body) {
    words.push(`-H ${quote(`Content-Type: ${body.mediaType}`)}`);
    words.push(`--data-raw ${quote(JSON.stringify(body.value, null, 2))}`);
  }
  return words.join(' \\\n  ');
}

/** Quotes for a shell, in which no character is special then. */
const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function typescript(operation: Operation): string {
  const request: Record<string, unknown> = {};
  for (const location of ['path', 'query', 'header'] as const) {
    const values = withExample(operation, location).map(({ name, value }) => [name, value]);
    if (values.length > 0) request[location] = Object.fromEntries(values);
  }
  const body = bodyExample(operation);
  if (body) request['body'] = body.value;
  const isEmpty = Object.keys(request).length === 0;
  const shown = isEmpty
    ? ''
    : `, ${inspect(request, { depth: null, breakLength: 60, maxArrayLength: null })}`;
  return `import { createTrainingCatalogClient } from 'training-catalog-contract';
import { ${operation.name} } from 'training-catalog-contract/operations';

// The key is read from DREADNODE_API_KEY.
const client = createTrainingCatalogClient();
const { data } = await client.call(${operation.name}${shown});`;
}
