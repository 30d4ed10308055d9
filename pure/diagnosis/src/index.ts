/** Public surface: observations in, ranked findings out. */
export type * from './certificate-facts.ts';
export type * from './observations.ts';
export { diagnose, verdictOf } from './diagnose.ts';
export type { Finding, LogSearch } from './diagnose.ts';
export { enforcementOf } from './enforcement.ts';
export type { Enforcement, IdentityOutcome } from './enforcement.ts';
export type { LogText } from './far-side-log.ts';
export { rules } from './rules.ts';
export type { Certainty, Rule, Severity } from './rule.ts';
