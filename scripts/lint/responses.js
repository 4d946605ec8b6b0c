/** The rules about responses. */
import { isText } from './descriptions.js';

/** 4xx, 5xx and `default`, which is any other status. */
const isError = (status) => /^(?:[45]|default$)/.test(status);

/** Statuses without a body (RFC 9110, section 6.4.1). */
const hasNoBody = (status) => /^(?:1|204$|205$|304$)/.test(status);

const isRedirect = (status) => status.startsWith('3');

const isJson = (mediaType) => /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);

/**
 * Visits every response of the operations under `paths`, with references followed, and `check`s it. Those of webhooks
 * and callbacks are not among them: somebody else answers them. A shared response is checked once for each kind of status.
 */
function forEachResponse(check) {
  const seen = new Set();
  const visit = (response, ctx) => {
    const status = String(ctx.key);
    const key = `${ctx.location.absolutePointer} ${isError(status)} ${hasNoBody(status)}`;
    if (!seen.has(key)) check({ status, response, ctx });
    seen.add(key);
  };
  return { Paths: { PathItem: { Operation: { Response: visit } } } };
}

/** The same for every body of these responses. */
function forEachBody(check) {
  return forEachResponse(({ status, response, ctx }) => {
    for (const [mediaType, body] of Object.entries(response.content ?? {})) {
      check({ status, mediaType, body, ctx, location: ctx.location.child(['content', mediaType]) });
    }
  });
}

/**
 * Every operation documents each error that any operation has as a shared response.
 *
 * @type {import('@redocly/openapi-core').Oas3Rule}
 */
export const OperationDocumentsErrors = () => {
  const operations = [];
  const shared = new Map();
  let path;
  return {
    Paths: {
      PathItem: {
        enter(_, { key }) {
          path = key;
        },
        Operation: {
          enter({ security }, { key, location }) {
            const name = `${key.toUpperCase()} ${path}`;
            operations.push({
              name,
              security,
              where: location.child(['responses']).key(),
              documented: new Set(),
            });
          },
          Response(_, { key, rawNode }) {
            const { name, documented } = operations.at(-1);
            const status = String(key);
            documented.add(status);
            if (isError(status) && rawNode.$ref && !shared.has(status))
              shared.set(status, { ref: rawNode.$ref, name });
          },
        },
      },
      leave(_, { report }) {
        for (const { name, security, where, documented } of operations) {
          // An operation without credentials refuses none.
          const exempt = security?.length === 0 ? ['401', '403'] : [];
          for (const [status, { ref, name: other }] of shared) {
            if (documented.has(status) || exempt.includes(status)) continue;
            report({
              message: `${name} does not document ${status}, which ${other} answers with a shared response: add \`"${status}": { $ref: "${ref}" }\`. An error that only one operation has is written inside that operation.`,
              location: where,
            });
          }
        }
      },
    },
  };
};

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ResponseBody = () =>
  forEachResponse(({ status, response, ctx: { report, location, parentLocations } }) => {
    const where = location.child(['content']);
    const filled = Object.keys(response.content ?? {}).length > 0;
    if (hasNoBody(status) && response.content) {
      report({ message: `A ${status} response has no body: remove \`content\`.`, location: where.key() });
    }
    const isHead = parentLocations.Operation.pointer.endsWith('/head');
    if (hasNoBody(status) || isRedirect(status) || isHead || filled) return;
    report({
      message: `The ${status} response has no body: give it \`content\`, or the status 204 if there is nothing to say.`,
      location: where,
    });
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
export const ErrorEnvelope = ({ schema: envelope }) =>
  forEachBody(({ status, mediaType, body, ctx, location }) => {
    if (!isError(status) || !isJson(mediaType) || !body.schema || body.schema.$ref === envelope) return;
    ctx.report({
      message: `The ${status} response does not come in the one envelope for errors: its schema must be \`$ref: "${envelope}"\`.`,
      location: location.child(['schema']),
    });
  });

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ErrorAdvice = () =>
  forEachResponse(({ status, response, ctx: { report, location } }) => {
    const say = (key, message) => report({ message, location: location.child([key]) });
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

/** @type {import('@redocly/openapi-core').Oas3Rule} */
export const ResponseExamples = () =>
  forEachBody(({ status, mediaType, body, ctx, location }) => {
    const schema = ctx.resolve(body.schema).node;
    if (isFilled(body.examples) || isFilled(schema?.examples)) return;
    ctx.report({
      message: `The ${status} response has no named example in ${mediaType}: add \`examples: { <name>: { value: … } }\`, with which mocks answer.`,
      location: location.child(['examples']),
    });
  });

const isFilled = (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
