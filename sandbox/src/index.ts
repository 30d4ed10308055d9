/** The far side, for tests and measurements. No other room imports it. */
export { issueCertificate, type Identity } from './demo-pki/certificate.ts';
export { readConfiguration, type SandboxConfiguration } from './configuration.ts';
export type { EnforcerFault, Fault } from './control/faults.ts';
export type { PublishedClientCertificate, PublishedSandbox } from './published-sandbox.ts';
export { startSandbox, type Sandbox } from './sandbox.ts';
