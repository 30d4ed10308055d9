/** Our certificate and key as OpenSSL takes them, checked first, and kept: making a context costs half a handshake. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { secureContextOptions } from '@sallyport/tls-policy';
import type { TlsPolicy } from '@sallyport/tls-policy';
import { readCertificate, readPem, X509Error } from '@sallyport/x509';
import type { UtcInstant } from '@sallyport/x509';
import { DialError } from './dial-error.ts';
import type { ClientCertificate } from './dial-target.ts';

export interface ClientContext {
  readonly context: SecureContext;
  /** When our certificate, or one of its intermediates, ends; null where we have none. */
  readonly firstNotAfter: UtcInstant | null;
}

/** Characters: ten certificates with large keys are below 40,000. */
const largestCertificatePem = 256 * 1024;
/** Characters: an RSA key of 16,384 bits has about 12,500. */
const largestKeyPem = 64 * 1024;
const mostCertificates = 10;
/** Contexts kept for each policy: client certificates that are in use at the same time. */
const keptContexts = 200;

const contexts = new WeakMap<TlsPolicy, Map<string, ClientContext>>();

/** The context for a policy and a certificate, made once. @throws DialError `client-certificate-malformed`, `client-key-mismatch` */
export function clientContext(policy: TlsPolicy, certificate: ClientCertificate | null): ClientContext {
  const known = contexts.get(policy) ?? new Map<string, ClientContext>();
  contexts.set(policy, known);
  const digest = certificate === null ? 'none' : digestOf(certificate);
  const found = known.get(digest);
  if (found !== undefined) return found;
  const made = makeContext(policy, certificate);
  // The oldest goes: a Map keeps the order of insertion.
  for (const oldest of known.keys()) {
    if (known.size < keptContexts) break;
    known.delete(oldest);
  }
  known.set(digest, made);
  return made;
}

function makeContext(policy: TlsPolicy, certificate: ClientCertificate | null): ClientContext {
  const { minDHSize: _minDHSize, ...options } = secureContextOptions(policy);
  // No authorities: the chain is judged before OpenSSL sees it, and an empty list keeps it from checking signatures again.
  if (certificate === null) return { context: createSecureContext({ ...options, ca: [] }), firstNotAfter: null };
  const firstNotAfter = checkClientCertificate(certificate);
  try {
    const context = createSecureContext({
      ...options,
      ca: [],
      cert: certificate.certificatePem,
      key: certificate.keyPem,
    });
    return { context, firstNotAfter };
  } catch {
    throw malformed('The client certificate and its key cannot be used by TLS.');
  }
}

/** Checks form, size and that the key belongs to the certificate; answers with the first end of validity. @throws DialError */
export function checkClientCertificate(certificate: ClientCertificate): UtcInstant {
  if (certificate.certificatePem.length > largestCertificatePem)
    throw malformed(`The client certificate's PEM text has more than ${largestCertificatePem} characters.`);
  if (certificate.keyPem.length > largestKeyPem)
    throw malformed(`The client key's PEM text has more than ${largestKeyPem} characters.`);
  const chain = readChain(certificate.certificatePem);
  const key = readKey(certificate.keyPem);
  let matches: boolean;
  try {
    matches = new X509Certificate(chain[0]?.der ?? new Uint8Array()).checkPrivateKey(key);
  } catch {
    throw malformed('The client certificate cannot be read.');
  }
  if (!matches)
    throw new DialError('client-key-mismatch', 'The client key does not belong to the client certificate.', 'operator');
  return Math.min(...chain.map((one) => one.notAfter)) as UtcInstant;
}

function readChain(pem: string): { der: Uint8Array; notAfter: UtcInstant }[] {
  try {
    const blocks = readPem(pem);
    const other = blocks.find((block) => block.label !== 'CERTIFICATE');
    if (other !== undefined)
      throw malformed(
        `The client certificate's PEM text holds a block '${other.label}'; only certificates belong there.`,
      );
    if (blocks.length > mostCertificates)
      throw malformed(`The client certificate comes with more than ${mostCertificates} certificates.`);
    return blocks.map(({ der }) => ({ der, notAfter: readCertificate(der).notAfter }));
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw malformed(`The client certificate cannot be read: ${error.message}.`);
  }
}

function readKey(pem: string): KeyObject {
  if (/-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED/.test(pem))
    throw malformed('The client key is encrypted; give it without a passphrase.');
  try {
    return createPrivateKey(pem);
  } catch {
    // What OpenSSL says is not repeated: it may quote the text.
    throw malformed('The client key cannot be read: it must be one PEM block with a private key.');
  }
}

function digestOf(certificate: ClientCertificate): string {
  return createHash('sha256')
    .update(certificate.certificatePem)
    .update('\0')
    .update(certificate.keyPem)
    .digest('base64');
}

function malformed(message: string): DialError {
  return new DialError('client-certificate-malformed', message, 'operator');
}
