/** CRLs and OCSP: what of them is public. */
export { Crl, readCrl } from './crl.ts';
export type { CrlOptions } from './crl.ts';
export { CrlIndex } from './crl-index.ts';
export type { CrlIndexParts } from './crl-index.ts';
export { crlFacts, StoredCrl } from './crl-stored.ts';
export type { CrlFacts, RevocationList, StoredCrlOptions, StoredCrlReads } from './crl-stored.ts';
export { isCrlSignedBy } from './crl-signer.ts';
export type { CrlEntry } from './crl-entry.ts';
export type { IssuingDistributionPoint } from './issuing-distribution-point.ts';
export { showReason } from './reason.ts';
export type { CertificateStatus } from './certificate-status.ts';
export { judgeRevocation } from './judge-revocation.ts';
export { certificateIdOf } from './ocsp-certificate-id.ts';
export type { CertificateId, CertificateIdHash, IssuerKey } from './ocsp-certificate-id.ts';
export { buildOcspRequest, readOcspRequest } from './ocsp-request.ts';
export type { OcspRequest, OcspRequestOptions } from './ocsp-request.ts';
export { readOcspResponse } from './ocsp-response.ts';
export type { BasicOcspResponse, OcspResponse, OcspStatus, ResponderId, SingleResponse } from './ocsp-response.ts';
