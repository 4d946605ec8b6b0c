/** The `…/verify` door: re-exports only. */
export type { Fetch } from '../transport/fetch.ts';
export { toJUnit } from './junit.ts';
export type { CheckResult, Failed, Passed, Report, Skipped } from './report.ts';
export { type TextOptions, toText } from './text.ts';
export { type VerifyOptions, verifyServer } from './verify.ts';
