/** Server certificates with one thing wrong: the keys and issuing CAs of the real ones otherwise. */
import { generateKeyPairSync } from 'node:crypto';
import type { SandboxFaultName } from '@sallyport/console-api/sandbox-faults';
import { clientAuthentication, issueCertificate, type Identity, type Issuer, type Subject } from './certificate.ts';
import {
  backdatedMilliseconds,
  dayMilliseconds,
  issuedDays,
  issuerOf,
  serverNames,
  strangerName,
  type DemoAuthority,
} from './demo-authority.ts';

/** Faults that a certificate shows, and not the TLS around it. */
export const certificateFaults = [
  // What ends sooner is told before a name is looked at: the first that is on is shown.
  'expired',
  'not-yet-valid',
  'revoked-by-crl',
  'revoked-by-ocsp',
  'sha1',
  'rsa-1024',
  'self-signed',
  'private-authority',
  'incomplete-chain',
  'no-server-auth',
  'common-name-only',
  'wildcard-too-deep',
  'wrong-name',
] as const satisfies readonly SandboxFaultName[];
export type CertificateFault = (typeof certificateFaults)[number];

/** One for each kind of key, as the real ones; for some faults of one kind only. */
export function faultyServerIdentities(authority: DemoAuthority, fault: CertificateFault, at: number): Identity[] {
  const subject = faultySubject(fault, at);
  const ecdsa = authority.serverEcdsa.keyPem;
  const rsa = authority.serverRsa.keyPem;
  switch (fault) {
    case 'self-signed':
      return [issueCertificate(subject, ecdsa, null)];
    case 'private-authority': {
      const { keyPem } = authority.strangerRoot;
      const stranger: Issuer = { ...strangerName, keyPem, chainPem: '', pointers: null };
      return [issueCertificate(subject, ecdsa, stranger)];
    }
    case 'rsa-1024':
      return [issueCertificate(subject, shortKey(), issuerOf(authority, 'rsaIssuer'))];
    default: {
      const both = [
        issueCertificate(subject, ecdsa, faultyIssuer(issuerOf(authority, 'ecdsaIssuer'), fault)),
        issueCertificate(subject, rsa, faultyIssuer(issuerOf(authority, 'rsaIssuer'), fault)),
      ];
      return fault === 'incomplete-chain'
        ? both.map((identity) => ({ ...identity, chainPem: identity.certificatePem }))
        : both;
    }
  }
}

function faultySubject(fault: CertificateFault, at: number): Subject {
  const life = {
    expired: { notBefore: at - 40 * dayMilliseconds, notAfter: at - 2 * dayMilliseconds },
    'not-yet-valid': { notBefore: at + dayMilliseconds, notAfter: at + issuedDays * dayMilliseconds },
  };
  const current = { notBefore: at - backdatedMilliseconds, notAfter: at + issuedDays * dayMilliseconds };
  const names = {
    'wrong-name': { dnsNames: ['jira.other.example'] },
    'wildcard-too-deep': { dnsNames: ['*.example', '*.localhost'] },
    'common-name-only': { dnsNames: null },
  };
  return {
    commonName: fault === 'wrong-name' ? 'jira.other.example' : 'localhost',
    ...(fault === 'expired' || fault === 'not-yet-valid' ? life[fault] : current),
    purpose: {
      kind: 'server',
      ...(fault === 'wrong-name' || fault === 'wildcard-too-deep' || fault === 'common-name-only'
        ? names[fault]
        : serverNames),
      ...(fault === 'no-server-auth' ? { extendedKeyUsage: [clientAuthentication] } : {}),
    },
  };
}

function faultyIssuer(issuer: Issuer, fault: CertificateFault): Issuer {
  const { pointers } = issuer;
  if (fault === 'sha1') return { ...issuer, hash: 'sha1' };
  if (pointers === null) return issuer;
  if (fault === 'revoked-by-crl') return { ...issuer, pointers: { ...pointers, ocsp: null } };
  return fault === 'revoked-by-ocsp' ? { ...issuer, pointers: { ...pointers, crl: null } } : issuer;
}

function shortKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
