/** A connector's part, played by a test: it answers interactive calls from the database, and dials nothing. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { issueCertificate } from '@sallyport/sandbox';
import {
  answerCall,
  callChannels,
  claimCall,
  findConnection,
  housekeepingScope,
  insertClientCertificate,
  insertHandshakes,
  openStore,
  operatorId,
  recordHeartbeat,
  sealSecret,
  subscribe,
  type HandshakeRecord,
  type InteractiveCall,
  type Store,
} from '@sallyport/store';
import { makeSealKeyPair, openSecret, registerSealKey, type SealKeyPair } from '@sallyport/store/open-sealed';
import type { EmbeddedDatabase } from './embedded-database.ts';

const connectorId = 'played-connector';
const scope = housekeepingScope(`connector:${connectorId}`);

/** What the next check finds: evidence of a dial, without what every dial has. */
export interface PlayedDial {
  readonly verdict: 'accepted' | 'refused' | 'none';
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface PlayedConnector {
  readonly store: Store;
  readonly key: SealKeyPair;
  /** What checks find from now on; null: they are never answered. */
  next: PlayedDial | null;
  /** Calls that were taken. */
  readonly calls: InteractiveCall[];
  /** Opens what the web tier has sealed. */
  open(secretId: string): Promise<string>;
  stop(): Promise<void>;
}

const check = (status: string, code: string, message: string, actor: string | null = null) => ({
  status,
  code,
  message,
  actor,
  evidence: {},
});

/** A report with all five passed, but those named in `failed`. */
export function playedReport(failed: Readonly<Record<string, { code: string; message: string; actor: string }>> = {}) {
  const names = ['validity', 'trust', 'signature', 'name', 'revocation'];
  const checks = names.map((name) => {
    const fault = failed[name];
    return [
      name,
      fault === undefined ? check('pass', 'ok', 'passed') : check('fail', fault.code, fault.message, fault.actor),
    ];
  });
  return {
    verdict: Object.keys(failed).length === 0 ? 'accepted' : 'refused',
    at: '2026-11-25T00:00:00.000Z',
    checks: Object.fromEntries(checks),
    path: [
      {
        role: 'end-entity',
        subject: 'CN=jira.example.org',
        issuer: 'CN=Example CA',
        serial: '01',
        notBefore: '2026-11-01T00:00:00Z',
        notAfter: '2027-01-30T00:00:00Z',
        key: 'P-256',
        sha256: 'a'.repeat(64),
        subjectAltNames: ['jira.example.org'],
      },
    ],
  };
}

/** An accepted dial whose far side took our certificate. */
export const acceptedDial: PlayedDial = {
  verdict: 'accepted',
  evidence: {
    host: 'jira.example.org',
    port: 443,
    address: '192.0.2.10',
    sourceAddress: '198.51.100.7',
    policy: 'tls12-six',
    report: playedReport(),
    clientCertificate: { requested: true, sent: true, acceptedIssuers: ['CN=Example Client CA'] },
    clientCertificateName: '*.operator.example',
    clientCertificateOutcome: 'accepted',
    tls: { protocol: 'TLSv1.2', suite: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', keyExchange: 'X25519' },
    httpStatus: 200,
    heldMilliseconds: 1.5,
    timings: { tcp: 2, handshake: 9 },
    error: null,
  },
};

/** A dial that an expired certificate ended. */
export const expiredDial: PlayedDial = {
  verdict: 'refused',
  evidence: {
    ...acceptedDial.evidence,
    report: playedReport({
      validity: { code: 'X509_EXPIRED', message: 'The certificate of the far side has expired.', actor: 'customer' },
    }),
    clientCertificate: { requested: true, sent: false, acceptedIssuers: [] },
    clientCertificateOutcome: 'unknown',
    tls: null,
    httpStatus: null,
  },
};

/** Starts to answer; registers a seal key and, unless told otherwise, the operator's default client certificate. */
export async function playConnector(
  database: EmbeddedDatabase,
  options: { readonly withCertificate?: boolean } = {},
): Promise<PlayedConnector> {
  const store = openStore({ url: database.connector, applicationName: connectorId });
  const key = await makeSealKeyPair();
  await registerSealKey(store, key);
  const beat = (): Promise<void> =>
    recordHeartbeat(store, { id: connectorId, egressGroup: 'default', startedAt: new Date(), counters: { dials: 0 } });
  await beat();
  if (options.withCertificate !== false) await insertDefaultCertificate(store, key);
  const played: { -readonly [member in keyof PlayedConnector]: PlayedConnector[member] } = {
    store,
    key,
    next: acceptedDial,
    calls: [],
    open: (secretId) => openSecret(store, scope, key, secretId),
    stop: async () => {
      await notifications.close();
      await store.close();
    },
  };
  const answerOne = async (): Promise<void> => {
    if (played.next === null) return;
    const call = await claimCall(store, scope, { connectorId, egressGroup: 'default' });
    if (call === null) return;
    played.calls.push(call);
    await answerCall(store, scope, { id: call.id, connectorId, answer: await answerOf(store, call, played.next) });
  };
  const notifications = subscribe(store, callChannels.asked, () => void answerOne().catch(() => {}));
  return played;
}

async function answerOf(store: Store, call: InteractiveCall, dial: PlayedDial): Promise<unknown> {
  if (call.kind === 'sandbox-fault')
    return { ok: true, faults: { [String(call.parameters.fault)]: call.parameters.on } };
  if (call.kind === 'replay') return { judged: 0, refused: [], notJudged: [] };
  const connection = await findConnection(store, scope, call.connectionId ?? '');
  if (connection === null) return { handshakeId: null, error: { code: 'gone', message: 'gone', actor: null } };
  const record: HandshakeRecord = {
    id: randomUUID(),
    customerId: connection.customerId,
    connectionId: connection.id,
    at: new Date(),
    purpose: 'check',
    verdict: dial.verdict,
    isProof: dial.verdict === 'accepted',
    termsSha256: connection.termsSha256,
    connectorId,
    evidence: { ...dial.evidence, termsVersion: connection.terms.version },
    chain: [Buffer.from('one certificate'), Buffer.from('its issuer')],
  };
  await insertHandshakes(store, scope, [record]);
  return { handshakeId: record.id, verdict: dial.verdict, error: null };
}

async function insertDefaultCertificate(store: Store, key: SealKeyPair): Promise<void> {
  const sealKey = { id: key.id, publicKey: Buffer.from(key.publicKey) };
  const secret = await sealSecret(sealKey, {
    customerId: operatorId,
    purpose: 'client-key',
    plaintext: 'a played key',
  });
  await insertClientCertificate(
    store,
    scope,
    {
      customerId: operatorId,
      kind: 'operator-wildcard',
      name: '*.operator.example',
      chainPem: wildcardChain(),
      sha256: 'b'.repeat(64),
      notBefore: new Date('2026-11-01T00:00:00Z'),
      notAfter: new Date('2027-05-01T00:00:00Z'),
      isDefault: true,
      judgement: { findings: [], checks: null },
    },
    secret,
  );
}

/** A certificate of the operator's, issued by nobody. */
function wildcardChain(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const subject = {
    commonName: '*.operator.example',
    notBefore: Date.parse('2026-11-01'),
    notAfter: Date.parse('2027-05-01'),
  };
  return issueCertificate({ ...subject, purpose: { kind: 'client', dnsNames: ['*.operator.example'] } }, key, null)
    .chainPem;
}
