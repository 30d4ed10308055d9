/** The rows of the fold for what CRLs and OCSP responses say: all of them belong to the check of revocation. */
import type { FoldRow } from './fold-row.ts';
import type { Actor } from './report.ts';

const row = (actor: Actor | null, words: string): FoldRow => ({ check: 'revocation', actor, words });

export const foldRevocationTable: Readonly<Record<string, FoldRow>> = {
  X509_REVOCATION_GOOD: row(null, 'A CRL or an OCSP response says that the certificate is not revoked.'),
  X509_REVOCATION_REVOKED: row('customer', 'The certificate was revoked; the far side needs another one.'),
  X509_REVOCATION_OFF: row('operator', 'Revocation was not judged.'),
  X509_REVOCATION_UNDETERMINED: row(
    'operator',
    'Nothing at hand says whether a certificate is revoked: no revocation data was fetched or stapled.',
  ),
  X509_REVOCATION_NO_SOURCE: row(
    'certificate-authority',
    'The certificate names no place where its revocation would be published.',
  ),
  X509_REVOCATION_NO_VERIFIED_ISSUER: row('customer', 'Without a verified issuer revocation cannot be judged.'),
  X509_REVOCATION_NONE_ISSUED: row('certificate-authority', 'The authority issues no revocation data, as was agreed.'),
  X509_REVOCATION_SHORT_LIVED: row(
    'certificate-authority',
    'The certificate lives so shortly that its revocation is not published.',
  ),
  X509_REVOCATION_CIRCULAR: row('certificate-authority', 'The status of a certificate hangs on itself.'),
  X509_REVOCATION_MALFORMED: row('certificate-authority', 'Something that is needed to judge revocation is malformed.'),

  X509_CRL_UNREADABLE: row('certificate-authority', 'A CRL is malformed.'),
  X509_CRL_EXPIRED: row('certificate-authority', 'A CRL should have been replaced by a newer one.'),
  X509_CRL_NOT_YET_VALID: row('certificate-authority', 'A CRL is from the future, or a clock is wrong.'),
  X509_CRL_NO_NEXT_UPDATE: row('certificate-authority', 'A CRL does not say until when it holds.'),
  X509_CRL_NUMBER_INVALID: row('certificate-authority', 'A CRL has no proper number.'),
  X509_CRL_CRITICAL_EXTENSION_UNKNOWN: row(
    'certificate-authority',
    'A CRL has a critical extension that is not known here.',
  ),
  X509_CRL_SIGNATURE_INVALID: row('network-team', 'A CRL was altered, or somebody else made it.'),
  X509_CRL_SIGNATURE_REFUSED: row(
    'certificate-authority',
    'A CRL is signed by an algorithm or key that is not accepted.',
  ),
  X509_CRL_SIGNER_NOT_FOUND: row('certificate-authority', 'The signer of a CRL is not at hand.'),
  X509_CRL_SIGNER_UNTRUSTED: row('certificate-authority', 'The signer of a CRL has no path to the same trust anchor.'),
  X509_CRL_SIGNER_UNDETERMINED: row('certificate-authority', 'Nobody says whether the signer of a CRL is revoked.'),
  X509_CRL_SIGNER_REVOKED: row('certificate-authority', 'The signer of a CRL is revoked.'),
  X509_CRL_SIGNER_KEY_USAGE: row('certificate-authority', 'The key that signed a CRL is not for signing CRLs.'),
  X509_CRL_SIGNER_CIRCULAR: row('certificate-authority', 'The status of the signer of a CRL hangs on itself.'),
  X509_CRL_DELTA_WITHOUT_BASE: row('certificate-authority', 'A delta CRL is at hand without its complete CRL.'),
  X509_CRL_DELTA_SCOPE: row('certificate-authority', 'A delta CRL is of another scope than the complete one.'),
  X509_CRL_DELTA_BASE: row('certificate-authority', 'A delta CRL belongs to a later complete one.'),
  X509_CRL_DELTA_NOT_CRITICAL: row('certificate-authority', 'A delta CRL does not say critically that it is one.'),
  X509_CRL_DELTA_SIGNER: row('certificate-authority', 'A delta CRL is signed with another key than the complete one.'),
  X509_CRL_REASONS_INCOMPLETE: row(
    'certificate-authority',
    'The CRLs at hand do not speak for all reasons of revocation.',
  ),
  X509_CRL_ONLY_USER_CERTIFICATES: row('certificate-authority', 'A CRL speaks for end entities only.'),
  X509_CRL_ONLY_CA_CERTIFICATES: row('certificate-authority', 'A CRL speaks for authorities only.'),
  X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES: row('certificate-authority', 'A CRL speaks for attribute certificates only.'),
  X509_CRL_NOT_INDIRECT: row(
    'certificate-authority',
    'A CRL of another issuer does not say that it speaks for others.',
  ),
  X509_CRL_DISTRIBUTION_POINT_MISMATCH: row('certificate-authority', 'A CRL is for another distribution point.'),
  X509_CRL_DISTRIBUTION_POINT_NOT_CRITICAL: row('certificate-authority', 'A CRL does not mark its scope as critical.'),
  X509_CRL_DISTRIBUTION_POINTS_MALFORMED: row(
    'certificate-authority',
    'The distribution points of a certificate are malformed.',
  ),

  X509_OCSP_UNREADABLE: row('certificate-authority', 'An OCSP response is malformed.'),
  X509_OCSP_UNKNOWN: row('certificate-authority', 'The OCSP responder does not know the certificate.'),
  X509_OCSP_NOT_SUCCESSFUL: row('certificate-authority', 'The OCSP responder gave no answer.'),
  X509_OCSP_EXPIRED: row('certificate-authority', 'An OCSP response should have been replaced by a newer one.'),
  X509_OCSP_NOT_YET_VALID: row('certificate-authority', 'An OCSP response is from the future, or a clock is wrong.'),
  X509_OCSP_TOO_OLD: row('certificate-authority', 'An OCSP response is older than is accepted.'),
  X509_OCSP_WINDOW_INVALID: row('certificate-authority', 'An OCSP response ends before it begins.'),
  X509_OCSP_NONCE_MISMATCH: row('network-team', 'An OCSP response answers another request.'),
  X509_OCSP_CRITICAL_EXTENSION_UNKNOWN: row(
    'certificate-authority',
    'An OCSP response has a critical extension that is not known here.',
  ),
  X509_OCSP_SIGNATURE_INVALID: row('network-team', 'An OCSP response was altered, or somebody else made it.'),
  X509_OCSP_SIGNATURE_REFUSED: row(
    'certificate-authority',
    'An OCSP response is signed by an algorithm that is not accepted.',
  ),
  X509_OCSP_RESPONDER_NOT_FOUND: row('certificate-authority', 'The certificate of the OCSP responder is not at hand.'),
  X509_OCSP_RESPONDER_OTHER_ISSUER: row(
    'certificate-authority',
    'The OCSP responder was not appointed by the issuer of the certificate.',
  ),
  X509_OCSP_RESPONDER_PURPOSE: row('certificate-authority', 'The certificate of the OCSP responder is not for OCSP.'),
  X509_OCSP_RESPONDER_KEY_USAGE: row('certificate-authority', 'The key of the OCSP responder is not for signing.'),
  X509_OCSP_RESPONDER_NOT_VALID: row(
    'certificate-authority',
    'The certificate of the OCSP responder is not within its dates.',
  ),
  X509_OCSP_RESPONDER_MALFORMED: row('certificate-authority', 'The certificate of the OCSP responder is malformed.'),
  X509_OCSP_RESPONDER_CRITICAL_EXTENSION: row(
    'certificate-authority',
    'The certificate of the OCSP responder has a critical extension that is not known here.',
  ),
  X509_OCSP_RESPONDER_REVOKED: row('certificate-authority', 'The certificate of the OCSP responder is revoked.'),
  X509_OCSP_RESPONDER_UNDETERMINED: row('certificate-authority', 'Nobody says whether the OCSP responder is revoked.'),
  X509_OCSP_STAPLE_MISSING: row(
    'customer',
    'The certificate demands a stapled OCSP response, and the server sends none.',
  ),
  X509_OCSP_STAPLE_UNUSABLE: row(
    'customer',
    'The certificate demands a stapled OCSP response, and the one sent cannot be used.',
  ),
};
