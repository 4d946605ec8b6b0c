/** The public surface of `training-catalog-contract/mock`. */
export { type Preference, prefer, type ResponseStatus } from './prefer.ts';
export { type Mock, type MockOptions, startMock } from './start-mock.ts';
