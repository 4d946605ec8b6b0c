/** The public surface of the package: re-exports only. */
export {
  apiErrorPayloadCode as errorCodes,
  apiErrorPayloadType as errorTypes,
  trainingModelFamily as families,
  trainingModelSupportedAlgorithms as algorithms,
  trainingModelType as modelTypes,
} from '../generated/constants.ts';
