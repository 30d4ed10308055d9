/** The six suites of the requirement, by both names (RFC 5289, RFC 5288). */
import type { CipherSuite } from './tls-policy.ts';

export const ecdsaAes256: CipherSuite = {
  iana: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  openssl: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  keyExchange: 'ECDHE',
  authentication: 'ECDSA',
};
export const ecdsaAes128: CipherSuite = {
  iana: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  openssl: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  keyExchange: 'ECDHE',
  authentication: 'ECDSA',
};
export const rsaAes256: CipherSuite = {
  iana: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  openssl: 'ECDHE-RSA-AES256-GCM-SHA384',
  keyExchange: 'ECDHE',
  authentication: 'RSA',
};
export const rsaAes128: CipherSuite = {
  iana: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  openssl: 'ECDHE-RSA-AES128-GCM-SHA256',
  keyExchange: 'ECDHE',
  authentication: 'RSA',
};
export const dheAes256: CipherSuite = {
  iana: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  openssl: 'DHE-RSA-AES256-GCM-SHA384',
  keyExchange: 'DHE',
  authentication: 'RSA',
};
export const dheAes128: CipherSuite = {
  iana: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  openssl: 'DHE-RSA-AES128-GCM-SHA256',
  keyExchange: 'DHE',
  authentication: 'RSA',
};

export const allSuites: readonly CipherSuite[] = [ecdsaAes256, ecdsaAes128, rsaAes256, rsaAes128, dheAes256, dheAes128];

/** The suite by either of its names; null where no policy has it. */
export function suiteByName(name: string): CipherSuite | null {
  return allSuites.find((suite) => suite.iana === name || suite.openssl === name) ?? null;
}
