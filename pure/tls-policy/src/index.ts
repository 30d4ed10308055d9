/** Public surface: policies as data, their Node options, distrust dates, and the five checks. */
export * from './report.ts';
export * from './departures.ts';
export type { CipherSuite, Tls13Suite, TlsPolicy, TlsPolicyId } from './tls-policy.ts';
export { allSuites, suiteByName } from './cipher-suites.ts';
export { defaultTlsPolicy, tlsPolicies, tlsPolicy, tlsPolicyOf } from './policies/policy-index.ts';
export { tls12Four } from './policies/tls12-four.ts';
export { tls12Six } from './policies/tls12-six.ts';
export { tls13 } from './policies/tls13.ts';
export { secureContextOptions, secureOption, serverOptions } from './node-options.ts';
export type { ClientPolicyOptions, PolicyOptions, ServerPolicyOptions } from './node-options.ts';
export { distrustAfterOf, distrustDates } from './distrust-after.ts';
export type { DistrustDate } from './distrust-after.ts';
export { checksNotReached, foldReport, showCertificate } from './fold.ts';
export { foldRowOf, foldTable } from './fold-table.ts';
export type { FoldRow } from './fold-row.ts';
