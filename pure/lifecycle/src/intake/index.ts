/** Public surface of the intake: a certificate and what is known of it in, findings out. */
export { clientAuthEnds, factsOf, publicLifetimes } from './acceptance-facts.ts';
export { nameFaults, namesAsked, type AskedNames } from './asked-names.ts';
export { finding as intakeFinding } from './intake-finding.ts';
export type { CertificateKind } from './certificate-kind.ts';
export type { IntakeFinding, IntakeInput, IntakeJudgement, IntakeTopic } from './intake-finding.ts';
export { judgeCertificate, orderedChain } from './judge-certificate.ts';
