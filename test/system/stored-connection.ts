/** What tests of the store need most: a customer with a connection whose credential and client key are really sealed. */
import { randomBytes } from 'node:crypto';
import { defaultTerms } from '@sallyport/terms';
import type { RemoteIssue } from '@sallyport/work-sync';
import {
  currentSealKey,
  housekeepingScope,
  insertClientCertificate,
  insertConnection,
  insertCustomer,
  openStore,
  operatorId,
  sealSecret,
  sessionScope,
  type Connection,
  type Store,
} from '@sallyport/store';
import { makeSealKeyPair, registerSealKey, type SealKeyPair } from '@sallyport/store/open-sealed';

export const operator = sessionScope('person:test');
export const setUp = housekeepingScope('set-up:test');

/** A connector's key pair, registered. */
export async function registeredKey(connector: Store): Promise<SealKeyPair> {
  const key = await makeSealKeyPair();
  await registerSealKey(connector, key);
  return key;
}

/** A draft of a new customer. `credential` and `clientKey` are what is sealed. */
export async function storedConnection(
  stores: { readonly web: Store; readonly connector: Store },
  secrets: { readonly credential?: string; readonly clientKey?: string } = {},
): Promise<Connection> {
  const name = `Customer ${randomBytes(4).toString('hex')}`;
  const customer = await insertCustomer(stores.web, operator, name);
  const key = await currentSealKey(stores.web);
  if (customer === null || key === null) throw new Error('the test has no customer or no key');
  await insertClientCertificate(
    stores.connector,
    setUp,
    {
      customerId: operatorId,
      kind: 'operator-wildcard',
      name: '*.operator.example',
      chainPem: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
      sha256: randomBytes(32).toString('hex'),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      isDefault: true,
      judgement: { findings: [], checks: null },
    },
    await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext: secrets.clientKey ?? 'key' }),
  );
  const terms = defaultTerms({
    baseUrl: `https://jira-${randomBytes(4).toString('hex')}.example/jira`,
    authenticationKind: 'pat',
    accountName: 'svc-align',
    projectKeys: ['ACME'],
    contacts: { owner: { name: 'A', email: 'a@example.org' }, technical: { name: 'B', email: 'b@example.org' } },
  });
  const credential = await sealSecret(key, {
    customerId: customer.id,
    purpose: 'jira-credential',
    plaintext: secrets.credential ?? 'token',
  });
  return insertConnection(stores.web, operator, {
    customerId: customer.id,
    name: 'Jira',
    terms,
    credential,
    clientCertificateId: null,
    isSandbox: false,
    hostConfirmed: false,
  });
}

/** An issue as a sync stores it. */
export const remoteIssue = (remoteId: string, updatedAt: number, summary = 'An issue'): RemoteIssue => ({
  remoteId,
  key: `ACME-${remoteId}`,
  projectKey: 'ACME',
  summary,
  status: { id: '1', name: 'Open' },
  statusCategory: 'new',
  issueType: { id: '1', name: 'Story' },
  isSubtask: false,
  priority: null,
  resolution: null,
  assignee: null,
  reporter: null,
  createdAt: 1,
  updatedAt,
  resolvedAt: null,
  dueOn: null,
  labels: [],
  components: [],
  fixVersions: [],
  parentKey: null,
  epicKey: null,
  sprints: [],
  links: [],
  faults: [],
  document: {},
  changes: [
    {
      remoteId: `9${remoteId}`,
      at: updatedAt,
      author: null,
      items: [{ field: 'status', from: '1', fromText: 'A', to: '2', toText: 'B' }],
    },
  ],
});

/** Works as the schema's owner, whom no row-level security holds. */
export async function withOwner(
  database: { readonly owner: string },
  work: (owner: Store) => Promise<void>,
): Promise<void> {
  const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
  await work(owner).finally(() => owner.close());
}
