/**
 * The plugin of our rules for Redocly, in JavaScript because Redocly loads it with plain Node.
 *
 * `redocly.yaml` switches the rules on. None of them names a status, a path or a schema.
 */
import { NamedSchemaDescription, PropertyDescription } from './descriptions.js';
import {
  BodyHasSchema,
  ErrorAdvice,
  ErrorEnvelope,
  OperationDocumentsErrors,
  ResponseBody,
  ResponseExamples,
} from './responses.js';

export default () => ({
  id: 'house',
  rules: {
    oas3: {
      'operation-documents-errors': OperationDocumentsErrors,
      'response-body': ResponseBody,
      'body-has-schema': BodyHasSchema,
      'error-envelope': ErrorEnvelope,
      'error-advice': ErrorAdvice,
      'response-examples': ResponseExamples,
      'schema-description': NamedSchemaDescription,
      'property-description': PropertyDescription,
    },
  },
});
