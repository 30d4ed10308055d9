/**
 * Puts a client certificate with its key in, from the machine that holds the database: the key is sealed to the
 * connectors' public key before it is stored, and never stored in clear.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  currentSealKey,
  housekeepingScope,
  insertClientCertificate,
  listCustomers,
  openStore,
  operatorId,
  sealSecret,
  type ClientCertificateKind,
} from '@sallyport/store';
import { readCertificatesText, readPem, writePem, X509Error } from '@sallyport/x509';
import { NoSealKeyError } from './seed-sandbox.ts';

export const addClientCertificateUsage =
  'sallyport db add-client-certificate --certificate FILE --key FILE --kind operator-wildcard|operator-named|customer-custom [--customer NAME] [--anchors FILE] [--default]';

/** What was given cannot be used; the message says why, and never shows the key. */
export class ClientCertificateError extends Error {
  readonly code: 'usage' | 'client-certificate-unusable' | 'client-certificate-known';
  constructor(code: ClientCertificateError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const kinds: readonly string[] = [
  'operator-wildcard',
  'operator-named',
  'customer-custom',
] satisfies ClientCertificateKind[];
/** A chain of ten certificates in PEM is about 20 KB. */
const greatestFileBytes = 100_000;
const clientAuth = '1.3.6.1.5.5.7.3.2';

/** Gives a sentence about what was put in. `at` is the instant for which its validity is judged. */
export async function addClientCertificate(ownerUrl: string, words: readonly string[], at: Date): Promise<string> {
  const choice = readWords(words);
  const chainPem = chainIn(readText(choice.certificate));
  const anchorsPem = choice.anchors === null ? null : readAnchors(choice.anchors);
  const keyPem = readText(choice.key);
  const leaf = readLeaf(chainPem);
  checkUsable(leaf, keyPem, at);
  const store = openStore({ url: ownerUrl, applicationName: 'sallyport-add-certificate', maximumConnections: 2 });
  try {
    const key = await currentSealKey(store);
    if (key === null) throw new NoSealKeyError();
    const customer =
      choice.customer === null ? null : (await listCustomers(store)).find(({ name }) => name === choice.customer);
    if (customer === undefined) throw new ClientCertificateError('usage', `There is no customer '${choice.customer}'.`);
    const customerId = customer?.id ?? operatorId;
    const name =
      leaf.subject.match(/^CN=(.+)$/m)?.[1] ?? leaf.subjectAltName?.match(/DNS:([^,\s]+)/)?.[1] ?? leaf.serialNumber;
    const inserted = await insertClientCertificate(
      store,
      housekeepingScope('command-line'),
      {
        customerId,
        kind: choice.kind,
        name,
        chainPem,
        sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
        notBefore: leaf.validFromDate,
        notAfter: leaf.validToDate,
        isDefault: choice.isDefault,
        policy: choice.anchors === null ? 'public-third-party' : 'agreed-private-ca',
        anchorsPem,
      },
      await sealSecret(key, { customerId, purpose: 'client-key', plaintext: keyPem }),
    );
    if (inserted === null)
      throw new ClientCertificateError('client-certificate-known', `${name} is in the inventory already.`);
    return `${name} (${choice.kind}) is in the inventory, valid until ${leaf.validToDate.toISOString()}. Its key is sealed; remove ${choice.key} from this machine.`;
  } finally {
    await store.close();
  }
}

interface Choice {
  readonly certificate: string;
  readonly key: string;
  readonly kind: ClientCertificateKind;
  readonly customer: string | null;
  /** The roots of an agreed private CA; null: it comes from a public third party. */
  readonly anchors: string | null;
  readonly isDefault: boolean;
}

function readWords(words: readonly string[]): Choice {
  const usage = (): ClientCertificateError =>
    new ClientCertificateError('usage', `usage: ${addClientCertificateUsage}`);
  const text = { type: 'string' } as const;
  const read = () =>
    parseArgs({
      args: [...words],
      options: {
        certificate: text,
        key: text,
        kind: text,
        customer: text,
        anchors: text,
        default: { type: 'boolean' },
      },
    }).values;
  let values: ReturnType<typeof read>;
  try {
    values = read();
  } catch {
    throw usage();
  }
  const { certificate, key, kind = '', customer = null, anchors = null } = values;
  if (certificate === undefined || key === undefined || !kinds.includes(kind)) throw usage();
  if ((kind === 'customer-custom') !== (customer !== null)) {
    throw new ClientCertificateError(
      'usage',
      'A customer-custom certificate belongs to a --customer; the other kinds belong to the operator.',
    );
  }
  return {
    certificate,
    key,
    kind: kind as ClientCertificateKind,
    customer,
    anchors,
    isDefault: values.default === true,
  };
}

function readText(path: string): string {
  if (statSync(path).size > greatestFileBytes) {
    throw new ClientCertificateError(
      'client-certificate-unusable',
      `${path} is over ${greatestFileBytes} bytes: no certificate or key is.`,
    );
  }
  return readFileSync(path, 'utf8');
}

/** The certificates alone, in order: people keep the key in the same file, and the chain is stored readable. */
function chainIn(text: string): string {
  try {
    return readPem(text)
      .filter(({ label }) => label === 'CERTIFICATE')
      .map(({ der }) => writePem('CERTIFICATE', der))
      .join('');
  } catch (error) {
    if (error instanceof X509Error) return '';
    throw error;
  }
}

function readAnchors(path: string): string {
  const read = readCertificatesText(readText(path));
  if (read.ok) return read.pem;
  throw new ClientCertificateError(
    'client-certificate-unusable',
    read.error === null
      ? `${path} holds a block of '${read.otherBlock}', which is no certificate: give the roots alone.`
      : `${path} holds no certificates in PEM: ${read.error.message}`,
  );
}

function readLeaf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ClientCertificateError(
      'client-certificate-unusable',
      'The certificate file holds no certificate in PEM.',
    );
  }
}

function checkUsable(leaf: X509Certificate, keyPem: string, at: Date): void {
  const unusable = (message: string): ClientCertificateError =>
    new ClientCertificateError('client-certificate-unusable', message);
  let matches: boolean;
  try {
    matches = leaf.checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    throw unusable('The key file holds no private key in PEM, or it is encrypted.');
  }
  if (!matches) throw unusable('The key does not belong to the certificate.');
  if (at > leaf.validToDate) throw unusable(`The certificate ended on ${leaf.validToDate.toISOString()}.`);
  if (at < leaf.validFromDate)
    throw unusable(`The certificate is not valid before ${leaf.validFromDate.toISOString()}.`);
  const usages = leaf.keyUsage as readonly string[] | undefined;
  if (usages !== undefined && !usages.includes(clientAuth)) {
    throw unusable(
      'The certificate is not for client authentication (extendedKeyUsage lacks clientAuth): the far side would refuse it.',
    );
  }
}
