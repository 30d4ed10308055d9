/** What the enforcer shows, asks and accepts: the usual, changed by the faults that are on. */
import { constants, X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { EnforcerFault } from '../control/faults.ts';
import { serverAuthentication, type Identity } from '../demo-pki/certificate.ts';
import type { DemoAuthority } from '../demo-pki/demo-authority.ts';
import { certificateFaults, faultyServerIdentities, type CertificateFault } from '../demo-pki/faulty-server.ts';
import { ffdhe2048Pem, oakley1024Pem } from './dh-group.ts';

export interface EnforcerSettings {
  readonly server: readonly Identity[];
  /** The CAs whose client certificates are accepted; their names go into the CertificateRequest. */
  readonly clientAnchorsPem: string;
  /** `request`: only after the request, by renegotiation. */
  readonly asks: 'handshake' | 'request' | 'never';
  readonly tls: SecureContextOptions;
  /** By how much the enforcer's clock is wrong, milliseconds. */
  readonly clockAheadMilliseconds: number;
  /** Whether an intermediate may stand between a client's certificate and the accepted CA. */
  readonly acceptsIntermediates: boolean;
  /** Object identifier that a client's certificate must have besides; null for none. */
  readonly demandedPurpose: string | null;
  /** Fingerprints of the only certificates that are let in; null where authority and name decide. */
  readonly listedFingerprints: readonly string[] | null;
}

const suites =
  'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256';
/** None of these is in a policy: CBC, or no forward secrecy. */
const outdatedSuites =
  'ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:AES256-GCM-SHA384';
const weakSuites = 'DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256';
/** OpenSSL refuses to be weak at its usual level. */
const weakLevel = ':@SECLEVEL=0';
const yearMilliseconds = 365 * 86_400_000;

/** The first certificate fault that is on: one is shown at a time. */
export function shownCertificateFault(faults: ReadonlySet<EnforcerFault>): CertificateFault | null {
  return certificateFaults.find((fault) => faults.has(fault)) ?? null;
}

/** The certificates of a fault; those of no fault for null. */
export function serverIdentities(authority: DemoAuthority, fault: CertificateFault | null, at: number): Identity[] {
  return fault === null ? [authority.serverEcdsa, authority.serverRsa] : faultyServerIdentities(authority, fault, at);
}

export function enforcerSettings(
  authority: DemoAuthority,
  faults: ReadonlySet<EnforcerFault>,
  server: readonly Identity[],
): EnforcerSettings {
  const onlyEcdsa = faults.has('client-key-refused');
  return {
    // Who signs with ECDSA only cannot show an RSA certificate.
    server: onlyEcdsa && shownCertificateFault(faults) === null ? [authority.serverEcdsa] : server,
    clientAnchorsPem: (faults.has('refuses-us') ? authority.strangerRoot : authority.root).certificatePem,
    asks: faults.has('client-none') ? 'never' : faults.has('renegotiation') ? 'request' : 'handshake',
    tls: tlsOptions(faults),
    clockAheadMilliseconds: faults.has('client-expired')
      ? yearMilliseconds
      : faults.has('client-not-yet-valid')
        ? -yearMilliseconds
        : 0,
    acceptsIntermediates: !faults.has('client-missing-intermediate'),
    demandedPurpose: faults.has('client-server-auth-only') ? serverAuthentication : null,
    listedFingerprints: faults.has('client-renewed-refused')
      ? authority.clients.map(({ certificatePem }) => new X509Certificate(certificatePem).fingerprint256)
      : null,
  };
}

function tlsOptions(faults: ReadonlySet<EnforcerFault>): SecureContextOptions {
  const version = faults.has('tls13-only') ? 'TLSv1.3' : faults.has('tls11-only') ? 'TLSv1.1' : 'TLSv1.2';
  const isWeak = (['dh-1024', 'tls11-only', 'no-common-suite', 'sha1', 'rsa-1024'] as const).some((fault) =>
    faults.has(fault),
  );
  const offered = faults.has('dh-1024')
    ? weakSuites
    : faults.has('no-common-suite') || version === 'TLSv1.1'
      ? outdatedSuites
      : suites;
  return {
    minVersion: version,
    maxVersion: version,
    ciphers: offered + (isWeak ? weakLevel : ''),
    honorCipherOrder: true,
    ecdhCurve: 'X25519:P-256:P-384',
    dhparam: faults.has('dh-1024') ? oakley1024Pem : ffdhe2048Pem,
    ...(faults.has('client-key-refused') ? { sigalgs: 'ECDSA+SHA256' } : {}),
    secureOptions: constants.SSL_OP_NO_TICKET | (faults.has('renegotiation') ? 0 : constants.SSL_OP_NO_RENEGOTIATION),
  };
}
