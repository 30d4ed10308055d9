/** The CRLs of the demo CA, RFC 5280 §5. */
import { createPrivateKey } from 'node:crypto';
import {
  authorityKeyIdentifier,
  distinguishedName,
  extension,
  signatureAlgorithm,
  signed,
  type Issuer,
} from './certificate.ts';
import { contextConstructed, contextPrimitive, enumerated, integer, sequence, time } from './der.ts';

export interface Revocation {
  readonly serial: bigint;
  readonly at: number;
  /** CRLReason, RFC 5280 §5.3.1: 1 keyCompromise, 4 superseded, … */
  readonly reason: number;
}

/** How long a CRL or an OCSP response of the sandbox may be used. */
export const freshMilliseconds = 24 * 3600_000;

/** What a CRL can be made to have instead of what is right. */
export interface RevocationListDefects {
  /** Signed with this key under the issuer's name. */
  readonly signerKeyPem?: string;
  /** The scope: the list of this distribution point only, critical (RFC 5280 §5.2.5). */
  readonly onlyForPoint?: string;
}

/** A complete CRL of `issuer`, DER. The number of a later list is greater: it is the minute in which it was made. */
export function issueRevocationList(
  issuer: Issuer,
  revocations: readonly Revocation[],
  at: number,
  { signerKeyPem = issuer.keyPem, onlyForPoint }: RevocationListDefects = {},
): Buffer {
  const key = createPrivateKey(signerKeyPem);
  const entries = revocations.map(({ serial, at: revokedAt, reason }) =>
    sequence(integer(serial), time(revokedAt), sequence(extension('2.5.29.21', enumerated(reason)))),
  );
  const tbs = sequence(
    integer(1),
    signatureAlgorithm(key),
    distinguishedName(issuer),
    time(at),
    time(at + freshMilliseconds),
    // RFC 5280 §5.1.2.6: an empty list must be absent.
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    contextConstructed(
      0,
      sequence(
        authorityKeyIdentifier(issuer.keyPem),
        extension('2.5.29.20', integer(Math.floor(at / 60_000))),
        ...(onlyForPoint === undefined ? [] : [issuingDistributionPoint(onlyForPoint)]),
      ),
    ),
  );
  return signed(tbs, key);
}

function issuingDistributionPoint(url: string): Buffer {
  const name = contextConstructed(0, contextPrimitive(6, Buffer.from(url, 'latin1')));
  return extension('2.5.29.28', sequence(contextConstructed(0, name)), true);
}
