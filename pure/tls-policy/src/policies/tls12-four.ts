import type { TlsPolicy } from '../tls-policy.ts';
import { tls12Six } from './tls12-six.ts';

/** Without the two finite-field suites, which RFC 9325 advises against and RFC 10015 forbids. */
export const tls12Four: TlsPolicy = {
  ...tls12Six,
  id: 'tls12-four',
  summary: 'TLS 1.2 only, four suites with elliptic-curve forward secrecy and authenticated encryption.',
  suites: tls12Six.suites.filter((suite) => suite.keyExchange === 'ECDHE'),
  minimumDhBits: 0,
};
