import { failed, good, heard, silent } from './observed.ts';
import type { RuleCase } from './observed.ts';

const intake = (code: string, message: string) => ({
  ...good,
  dials: [],
  hellos: [],
  http: [],
  intake: { code, message },
});
const alert = (probe: string, number: number) => ({ probe, ...silent, outcome: 'alert', alert: number }) as const;
const closed = (probe: string) => ({ probe, ...silent, outcome: 'closed' }) as const;

/** Files, names, proxies, ports, and what answers a hello. */
export const reachingCases: readonly RuleCase[] = [
  {
    rule: 'key-does-not-match',
    actor: 'operator',
    fires: intake('client-key-mismatch', 'The key does not belong to it.'),
    nearMiss: intake('client-certificate-malformed', 'It is no PEM.'),
  },
  {
    rule: 'wrong-container-password',
    actor: 'customer',
    fires: intake('pkcs12', 'mac verify failure'),
    nearMiss: intake('pkcs12', 'Unsupported PKCS12 PFX data'),
  },
  {
    rule: 'legacy-container',
    actor: 'customer',
    fires: intake('pkcs12', 'Unsupported PKCS12 PFX data'),
    nearMiss: intake('pkcs12', 'mac verify failure'),
  },
  {
    rule: 'unreadable-key-file',
    actor: 'operator',
    fires: intake('client-certificate-malformed', 'The client key is encrypted.'),
    nearMiss: intake('client-key-mismatch', 'The key does not belong to it.'),
  },
  {
    rule: 'proxy-wants-authentication',
    actor: 'operator',
    fires: failed('proxy-authentication-required', 'operator'),
    nearMiss: failed('proxy-forbidden', 'network-team'),
  },
  {
    rule: 'proxy-forbids-target',
    actor: 'network-team',
    fires: failed('proxy-forbidden', 'network-team'),
    nearMiss: failed('proxy-bad-gateway', 'network-team'),
  },
  {
    rule: 'proxy-cannot-reach-target',
    actor: 'network-team',
    fires: failed('proxy-bad-gateway', 'network-team'),
    nearMiss: failed('proxy-forbidden', 'network-team'),
  },
  {
    rule: 'proxy-in-trouble',
    actor: 'network-team',
    fires: failed('proxy-unreachable', 'network-team'),
    nearMiss: failed('connect-timeout', 'network-team'),
  },
  {
    rule: 'address-not-allowed',
    actor: 'operator',
    fires: failed('address-forbidden', 'operator', { address: null }),
    nearMiss: failed('dns', 'customer', { address: null }),
  },
  {
    rule: 'newer-version-not-accepted',
    actor: 'operator',
    fires: failed('tls13-not-accepted', 'operator', { address: null }),
    nearMiss: failed('protocol-version', 'customer'),
  },
  {
    rule: 'name-servers-silent',
    actor: 'network-team',
    fires: failed('dns', 'network-team', { address: null }),
    nearMiss: failed('dns', 'customer', { address: null }),
  },
  {
    rule: 'name-does-not-exist',
    actor: 'customer',
    fires: failed('dns', 'customer', { address: null }),
    nearMiss: failed('dns', 'network-team', { address: null }),
  },
  {
    rule: 'port-refuses',
    actor: 'customer',
    fires: failed('connect-refused', 'customer'),
    nearMiss: failed('connect-timeout', 'network-team'),
  },
  {
    rule: 'packets-dropped',
    actor: 'network-team',
    fires: failed('connect-timeout', 'network-team'),
    nearMiss: failed('connect-refused', 'customer'),
  },
  {
    rule: 'not-tls',
    actor: 'customer',
    fires: failed(
      'not-tls',
      'customer',
      {},
      { hellos: heard({ ...silent, outcome: 'not-tls', words: 'HTTP/1.1 400 Bad Request' }) },
    ),
    nearMiss: failed('peer-closed', 'network-team', {}, { hellos: heard(closed('hello')) }),
  },
  {
    rule: 'tls13-only',
    actor: 'customer',
    fires: failed(
      'protocol-version',
      'customer',
      { alert: 70 },
      {
        hellos: heard(
          alert('hello', 70),
          { probe: 'tls13', version: 'TLS 1.3', suite: 'TLS_AES_128_GCM_SHA256' },
          alert('every-suite', 70),
        ),
      },
    ),
    nearMiss: failed(
      'no-common-suite',
      'customer',
      { alert: 40 },
      { hellos: heard(alert('hello', 40), { probe: 'tls13', version: 'TLS 1.3' }, { probe: 'every-suite' }) },
    ),
  },
  {
    rule: 'tls11-at-most',
    actor: 'customer',
    fires: failed(
      'no-common-suite',
      'customer',
      { alert: 40 },
      {
        hellos: heard(
          alert('hello', 40),
          alert('tls13', 40),
          { probe: 'tls11', version: 'TLS 1.1', suite: 'TLS_RSA_WITH_AES_128_CBC_SHA' },
          alert('every-suite', 40),
        ),
      },
    ),
    nearMiss: failed(
      'no-common-suite',
      'customer',
      { alert: 40 },
      {
        hellos: heard(
          alert('hello', 40),
          { probe: 'tls11', version: 'TLS 1.1' },
          { probe: 'every-suite', suite: 'TLS_RSA_WITH_AES_128_CBC_SHA' },
        ),
      },
    ),
  },
  {
    rule: 'tls12-not-spoken',
    actor: 'customer',
    fires: failed(
      'protocol-version',
      'customer',
      { alert: 70 },
      { hellos: heard(alert('hello', 70), alert('tls13', 70), alert('tls11', 70)) },
    ),
    nearMiss: failed('no-common-suite', 'customer', { alert: 40 }, { hellos: heard(alert('hello', 40)) }),
  },
  {
    rule: 'no-common-suite',
    actor: 'customer',
    fires: failed(
      'no-common-suite',
      'customer',
      { alert: 40 },
      { hellos: heard(alert('hello', 40), { probe: 'every-suite', suite: 'TLS_RSA_WITH_AES_128_CBC_SHA' }) },
    ),
    nearMiss: failed(
      'no-common-suite',
      'customer',
      { alert: 40 },
      { hellos: heard(alert('hello', 40), { probe: 'tls11', version: 'TLS 1.1' }, alert('every-suite', 40)) },
    ),
  },
  {
    rule: 'weak-key-exchange',
    actor: 'customer',
    fires: failed('weak-dh', 'customer', {}, { hellos: heard({ dhBits: 1024 }) }),
    nearMiss: failed('no-common-suite', 'customer', { alert: 40 }, { hellos: heard(alert('hello', 40)) }),
  },
  {
    rule: 'no-secure-renegotiation',
    actor: 'customer',
    fires: failed('server-key-not-proven', 'network-team', {}, { hellos: heard({ secureRenegotiation: false }) }),
    nearMiss: failed('server-key-not-proven', 'network-team', {}, { hellos: heard({ secureRenegotiation: true }) }),
  },
  {
    rule: 'server-name-unknown',
    actor: 'customer',
    fires: failed('peer-closed', 'network-team', {}, { hellos: heard(closed('hello'), { probe: 'without-sni' }) }),
    nearMiss: failed('peer-closed', 'network-team', {}, { hellos: heard(closed('hello'), closed('without-sni')) }),
  },
  {
    rule: 'cut-off-after-hello',
    actor: 'network-team',
    fires: failed('peer-closed', 'network-team', {}, { hellos: heard(closed('hello'), closed('without-sni')) }),
    nearMiss: failed('peer-closed', 'network-team', {}, { hellos: heard(closed('hello'), { probe: 'without-sni' }) }),
  },
  {
    rule: 'silent-after-connect',
    actor: 'network-team',
    fires: failed('handshake-timeout', 'network-team'),
    nearMiss: failed('connect-timeout', 'network-team'),
  },
  {
    rule: 'closed-while-held',
    actor: 'operator',
    fires: failed('peer-closed-while-held', 'operator'),
    nearMiss: failed('peer-closed', 'network-team'),
  },
  { rule: 'unexplained', actor: 'network-team', fires: failed('tls-protocol-error', 'network-team'), nearMiss: good },
];
