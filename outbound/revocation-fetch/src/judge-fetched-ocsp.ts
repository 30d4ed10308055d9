/** Whether bytes that a responder sent answer the question that was asked: about this certificate, by its issuer or a delegate, in its window. */
import {
  anchorFromKey,
  judgeCertificateRevocation,
  privateAuthorityRules,
  readOcspResponse,
  utcInstant,
  validationPolicy,
  X509Error,
} from '@sallyport/x509';
import type { Certificate, IssuerKey, OcspResponse } from '@sallyport/x509';
import type { FetchCode } from '@sallyport/tls-dialer';
import { FetchFailure } from './fetch-failure.ts';
import { isCutOff, notDer } from './judge-fetched-crl.ts';

export interface JudgedOcsp {
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  /** The responder does not know the certificate: kept, because it is an answer, and told. */
  readonly unknown: FetchFailure | null;
}

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });

/** Codes of the validator as codes of a source. */
const codes: Readonly<Record<string, FetchCode>> = {
  X509_OCSP_NONCE_MISMATCH: 'ocsp-nonce-mismatch',
  X509_OCSP_SIGNATURE_INVALID: 'ocsp-bad-signature',
  X509_OCSP_SIGNATURE_REFUSED: 'ocsp-bad-signature',
  X509_OCSP_RESPONDER_NOT_FOUND: 'ocsp-wrong-signer',
  X509_OCSP_RESPONDER_OTHER_ISSUER: 'ocsp-wrong-signer',
  X509_OCSP_NOT_YET_VALID: 'ocsp-future',
  X509_OCSP_EXPIRED: 'ocsp-stale',
  X509_OCSP_TOO_OLD: 'ocsp-stale',
  X509_REVOCATION_UNDETERMINED: 'ocsp-other-certificate',
  X509_REVOCATION_NO_SOURCE: 'ocsp-other-certificate',
};

/** @throws FetchFailure */
export function judgeFetchedOcsp(
  der: Uint8Array,
  certificate: Certificate,
  issuer: IssuerKey,
  nonce: Uint8Array,
  now: number,
): JudgedOcsp {
  const response = readFetched(der);
  if (response.basic === null)
    throw response.status === 'tryLater'
      ? new FetchFailure('ocsp-try-later', 'The OCSP responder asks to try later.')
      : new FetchFailure('ocsp-not-successful', `The OCSP responder answered ${response.status}.`);
  const entry = judgeCertificateRevocation({
    certificate,
    issuer: anchorFromKey(issuer.subject, issuer.publicKey),
    at: utcInstant(now),
    policy,
    revocation: { mode: 'hard', crls: [], ocspResponses: [der], ocspNonce: nonce },
  });
  const unknown =
    entry.code === 'X509_OCSP_UNKNOWN'
      ? new FetchFailure('ocsp-unknown-certificate', 'The OCSP responder does not know the certificate.')
      : null;
  if (entry.outcome !== 'pass' && entry.outcome !== 'fail' && unknown === null)
    throw new FetchFailure(codeOf(entry.code), entry.message);
  const { responses } = response.basic;
  const nextUpdates = responses.flatMap(({ nextUpdate }) => (nextUpdate === null ? [] : [nextUpdate]));
  return {
    thisUpdate: Math.min(...responses.map(({ thisUpdate }) => thisUpdate)),
    nextUpdate: nextUpdates.length === 0 ? null : Math.min(...nextUpdates),
    unknown,
  };
}

function codeOf(code: string): FetchCode {
  return codes[code] ?? (code.startsWith('X509_OCSP_RESPONDER_') ? 'ocsp-responder-not-authorised' : 'ocsp-malformed');
}

function readFetched(der: Uint8Array): OcspResponse {
  if (der[0] !== 0x30) throw notDer(der, 'OCSP response');
  try {
    return readOcspResponse(der);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    if (isCutOff(der)) throw new FetchFailure('source-cut-off', 'The OCSP response is cut off in the middle.');
    throw new FetchFailure('ocsp-malformed', `The OCSP response cannot be read: ${error.reason}.`);
  }
}
