/** Puts the sandbox's material in, so that one click connects it: its customer, our certificates there, their renewals, its token. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  currentSealKey,
  housekeepingScope,
  insertClientCertificate,
  insertCustomer,
  listCustomers,
  listInventory,
  openStore,
  operatorId,
  readSetting,
  sealSecret,
  storeSecret,
  writeSetting,
  type ClientCertificateKind,
  type Scope,
  type Store,
} from '@sallyport/store';

interface SandboxFile {
  readonly baseUrl: string;
  readonly controlUrl: string;
  readonly anchorsPem: string;
  readonly projects: readonly string[];
  readonly account: { readonly name: string };
  readonly personalAccessToken: string;
  readonly clientCertificates: readonly {
    readonly kind: ClientCertificateKind;
    readonly name: string;
    readonly renewed: boolean;
    readonly certificatePem: string;
    readonly keyPem: string;
  }[];
}

/** No connector has registered a key to seal to. */
export class NoSealKeyError extends Error {
  readonly code = 'no-seal-key';
  constructor() {
    super('No connector has registered a key to seal to yet: start a connector first.');
  }
}

/** A connector judges what it is given within seconds; until then nothing is bound to it. */
const judgedMilliseconds = 20_000;
const lookMilliseconds = 100;

/** Idempotent: what is there stays; certificates and token that the sandbox made anew are added. */
export async function seedSandbox(ownerUrl: string, dataDirectory: string): Promise<void> {
  const sandbox = JSON.parse(readFileSync(join(dataDirectory, 'sandbox/sandbox.json'), 'utf8')) as SandboxFile;
  const store = openStore({ url: ownerUrl, applicationName: 'sallyport-seed', maximumConnections: 2 });
  const scope = housekeepingScope('set-up:sandbox');
  try {
    const key = await currentSealKey(store);
    if (key === null) throw new NoSealKeyError();
    const name = 'Sandbox (made-up data)';
    const customer =
      (await insertCustomer(store, scope, name)) ?? (await listCustomers(store)).find((known) => known.name === name);
    if (customer === undefined) throw new Error('the customer of the sandbox is missing');
    for (const certificate of sandbox.clientCertificates) {
      const leaf = new X509Certificate(certificate.certificatePem);
      const customerId = certificate.kind === 'customer-custom' ? customer.id : operatorId;
      const sealed = await sealSecret(key, { customerId, purpose: 'client-key', plaintext: certificate.keyPem });
      const facts = {
        customerId,
        kind: certificate.kind,
        name: certificate.renewed ? `${certificate.name}, renewed` : certificate.name,
        chainPem: certificate.certificatePem,
        sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
        notBefore: leaf.validFromDate,
        notAfter: leaf.validToDate,
        isDefault: certificate.kind === 'operator-wildcard' && !certificate.renewed,
        policy: 'agreed-private-ca' as const,
        anchorsPem: sandbox.anchorsPem,
      };
      await insertClientCertificate(store, scope, facts, sealed);
    }
    const known = await readSetting<{ credentialSecretId: string }>(store, 'sandbox');
    const credential = await sealSecret(key, {
      customerId: customer.id,
      purpose: 'jira-credential',
      plaintext: JSON.stringify({ kind: 'pat', token: sandbox.personalAccessToken }),
    });
    if (known === null) await storeSecret(store, scope, credential);
    await writeSetting(store, 'sandbox', {
      customerId: customer.id,
      credentialSecretId: known?.credentialSecretId ?? credential.id,
      baseUrl: sandbox.baseUrl,
      controlUrl: sandbox.controlUrl,
      anchorsPem: sandbox.anchorsPem,
      projects: sandbox.projects,
      accountName: sandbox.account.name,
    });
    await waitUntilJudged(store, scope);
  } finally {
    await store.close();
  }
}

/** Until a connector has judged what was put in; where none does, the one click says so later. */
async function waitUntilJudged(store: Store, scope: Scope): Promise<void> {
  const deadline = performance.now() + judgedMilliseconds;
  while ((await listInventory(store, scope)).some(({ judgedAt }) => judgedAt === null) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
}
