/** The far side, for tests and measurements. No other room imports it. */
export { sandboxFaults } from '@sallyport/console-api/sandbox-faults';
export {
  clientAuthentication,
  issueCertificate,
  serialOf,
  serverAuthentication,
  type Identity,
  type Issuer,
  type Subject,
} from './demo-pki/certificate.ts';
export { derOfPem, pem } from './demo-pki/der.ts';
export { oakley1024Pem } from './enforcing-proxy/dh-group.ts';
export { deliverAnswer, makeAnswer, type Impostors, type SourceFault } from './demo-pki/faulty-answer.ts';
export { ocspRequest, type AnsweredIssuer } from './demo-pki/ocsp-response.ts';
export { issueRevocationList, type Revocation } from './demo-pki/revocation-list.ts';
export { readConfiguration, type SandboxConfiguration } from './configuration.ts';
export type { EnforcerFault, Fault } from './control/faults.ts';
export type { PublishedClientCertificate, PublishedSandbox } from './published-sandbox.ts';
export { startSandbox, type Sandbox } from './sandbox.ts';
