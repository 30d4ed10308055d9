import type { Tls13Suite, TlsPolicy } from '../tls-policy.ts';
import { tls12Four } from './tls12-four.ts';

/**
 * Two of the five suites of RFC 8446: AES-GCM like the agreed ones. ChaCha20 is left out, since NIST SP 800-52r2 does not
 * approve it and whoever has it must have TLS_AES_128_GCM_SHA256 too (RFC 8446 §9.1); CCM is for small devices.
 */
const aes256: Tls13Suite = { iana: 'TLS_AES_256_GCM_SHA384', openssl: 'TLS_AES_256_GCM_SHA384' };
const aes128: Tls13Suite = { iana: 'TLS_AES_128_GCM_SHA256', openssl: 'TLS_AES_128_GCM_SHA256' };

/** TLS 1.3 beside the four suites of TLS 1.2. Outbound with a client certificate only where the terms accept that in writing. */
export const tls13: TlsPolicy = {
  ...tls12Four,
  id: 'tls13',
  summary:
    'TLS 1.3 with two suites, and TLS 1.2 with four for peers that have nothing newer; all with forward secrecy and authenticated encryption.',
  maxVersion: 'TLSv1.3',
  tls13Suites: [aes256, aes128],
};
