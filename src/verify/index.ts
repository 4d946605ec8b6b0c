/** The public surface of `training-catalog-contract/verify`: re-exports only. */
export type { Fetch } from '../transport/fetch.ts';
export type { HeadersInput } from '../transport/headers.ts';
export { toJUnit } from './junit.ts';
export type { Progress, VerifyOptions } from './options.ts';
export type { CheckResult, Code, Failed, Passed, Report, Skipped } from './report.ts';
export { type TextOptions, toText } from './text.ts';
export { verifyServer } from './verify.ts';
