/** The web tier's own certificate, judged before it is shown to anybody: what can be judged without its authority. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { ServerCertificate } from '@sallyport/http-api';
import { readCertificate, readPem, X509Error } from '@sallyport/x509';

export interface CertificateFault {
  readonly check: 'readable' | 'key-match' | 'key-strength' | 'chain' | 'validity' | 'name';
  readonly code: string;
  readonly message: string;
}

export interface CheckedCertificate {
  /** Nothing is served with these. */
  readonly fatal: readonly CertificateFault[];
  /** It is served, and the log says so. */
  readonly warnings: readonly CertificateFault[];
  /** As browsers show it, `AB:CD:…`; empty where it cannot be read. */
  readonly fingerprint: string;
  /** First end on the chain, epoch milliseconds; null where it cannot be read. */
  readonly notAfter: number | null;
  /** DNS names of the end entity. */
  readonly names: readonly string[];
}

const day = 86_400_000;
const warnDays = 14;
const minimumRsaBits = 2048;

/** Judges both texts at `now` (epoch milliseconds). */
export function checkCertificate({ certificatePem, keyPem }: ServerCertificate, now: number): CheckedCertificate {
  const fatal: CertificateFault[] = [];
  const chain = readChain(certificatePem, fatal);
  const key = readKey(keyPem, fatal);
  const [endEntity] = chain;
  if (endEntity === undefined) return { fatal, warnings: [], fingerprint: '', notAfter: null, names: [] };
  if (key !== null && !endEntity.checkPrivateKey(key))
    fatal.push({ check: 'key-match', code: 'key-mismatch', message: 'The key does not belong to the certificate.' });
  fatal.push(...keyStrength(endEntity), ...chainFaults(chain));
  const notAfter = Math.min(...chain.map(({ validToDate }) => validToDate.getTime()));
  const names = (endEntity.subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  return {
    fatal,
    warnings: [...validity(endEntity, notAfter, now), ...naming(endEntity)],
    fingerprint: endEntity.fingerprint256,
    notAfter,
    names,
  };
}

function readChain(pem: string, faults: CertificateFault[]): X509Certificate[] {
  try {
    const blocks = readPem(pem).filter(({ label }) => label === 'CERTIFICATE');
    if (blocks.length === 0) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no certificate in the file');
    // Our own reader is stricter than OpenSSL's: what it refuses, strict peers refuse, too.
    for (const { der } of blocks) readCertificate(der);
    return blocks.map(({ der }) => new X509Certificate(der));
  } catch (error) {
    const code = error instanceof X509Error ? error.code : 'certificate-unreadable';
    faults.push({ check: 'readable', code, message: `The certificate cannot be read: ${(error as Error).message}` });
    return [];
  }
}

function readKey(pem: string, faults: CertificateFault[]): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's words could quote the file.
    faults.push({
      check: 'readable',
      code: 'key-unreadable',
      message: 'The key cannot be read: it must be unencrypted PEM.',
    });
    return null;
  }
}

function keyStrength(certificate: X509Certificate): CertificateFault[] {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = certificate.publicKey;
  const fault = (message: string): CertificateFault[] => [{ check: 'key-strength', code: 'key-weak', message }];
  if (kind === 'rsa')
    return (details?.modulusLength ?? 0) >= minimumRsaBits
      ? []
      : fault(`An RSA key needs ${minimumRsaBits} bits or more.`);
  if (kind === 'ec')
    return ['prime256v1', 'secp384r1'].includes(details?.namedCurve ?? '')
      ? []
      : fault('An EC key must be P-256 or P-384.');
  return fault(`A key of kind '${kind}' fits none of the agreed suites: use RSA, P-256 or P-384.`);
}

/** RFC 5246 §7.4.2: each following certificate must directly certify the one before. */
function chainFaults(chain: readonly X509Certificate[]): CertificateFault[] {
  return chain.flatMap((certificate, index) => {
    const issuer = chain[index + 1];
    if (issuer === undefined || (certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))) return [];
    const message = `Certificate ${index + 2} of the file did not issue certificate ${index + 1}.`;
    return [{ check: 'chain', code: 'chain-out-of-order', message } as const];
  });
}

function validity(endEntity: X509Certificate, notAfter: number, now: number): CertificateFault[] {
  const fault = (code: string, message: string): CertificateFault[] => [{ check: 'validity', code, message }];
  if (now < endEntity.validFromDate.getTime())
    return fault('not-yet-valid', `It is not valid before ${endEntity.validFromDate.toISOString()}.`);
  if (now > notAfter) return fault('expired', `It has ended at ${new Date(notAfter).toISOString()}.`);
  if (now > notAfter - warnDays * day) return fault('ends-soon', `It ends at ${new Date(notAfter).toISOString()}.`);
  return [];
}

/** RFC 9525 §2: names are in subjectAltName only. */
function naming(endEntity: X509Certificate): CertificateFault[] {
  if (endEntity.subjectAltName !== undefined && endEntity.subjectAltName !== '') return [];
  return [{ check: 'name', code: 'no-names', message: 'It names no host in subjectAltName: browsers will refuse it.' }];
}
