import { dheAes128, dheAes256, ecdsaAes128, ecdsaAes256, rsaAes128, rsaAes256 } from '../cipher-suites.ts';
import type { TlsPolicy } from '../tls-policy.ts';

/** The default: TLS 1.2 with the six suites of the requirement. */
export const tls12Six: TlsPolicy = {
  id: 'tls12-six',
  summary:
    'TLS 1.2 only, six suites with forward secrecy and authenticated encryption, two of them with finite-field groups.',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  tls13Suites: [],
  suites: [ecdsaAes256, ecdsaAes128, rsaAes256, rsaAes128, dheAes256, dheAes128],
  groups: ['X25519', 'P-256', 'P-384'],
  signatureAlgorithms: [
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ecdsa_secp521r1_sha512',
    'ed25519',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha512',
  ],
  minimumDhBits: 2048,
  namedDhGroupsOnly: true,
  minimumRsaBits: 2048,
  renegotiation: false,
  compression: false,
  resumption: false,
};
