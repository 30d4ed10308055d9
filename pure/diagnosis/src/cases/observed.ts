/** A far side where all is well, and ways to spoil it: what the cases of the rules are made of. */
import type { CertificateFacts } from '../certificate-facts.ts';
import type {
  Actor,
  ObservedCheck,
  ObservedDial,
  ObservedHello,
  ObservedHttp,
  ObservedOwnCertificate,
  Observations,
} from '../observations.ts';

/** A rule with what makes it fire on top, and a near miss that does not make it fire. */
export interface RuleCase {
  readonly rule: string;
  /** Who must act. */
  readonly actor: Actor;
  readonly fires: Observations;
  readonly nearMiss: Observations;
}

export const leaf: CertificateFacts = {
  subject: 'CN=jira.example.com',
  issuer: 'CN=Example Issuing,O=Example Trust',
  subjectNames: ['jira.example.com'],
  issuerNames: ['Example Trust', 'Example Issuing'],
  serial: 'a1b2',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  selfIssued: false,
  keyKind: 'rsa',
  keyBits: 2048,
  serverAuth: true,
  clientAuth: false,
  alternativeNames: ['jira.example.com'],
  caIssuers: [],
  crls: [],
  ocsp: [],
  looksPublic: false,
  sha256: '11',
};

export const intermediate: CertificateFacts = {
  ...leaf,
  subject: 'CN=Example Issuing,O=Example Trust',
  subjectNames: ['Example Trust', 'Example Issuing'],
  issuer: 'CN=Example Root,O=Example Trust',
  issuerNames: ['Example Trust', 'Example Root'],
  serial: 'c3',
  alternativeNames: null,
  sha256: '22',
};

export const own: ObservedOwnCertificate = {
  ...leaf,
  subject: 'CN=sallyport.example.net',
  issuer: 'CN=Client Issuing,O=Client Trust',
  subjectNames: ['sallyport.example.net'],
  issuerNames: ['Client Trust', 'Client Issuing'],
  serial: 'beef',
  serverAuth: false,
  clientAuth: true,
  alternativeNames: null,
  sha256: '33',
  chainIssuers: ['CN=Client Issuing,O=Client Trust', 'CN=Client Root,O=Client Trust'],
  chainLength: 2,
  revocation: 'unknown',
};

const passed = { status: 'pass', code: 'ok', message: 'ok', actor: null, source: null } as const;

export const dial: ObservedDial = {
  probe: 'ours',
  identity: 'ours',
  at: '2026-06-01T12:00:00.123Z',
  address: '192.0.2.1',
  sourceAddress: '198.51.100.7',
  sourcePort: 40_001,
  verdict: 'accepted',
  error: null,
  alert: null,
  protocol: 'TLSv1.2',
  suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  keyExchange: 'X25519',
  requested: true,
  sent: true,
  certificateRequest: { types: [1, 64], schemes: [0x0401, 0x0403], authorities: ['CN=Client Root,O=Client Trust'] },
  chain: [leaf, intermediate],
  stapled: false,
  checks: { validity: passed, trust: passed, signature: passed, name: passed, revocation: passed },
  renegotiationAsked: false,
  milliseconds: 20,
};

export const hello: ObservedHello = {
  probe: 'hello',
  at: '2026-06-01T12:00:01.000Z',
  address: '192.0.2.1',
  sourcePort: 40_002,
  outcome: 'server-hello',
  version: 'TLS 1.2',
  suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  alert: null,
  dhBits: null,
  secureRenegotiation: true,
  certificateRequest: null,
  endEntity: leaf,
  words: null,
  milliseconds: 5,
};

export const answer: ObservedHttp = {
  probe: 'ours',
  identity: 'ours',
  path: '/jira/rest/api/2/serverInfo',
  authenticated: true,
  at: '2026-06-01T12:00:00.200Z',
  status: 200,
  error: null,
  alert: null,
  headers: {},
  kind: 'json',
  refusal: null,
  words: '',
  json: { version: '10.3.1' },
  clockAheadMilliseconds: 0,
};

/** Nothing is to be found here. */
export const good: Observations = {
  at: '2026-06-01T12:00:00.000Z',
  timeZone: 'Europe/Berlin',
  target: {
    url: 'https://jira.example.com/jira',
    host: 'jira.example.com',
    port: 443,
    contextPath: '/jira',
    dialledPlace: null,
    policy: 'tls12-six',
    suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
    anchors: 'public',
    anchorNames: [],
  },
  ours: own,
  dials: [dial],
  hellos: [hello],
  http: [answer],
  issuerFetch: null,
  intake: null,
  lastError: null,
  authentication: 'pat',
  serialSeenThere: null,
};

/** The connection's dial, otherwise; without an answer where it brought no connection. */
export function dialled(change: Partial<ObservedDial>, more: Partial<Observations> = {}): Observations {
  const main = { ...dial, ...change };
  return { ...good, dials: [main], http: main.verdict === 'accepted' ? good.http : [], ...more };
}

/** A dial that broke before anything was negotiated. */
export function failed(
  code: string,
  actor: Actor,
  change: Partial<ObservedDial> = {},
  more: Partial<Observations> = {},
): Observations {
  return dialled(
    {
      verdict: 'none',
      error: { code, message: `It broke: ${code}.`, actor },
      suite: null,
      protocol: null,
      requested: false,
      sent: false,
      certificateRequest: null,
      chain: [],
      checks: {},
      ...change,
    },
    { hellos: [], ...more },
  );
}

/** A dial whose chain one check refused. */
export function refused(
  check: string,
  code: string,
  chain: readonly CertificateFacts[] = dial.chain,
  more: Partial<Observations> = {},
  actor: Actor = 'customer',
  source: ObservedCheck['source'] = null,
  stapled = false,
): Observations {
  return dialled(
    {
      verdict: 'refused',
      error: { code: 'checks-refused', message: `It was refused: ${code}.`, actor },
      sent: false,
      stapled,
      chain,
      checks: {
        ...dial.checks,
        [check]: {
          status:
            code.startsWith('X509_REVOCATION_UNDETERMINED') || /^X509_(CRL|OCSP)_/.test(code) ? 'unknown' : 'fail',
          code,
          message: `It was refused: ${code}.`,
          actor,
          source,
        },
      },
    },
    more,
  );
}

/** A dial whose client certificate the far side refused with an alert. */
export function alerted(
  alert: number,
  ours: ObservedOwnCertificate | null = own,
  change: Partial<ObservedDial> = {},
): Observations {
  return dialled(
    {
      verdict: 'none',
      error: { code: 'client-certificate-refused', message: `Refused with alert ${alert}.`, actor: 'customer' },
      alert,
      identity: ours === null ? 'none' : 'ours',
      sent: ours !== null,
      ...change,
    },
    { ours },
  );
}

/** A hello of another kind, beside the usual one. */
export function heard(...others: readonly Partial<ObservedHello>[]): ObservedHello[] {
  return others.map((other) => ({ ...hello, ...other }));
}

export const silent = { version: null, suite: null, endEntity: null, secureRenegotiation: null } as const;

/** The answer over the connection, otherwise. */
export function answered(change: Partial<ObservedHttp>, more: Partial<Observations> = {}): Observations {
  return { ...good, http: [{ ...answer, ...change }], ...more };
}
