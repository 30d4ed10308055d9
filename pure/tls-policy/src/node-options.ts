/** A policy as the options that Node takes, for both sides. Plain data: nothing is opened here. */
import type { TlsPolicy } from './tls-policy.ts';

/** OpenSSL's names of the groups. */
const opensslGroups: Readonly<Record<string, string>> = {
  X25519: 'X25519',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
};

/** Bits of OpenSSL's SSL_OP_… (openssl/ssl.h, the same since 1.1.1). */
export const secureOption = {
  noTicket: 0x0000_4000,
  noCompression: 0x0002_0000,
  cipherServerPreference: 0x0040_0000,
  noRenegotiation: 0x4000_0000,
} as const;

/** What `tls.createSecureContext`, `tls.connect` and a TLS server have in common. */
export interface PolicyOptions {
  readonly minVersion: 'TLSv1.2';
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL's names in order, joined by colons. */
  readonly ciphers: string;
  readonly ecdhCurve: string;
  readonly sigalgs: string;
  readonly secureOptions: number;
}

export interface ClientPolicyOptions extends PolicyOptions {
  /** Smallest group of the server's that is taken, in bits. */
  readonly minDHSize: number;
}

export interface ServerPolicyOptions extends PolicyOptions {
  readonly honorCipherOrder: true;
  /** OpenSSL picks a named group that fits the certificate's strength; absent where no suite uses one. */
  readonly dhparam?: 'auto';
  /** Seconds in which a handshake must be over, as milliseconds. */
  readonly handshakeTimeout: number;
}

/** A handshake that takes longer than this is a slow client's (milliseconds). */
const handshakeTimeoutMilliseconds = 10_000;

function commonOptions(policy: TlsPolicy): PolicyOptions {
  return {
    minVersion: policy.minVersion,
    maxVersion: policy.maxVersion,
    ciphers: [...policy.tls13Suites, ...policy.suites].map((suite) => suite.openssl).join(':'),
    ecdhCurve: policy.groups.map((group) => opensslGroups[group] ?? group).join(':'),
    sigalgs: policy.signatureAlgorithms.join(':'),
    secureOptions: secureOption.noTicket | secureOption.noCompression | secureOption.noRenegotiation,
  };
}

/** Options for the side that dials. */
export function secureContextOptions(policy: TlsPolicy): ClientPolicyOptions {
  return { ...commonOptions(policy), minDHSize: Math.max(policy.minimumDhBits, 2048) };
}

/** Options for the side that listens: our order of suites wins. */
export function serverOptions(policy: TlsPolicy): ServerPolicyOptions {
  const common = commonOptions(policy);
  return {
    ...common,
    secureOptions: common.secureOptions | secureOption.cipherServerPreference,
    honorCipherOrder: true,
    ...(policy.minimumDhBits > 0 ? { dhparam: 'auto' as const } : {}),
    handshakeTimeout: handshakeTimeoutMilliseconds,
  };
}
