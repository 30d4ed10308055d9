import {
  alerted,
  answered,
  dial,
  dialled,
  good,
  heard,
  hello,
  intermediate,
  leaf,
  own,
  answer,
  refused,
} from './observed.ts';
import type { RuleCase } from './observed.ts';

const page = {
  status: 400,
  kind: 'html',
  refusal: { kind: 'not-accepted', words: 'The SSL certificate error' },
} as const;
const strange = { certificateRequest: { types: [1], schemes: [0x0401], authorities: ['CN=Other Root,O=Other'] } };
const kin = { certificateRequest: { types: [1], schemes: [0x0401], authorities: ['CN=Client Root,O=Client Trust'] } };
const alone = { ...own, chainLength: 1, chainIssuers: [own.issuer] };
const closedOn = {
  verdict: 'none',
  error: { code: 'peer-closed', message: 'Closed without an alert.', actor: 'network-team' },
} as const;
const asked = (
  probe: 'without-certificate' | 'throw-away' | 'other-name',
  identity: 'none' | 'throw-away' | 'other-name',
  letIn: boolean,
) => ({
  ...good,
  dials: [dial, { ...dial, probe, identity }],
  http: [answer, { ...answer, probe, identity, authenticated: false, ...(letIn ? {} : page) }],
});
const dhe = { suite: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' };

/** How the far side takes our certificate, and whether it enforces. */
export const clientCertificateCases: readonly RuleCase[] = [
  {
    rule: 'certificate-by-renegotiation',
    actor: 'customer',
    fires: dialled({ renegotiationAsked: true, requested: false, sent: false }, { http: [] }),
    nearMiss: dialled({ requested: false, sent: false }),
  },
  { rule: 'no-certificate-of-ours', actor: 'operator', fires: alerted(42, null), nearMiss: alerted(42) },
  {
    rule: 'our-key-type-not-accepted',
    actor: 'operator',
    fires: alerted(40, own, { sent: false, certificateRequest: { types: [64], schemes: [0x0403], authorities: [] } }),
    nearMiss: alerted(40),
  },
  {
    rule: 'our-certificate-expired',
    actor: 'operator',
    fires: alerted(46, { ...own, notAfter: '2026-05-01T00:00:00Z' }),
    nearMiss: alerted(46),
  },
  {
    rule: 'our-certificate-not-yet-valid',
    actor: 'operator',
    fires: alerted(42, { ...own, notBefore: '2026-07-01T00:00:00Z' }),
    nearMiss: alerted(42),
  },
  { rule: 'our-certificate-revoked', actor: 'operator', fires: alerted(44), nearMiss: alerted(45) },
  {
    rule: 'our-certificate-not-made-for-clients',
    actor: 'operator',
    fires: alerted(46, { ...own, clientAuth: false }),
    nearMiss: alerted(46, { ...own, clientAuth: null }),
  },
  { rule: 'our-key-too-weak', actor: 'operator', fires: alerted(42, { ...own, keyBits: 1024 }), nearMiss: alerted(42) },
  {
    rule: 'our-intermediate-not-sent',
    actor: 'operator',
    fires: alerted(48, alone, kin),
    nearMiss: alerted(48, own, strange),
  },
  { rule: 'our-authority-not-accepted', actor: 'customer', fires: alerted(48, own, strange), nearMiss: alerted(46) },
  {
    rule: 'enforcer-crl-outdated',
    actor: 'customer',
    fires: alerted(45),
    nearMiss: alerted(45, { ...own, notAfter: '2026-05-01T00:00:00Z' }),
  },
  {
    rule: 'enforcer-crl-missing',
    actor: 'customer',
    fires: alerted(48),
    nearMiss: alerted(48, own, strange),
  },
  {
    rule: 'enforcer-clock-wrong',
    actor: 'customer',
    fires: {
      ...alerted(45),
      http: [{ ...answer, probe: 'without-certificate', identity: 'none', clockAheadMilliseconds: 40_000_000_000 }],
    },
    nearMiss: alerted(48, own, strange),
  },
  {
    rule: 'enforcer-refuses-purpose',
    actor: 'customer',
    fires: alerted(43),
    nearMiss: alerted(43, { ...own, clientAuth: false }),
  },
  { rule: 'certificate-refused-by-java', actor: 'customer', fires: alerted(46), nearMiss: alerted(42) },
  {
    rule: 'certificate-refused-in-http',
    actor: 'customer',
    fires: answered(page),
    nearMiss: answered(page, { ours: { ...own, notAfter: '2026-05-01T00:00:00Z' } }),
  },
  {
    rule: 'certificate-refused-by-closing',
    actor: 'customer',
    fires: dialled(closedOn),
    nearMiss: dialled({ ...closedOn, requested: false, sent: false }),
  },
  { rule: 'certificate-refused-otherwise', actor: 'customer', fires: alerted(49), nearMiss: alerted(46) },
  {
    rule: 'old-identity-kept',
    actor: 'operator',
    fires: { ...good, serialSeenThere: '00dead' },
    nearMiss: { ...good, serialSeenThere: '00beef' },
  },
  {
    rule: 'uneven-nodes',
    actor: 'customer',
    fires: {
      ...refused('validity', 'X509_EXPIRED', [{ ...leaf, notAfter: '2026-05-01T00:00:00Z' }, intermediate]),
      dials: [
        ...refused('validity', 'X509_EXPIRED', [{ ...leaf, notAfter: '2026-05-01T00:00:00Z' }, intermediate]).dials,
        { ...dial, probe: 'address:192.0.2.2', address: '192.0.2.2' },
      ],
    },
    nearMiss: {
      ...good,
      dials: [dial, { ...dial, probe: 'address:192.0.2.2', address: '192.0.2.2' }],
      hellos: [hello, ...heard({ probe: 'again:1' })],
    },
  },
  {
    rule: 'certificate-not-asked',
    actor: 'customer',
    fires: dialled({ requested: false, sent: false, certificateRequest: null }),
    nearMiss: good,
  },
  {
    rule: 'certificate-not-enforced',
    actor: 'customer',
    fires: asked('without-certificate', 'none', true),
    nearMiss: asked('without-certificate', 'none', false),
  },
  {
    rule: 'any-certificate-accepted',
    actor: 'customer',
    fires: asked('throw-away', 'throw-away', true),
    nearMiss: asked('throw-away', 'throw-away', false),
  },
  {
    rule: 'any-name-accepted',
    actor: 'customer',
    fires: asked('other-name', 'other-name', true),
    nearMiss: asked('other-name', 'other-name', false),
  },
  {
    rule: 'only-finite-field',
    actor: 'customer',
    fires: dialled(dhe, {
      hellos: [hello, ...heard({ probe: 'ecdhe-only', outcome: 'alert', version: null, alert: 40 })],
    }),
    nearMiss: dialled(dhe, { hellos: [hello, ...heard({ probe: 'ecdhe-only' })] }),
  },
  {
    rule: 'our-public-authority-ends',
    actor: 'operator',
    fires: { ...good, ours: { ...own, looksPublic: true } },
    nearMiss: good,
  },
];
