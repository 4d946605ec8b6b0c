/** The `…/verify` door: re-exports only. */
export { toJUnit } from './junit.ts';
export type { CheckResult, Failed, Passed, Report, Skipped } from './report.ts';
export type { Fetch, FetchInit } from './subject.ts';
export { type TextOptions, toText } from './text.ts';
export { type VerifyOptions, verifyServer } from './verify.ts';
