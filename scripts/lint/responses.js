/** The rules about responses. */
import { isText } from './descriptions.js';
import { follow, operationsOf, responsesOf } from './operations.js';

/** 4xx, 5xx and `default`, which is any other status. */
const isError = (status) => /^(?:[45]|default$)/.test(status);

/** Statuses without a body (RFC 9110, section 6.4.1). */
const hasNoBody = (status) => /^(?:1|204$|205$|304$)/.test(status);

const isRedirect = (status) => status.startsWith('3');

const isJson = (mediaType) => /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);

/** Calls `check` with every response of our operations. A shared one is checked once for each kind of status. */
function forEachResponse(paths, ctx, check) {
  const seen = new Set();
  for (const operation of operationsOf(paths, ctx)) {
    for (const answer of responsesOf(operation, ctx)) {
      const key = `${answer.location.absolutePointer} ${isError(answer.status)} ${hasNoBody(answer.status)}`;
      if (!seen.has(key)) check({ ...answer, method: operation.method });
      seen.add(key);
    }
  }
}

/** Calls `check` with every body of these responses. */
function forEachBody(paths, ctx, check) {
  forEachResponse(paths, ctx, ({ status, response, location }) => {
    for (const [mediaType, body] of Object.entries(response.content ?? {})) {
      check({ status, mediaType, body, location: location.child(['content', mediaType]) });
    }
  });
}

/**
 * Every operation documents each error that any operation has as a shared response.
 *
 * @type {import('@redocly/openapi-core').Oas3Rule}
 */
export const OperationDocumentsErrors = () => ({
  Paths(paths, ctx) {
    const operations = [...operationsOf(paths, ctx)].map((operation) => ({
      ...operation,
      responses: [...responsesOf(operation, ctx)],
    }));
    const shared = new Map();
    for (const { name, responses } of operations) {
      for (const { status, ref } of responses) {
        if (isError(status) && ref && !shared.has(status)) shared.set(status, { ref, name });
      }
    }
    for (const { name, operation, responses, location } of operations) {
      const documented = new Set(responses.map(({ status }) => status));
      // An operation without credentials refuses none.
      const exempt = operation.security?.length === 0 ? ['401', '403'] : [];
      for (const [status, { ref, name: other }] of shared) {
        if (documented.has(status) || exempt.includes(status)) continue;
        ctx.report({
          message: `${name} does not document ${status}, which ${other} answers with a shared response: add \`"${status}": { $ref: "${ref}" }\`. An error that only one operation has is written inside that operation.`,
          location: location.child(['responses']).key(),
        });
      }
    }
  },
});

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ResponseBody = () => ({
  Paths(paths, ctx) {
    forEachResponse(paths, ctx, ({ status, method, response, location }) => {
      const place = location.child(['content']);
      const filled = Object.keys(response.content ?? {}).length > 0;
      if (hasNoBody(status) && response.content) {
        ctx.report({
          message: `A ${status} response has no body: remove \`content\`.`,
          location: place.key(),
        });
      }
      if (hasNoBody(status) || isRedirect(status) || method === 'head' || filled) return;
      ctx.report({
        message: `The ${status} response has no body: give it \`content\`, or the status 204 if there is nothing to say.`,
        location: place,
      });
    });
  },
});

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const BodyHasSchema = () => ({
  MediaType(body, { key, report, location }) {
    if (!isJson(String(key)) || body.schema !== undefined) return;
    report({
      message: `A body of ${key} has no schema: add \`schema\`, from which types and checks are made.`,
      location: location.child(['schema']),
    });
  },
});

/**
 * Its option `schema` is the reference to the envelope.
 *
 * @type {import('@redocly/openapi-core').Oas3Rule}
 */
export const ErrorEnvelope = ({ schema: envelope }) => ({
  Paths(paths, ctx) {
    forEachBody(paths, ctx, ({ status, mediaType, body, location }) => {
      if (!isError(status) || !isJson(mediaType) || !body.schema || body.schema.$ref === envelope) return;
      ctx.report({
        message: `The ${status} response does not come in the one envelope for errors: its schema must be \`$ref: "${envelope}"\`.`,
        location: location.child(['schema']),
      });
    });
  },
});

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ErrorAdvice = () => ({
  Paths(paths, ctx) {
    forEachResponse(paths, ctx, ({ status, response, location }) => {
      const say = (key, message) => ctx.report({ message, location: location.child([key]) });
      if (!isError(status)) {
        for (const key of ['x-retry', 'x-advice']) {
          if (key in response) say(key, `\`${key}\` is for errors: remove it from the ${status} response.`);
        }
        return;
      }
      if (typeof response['x-retry'] !== 'boolean') {
        say(
          'x-retry',
          `The ${status} response must have \`x-retry: true\` or \`x-retry: false\`: whether the same request may succeed when it is sent again.`,
        );
      }
      if (!isText(response['x-advice'])) {
        say(
          'x-advice',
          `The ${status} response must have \`x-advice\`: what callers can do, such as \`try again later\`.`,
        );
      }
    });
  },
});

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ResponseExamples = () => ({
  Paths(paths, ctx) {
    forEachBody(paths, ctx, ({ status, mediaType, body, location }) => {
      const schema = follow(body.schema, location.child(['schema']), ctx)?.node;
      if (isFilled(body.examples) || isFilled(schema?.examples)) return;
      ctx.report({
        message: `The ${status} response has no named example in ${mediaType}: add \`examples: { <name>: { value: … } }\`, with which mocks answer.`,
        location: location.child(['examples']),
      });
    });
  },
});

const isFilled = (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
