/** What the enforcer thinks of a client's certificate, once the signature was looked at. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { EnforcerSettings } from './enforcer-settings.ts';
import { certificateError, noCertificate, type Refusal } from './refusal-page.ts';

export type ClientVerdict = { readonly refusal: Refusal } | { readonly subject: string; readonly serial: bigint };

export function judgeClient(socket: TLSSocket, settings: EnforcerSettings, now: number): ClientVerdict {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return { refusal: noCertificate };
  if (!socket.authorized || !isAccepted(certificate, settings, now)) return { refusal: certificateError };
  return { subject: certificate.subject.replaceAll('\n', ', '), serial: BigInt(`0x${certificate.serialNumber}`) };
}

function isAccepted(certificate: X509Certificate, settings: EnforcerSettings, now: number): boolean {
  const clock = now + settings.clockAheadMilliseconds;
  if (clock < certificate.validFromDate.getTime() || clock > certificate.validToDate.getTime()) return false;
  const { demandedPurpose, acceptsIntermediates, clientAnchorsPem, listedFingerprints } = settings;
  if (listedFingerprints !== null && !listedFingerprints.includes(certificate.fingerprint256)) return false;
  // Of the extended key usage Node gives the object identifiers.
  if (demandedPurpose !== null && !(certificate.keyUsage ?? []).includes(demandedPurpose)) return false;
  return acceptsIntermediates || certificate.checkIssued(new X509Certificate(clientAnchorsPem));
}
