/** Database, web tier and, in this process, a connector's work on certificates; with an authority of its own and its sources. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { currentSealKey, insertConnection, openStore, recordHeartbeat, sealSecret, type Store } from '@sallyport/store';
import { defaultTerms } from '@sallyport/terms';
import { correctCertificates } from '../../programs/connector/src/certificates/correct-certificates.ts';
import { takeUploadsIn, type IntakeConnector } from '../../programs/connector/src/certificates/intake-job.ts';
import { makeRequestedKeys } from '../../programs/connector/src/certificates/make-key.ts';
import { keepCustody, registerHeldKey } from '../../programs/connector/src/custody/custody-work.ts';
import { SealKeyring } from '../../programs/connector/src/custody/seal-keyring.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { openHostRevocation, type HostRevocation } from '../../programs/connector/src/revocation/host-revocation.ts';
import {
  issueCertificate,
  serialOf,
  type Identity,
  type Issuer,
  type Subject,
} from '../../sandbox/src/demo-pki/certificate.ts';
import { derOfPem } from '../../sandbox/src/demo-pki/der.ts';
import { issueRevocationList } from '../../sandbox/src/demo-pki/revocation-list.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { startWeb, type RunningWeb } from './running-web.ts';
import { operator } from './stored-connection.ts';

const day = 86_400_000;

export const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export interface IntakeConnectorOfTest extends IntakeConnector {
  readonly sealKey: SealKeyring;
  /** One turn of all that waits. */
  work(): Promise<void>;
  /** Says that it lives. */
  beat(): Promise<void>;
  /** One turn of custody, at an instant. */
  custody(now: number): Promise<void>;
}

export interface IntakeWorld {
  readonly database: EmbeddedDatabase;
  readonly web: RunningWeb;
  /** Under the connectors' role. */
  readonly store: Store;
  readonly owner: Store;
  readonly rootPem: string;
  /** The intermediate alone. */
  readonly issuingPem: string;
  /** Where the authority’s server is; `/large` is a large file there. */
  readonly origin: string;
  /** A certificate of the authority, for a key that is given or new; `issuerAt` is where it says that its issuer’s is; null: it names no place at all. */
  issue(subject?: Partial<Subject>, keyPem?: string, issuerAt?: string | null): Identity;
  /** Paths of the authority's files that were asked for, so far. */
  readonly asked: readonly string[];
  /** From now on the authority's list says that this one is revoked. */
  revoke(certificatePem: string): void;
  /** From now on the authority's lists are away, or there again. */
  sourcesAre(state: 'away' | 'there'): void;
  connector(id: string, folder: string): Promise<IntakeConnectorOfTest>;
  /**
   * Gives this customer, or a new one, a connection that may dial private addresses, and with it what its certificates and the
   * operator's name: the authority here is on loopback. Gives the customer's id. A connector must be there.
   */
  allowPrivate(customerId?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startIntakeWorld(): Promise<IntakeWorld> {
  const database = await startDatabase();
  const store = openStore({ url: database.connector, applicationName: 'test-connector', maximumConnections: 6 });
  const owner = openStore({ url: database.owner, applicationName: 'test-owner', maximumConnections: 2 });
  const now = Date.now();
  const asked: string[] = [];
  let isAway = false;
  const revoked: { serial: bigint; at: number; reason: number }[] = [];
  const [rootKey, issuingKey] = [newKey(), newKey()];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (isAway && request.url?.endsWith('.crl') === true) response.writeHead(503).end();
    else if (request.url === '/issuing.crt') response.end(derOfPem(issuing.certificatePem));
    else if (request.url === '/large') response.end(Buffer.alloc(100_000, 0x41));
    else if (request.url === '/issuing.crl') response.end(issueRevocationList(issuer, revoked, Date.now() - 60_000));
    else if (request.url === '/root.crl') response.end(issueRevocationList(rootIssuer, [], Date.now() - 60_000));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const life = { notBefore: now - 400 * day, notAfter: now + 4000 * day };
  const root = issueCertificate({ commonName: 'Agreed Root', ...life, purpose: { kind: 'root' } }, rootKey, null);
  const rootIssuer: Issuer = {
    commonName: 'Agreed Root',
    keyPem: rootKey,
    chainPem: '',
    pointers: { crl: `${origin}/root.crl`, ocsp: null, certificate: `${origin}/root.crt` },
  };
  const issuing = issueCertificate(
    { commonName: 'Agreed Issuing', ...life, purpose: { kind: 'issuing' } },
    issuingKey,
    rootIssuer,
  );
  const issuer: Issuer = {
    commonName: 'Agreed Issuing',
    keyPem: issuingKey,
    chainPem: issuing.certificatePem,
    pointers: { crl: `${origin}/issuing.crl`, ocsp: null, certificate: `${origin}/issuing.crt` },
  };
  const opened: HostRevocation[] = [];
  const web = await startWeb(database);
  return {
    database,
    web,
    store,
    owner,
    asked,
    rootPem: root.certificatePem,
    issuingPem: issuing.certificatePem,
    origin,
    issue: (subject = {}, keyPem = newKey(), issuerAt = `${origin}/issuing.crt`) =>
      issueCertificate(
        {
          commonName: 'jira.customer.example',
          notBefore: now - day,
          notAfter: now + 200 * day,
          purpose: { kind: 'client', dnsNames: ['jira.customer.example'] },
          ...subject,
        },
        keyPem,
        {
          ...issuer,
          pointers: issuerAt === null ? null : { crl: `${origin}/issuing.crl`, ocsp: null, certificate: issuerAt },
        },
      ),
    revoke: (certificatePem) =>
      void revoked.push({ serial: serialOf(certificatePem), at: Date.now() - 120_000, reason: 1 }),
    sourcesAre: (state) => void (isAway = state === 'away'),
    connector: async (id, folder) => {
      const log = openLog('silent', id);
      const sealKey = await SealKeyring.open(join(folder, 'seal-key.json'), false);
      const revocation = openHostRevocation({
        folder: join(folder, `revocation-${id}`),
        host: id,
        store,
        connectorId: id,
        log,
      });
      opened.push(revocation);
      const connector = { store, connectorId: id, log, sealKey, revocation };
      const beat = (): Promise<void> =>
        recordHeartbeat(store, { id, egressGroup: 'default', startedAt: new Date(), counters: {} });
      await beat();
      await registerHeldKey(connector);
      return {
        ...connector,
        work: async () => {
          await makeRequestedKeys(connector);
          await takeUploadsIn(connector);
          await correctCertificates(connector);
        },
        beat,
        custody: async (at) => {
          await beat();
          await keepCustody(connector, at);
        },
      };
    },
    allowPrivate: async (given) => {
      const customerId =
        given ??
        ((await web.ask('POST', '/api/v1/customers', { body: { name: 'Private' } })).body as { id: string }).id;
      const key = await currentSealKey(store);
      if (key === null) throw new Error('start a connector first');
      const webStore = openStore({ url: database.web, applicationName: 'test-web', maximumConnections: 1 });
      await insertConnection(webStore, operator, {
        customerId,
        name: 'Jira',
        terms: {
          ...defaultTerms({
            baseUrl: 'https://jira.customer.example/jira',
            authenticationKind: 'pat',
            accountName: 'svc',
            projectKeys: ['ACME'],
            contacts: {
              owner: { name: 'A', email: 'a@example.org' },
              technical: { name: 'B', email: 'b@example.org' },
            },
          }),
          allowPrivate: true,
        },
        credential: await sealSecret(key, { customerId, purpose: 'jira-credential', plaintext: 'a token' }),
        clientCertificateId: null,
        isSandbox: false,
        hostConfirmed: false,
      });
      await webStore.close();
      return customerId;
    },
    stop: async () => {
      for (const revocation of opened) await revocation.close();
      await web.stop();
      await store.close();
      await owner.close();
      await new Promise((resolve) => server.close(resolve));
      await database.stop();
    },
  };
}
