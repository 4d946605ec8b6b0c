/**
 * The house's own rules as a plugin for Redocly, which loads it by plain Node and therefore in JavaScript.
 *
 * `redocly.yaml` switches them on. They hold for any contract of ours and name no status, path or schema.
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
