/** Public surface: the dial, its evidence, the HTTP dispatcher over it, and the one-off check. */
export { dial } from './dial.ts';
export type { AcceptedDial, DialOutcome, FailedDial } from './dial.ts';
export { defaultDeadlineMilliseconds } from './dial-target.ts';
export type { ClientCertificate, DialTarget } from './dial-target.ts';
export { holdMilliseconds } from './revocation-data.ts';
export type {
  FetchCode,
  FetchedSource,
  FetchOptions,
  FetchSummary,
  HeldRevocation,
  RevocationData,
  RevocationRules,
  SoftenedAuthority,
} from './revocation-data.ts';
export { judgeChain } from './judge-flight.ts';
export type { FlightJudgement } from './judge-flight.ts';
export type { ForwardProxy, ProxyAuthentication } from './forward-proxy/forward-proxy.ts';
export { basicAuthentication, readBasicCredential } from './forward-proxy/basic-credential.ts';
export { reachPlainHttp } from './forward-proxy/plain-http-way.ts';
export type { PlainHttpOptions, PlainHttpWay } from './forward-proxy/plain-http-way.ts';
export { DialError, showDialError } from './dial-error.ts';
export type { DialErrorCode, ShownDialError } from './dial-error.ts';
export type {
  ClientCertificateEvidence,
  DialEvidence,
  DialTimings,
  ProxyEvidence,
  RevocationAnswer,
  TlsEvidence,
} from './dial-evidence.ts';
export { createEvidenceSink } from './evidence-sink.ts';
export type { BatchingSink, BatchingSinkOptions, EvidenceSink } from './evidence-sink.ts';
export { checkClientCertificate } from './client-context.ts';
export { publicAnchors, isPublicAnchor, readAnchors } from './trust-list.ts';
export type { AnchorsAnswer } from './trust-list.ts';
export { alertOfError, isClientCertificateAlert } from './alert-number.ts';
export { lateCertificateRefusal } from './handshake-error.ts';
export { GenerationDispatcher } from './generations/generation-dispatcher.ts';
export type { GenerationDispatcherOptions } from './generations/generation-dispatcher.ts';
export type { CertificateGeneration } from './generations/generation-sockets.ts';
export { checkOnce } from './check-once.ts';
export type { CheckOptions } from './check-once.ts';
export { actorWords, closingSentence, exitCodeOf } from './check-document.ts';
export type { CheckDocument, CheckedClientCertificate, ClientCertificateOutcome, ExitRule } from './check-document.ts';
// For the doctor's probes, which look at first flights that no policy would take.
export { Deadline, DeadlinePassed } from './deadline.ts';
export { readEnforcerRefusal } from './enforcer-answer.ts';
export { GateFailure } from './gate/gate-failure.ts';
export {
  readCertificateMessage,
  readCertificateRequest,
  readServerHello,
  readServerKeyExchange,
} from './gate/message-reader.ts';
export { DialRecord } from './dial-record.ts';
export { resolveHost } from './reach-address.ts';
export { reachTarget } from './reach-target.ts';
