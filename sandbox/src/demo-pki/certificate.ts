/** Certificates of the demo CA (RFC 5280 §4), written field by field; no other program is needed to make them. */
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  bitString,
  contextConstructed,
  contextPrimitive,
  derOfPem,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  pem,
  printableString,
  readElements,
  sequence,
  set,
  time,
  trueValue,
  utf8String,
} from './der.ts';

/** A key with its certificate, as kept on disk. `chainPem` holds the certificate and the issuing CAs, root left out. */
export interface Identity {
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly keyPem: string;
}

export interface Named {
  readonly commonName: string;
  readonly organization?: string;
}

/** Who signs: the name, the key, and where the issuer's revocation data and certificate are served. */
export interface Issuer extends Named {
  readonly keyPem: string;
  readonly chainPem: string;
  /** null for a certificate that carries no pointers. */
  readonly pointers: { readonly crl: string | null; readonly ocsp: string | null; readonly certificate: string } | null;
  /** SHA-256 unless an outdated signature is wanted. */
  readonly hash?: Hash;
}

export type Hash = 'sha1' | 'sha256';

export interface Subject extends Named {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly purpose:
    | { readonly kind: 'root' }
    | { readonly kind: 'issuing' }
    | {
        readonly kind: 'server' | 'client';
        /** null: no subjectAltName at all. */
        readonly dnsNames: readonly string[] | null;
        readonly ipv4?: readonly string[];
        /** Object identifiers instead of the one purpose of the kind. */
        readonly extendedKeyUsage?: readonly string[];
      }
    /** `mayAnswer: false` leaves OCSPSigning out: such a one is not authorised to answer. */
    | { readonly kind: 'ocsp-responder'; readonly mayAnswer?: false };
}

export const serverAuthentication = '1.3.6.1.5.5.7.3.1';
export const clientAuthentication = '1.3.6.1.5.5.7.3.2';

const demoOrganization = 'SANDBOX Demo Trust (not a real CA)';

/** Issues a certificate for the public half of `keyPem`; without an issuer it signs itself. */
export function issueCertificate(subject: Subject, keyPem: string, issuer: Issuer | null): Identity {
  const publicKey = createPublicKey(keyPem);
  const signer = createPrivateKey(issuer?.keyPem ?? keyPem);
  const hash = issuer?.hash ?? 'sha256';
  const tbs = sequence(
    contextConstructed(0, integer(2)),
    integer(newSerial()),
    signatureAlgorithm(signer, hash),
    distinguishedName(issuer ?? subject),
    sequence(time(subject.notBefore), time(subject.notAfter)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    contextConstructed(3, sequence(...extensionsOf(subject, publicKey, issuer))),
  );
  const certificatePem = pem('CERTIFICATE', signed(tbs, signer, [], hash));
  return { certificatePem, chainPem: certificatePem + (issuer?.chainPem ?? ''), keyPem };
}

/** `SEQUENCE { tbs, signatureAlgorithm, signature }`: the outer form of certificates, CRLs and OCSP responses alike. */
export function signed(
  tbs: Uint8Array,
  key: KeyObject,
  after: readonly Uint8Array[] = [],
  hash: Hash = 'sha256',
): Buffer {
  return sequence(tbs, signatureAlgorithm(key, hash), bitString(sign(hash, tbs, key)), ...after);
}

/** RSA with PKCS #1 v1.5 padding or ECDSA (RFC 3279 §2.2, RFC 4055 §5, RFC 5758 §3.2), by the kind of key. */
export function signatureAlgorithm(key: KeyObject, hash: Hash = 'sha256'): Buffer {
  if (key.asymmetricKeyType === 'rsa')
    return sequence(objectIdentifier(hash === 'sha1' ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), nullValue);
  return sequence(objectIdentifier(hash === 'sha1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'));
}

/** Names of the demo CA bear its organisation, unless they are of somebody else. */
export function distinguishedName({ commonName, organization = demoOrganization }: Named): Buffer {
  const attribute = (type: string, value: Buffer): Buffer => set(sequence(objectIdentifier(type), value));
  return sequence(
    attribute('2.5.4.6', printableString('XX')),
    attribute('2.5.4.10', utf8String(organization)),
    attribute('2.5.4.3', utf8String(commonName)),
  );
}

export function extension(type: string, value: Uint8Array, critical = false): Buffer {
  return sequence(objectIdentifier(type), ...(critical ? [trueValue] : []), octetString(value));
}

/** AuthorityKeyIdentifier (RFC 5280 §4.2.1.1) naming the public half of a private key. */
export function authorityKeyIdentifier(issuerKeyPem: string): Buffer {
  return extension('2.5.29.35', sequence(contextPrimitive(0, keyIdentifier(createPublicKey(issuerKeyPem)))));
}

/** The bits of subjectPublicKey without the "unused bits" octet: what key identifiers and OCSP hash. */
export function publicKeyBits(publicKey: KeyObject): Uint8Array {
  const [outer] = readElements(publicKey.export({ type: 'spki', format: 'der' }));
  const bits = readElements(outer?.contents ?? new Uint8Array())[1];
  return (bits?.contents ?? new Uint8Array()).subarray(1);
}

/** Serial number of a certificate of ours. */
export function serialOf(certificatePem: string): bigint {
  const [outer] = readElements(derOfPem(certificatePem));
  const [tbs] = readElements(outer?.contents ?? new Uint8Array());
  const serial = readElements(tbs?.contents ?? new Uint8Array())[1];
  return BigInt(`0x${Buffer.from(serial?.contents ?? new Uint8Array([0])).toString('hex')}`);
}

function extensionsOf(subject: Subject, publicKey: KeyObject, issuer: Issuer | null): Buffer[] {
  const { purpose } = subject;
  const isAuthority = purpose.kind === 'root' || purpose.kind === 'issuing';
  const extensions = [
    extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
    extension('2.5.29.19', basicConstraints(purpose.kind), true),
    // keyCertSign and cRLSign, or digitalSignature: the six suites never encrypt to the certified key.
    extension('2.5.29.15', isAuthority ? bitString(Buffer.from([0x06]), 1) : bitString(Buffer.from([0x80]), 7), true),
  ];
  if (issuer !== null) extensions.push(authorityKeyIdentifier(issuer.keyPem));
  if (purpose.kind === 'server' || purpose.kind === 'client') {
    const usage = purpose.kind === 'server' ? serverAuthentication : clientAuthentication;
    const names = [
      ...(purpose.dnsNames ?? []).map((name) => contextPrimitive(2, Buffer.from(name, 'latin1'))),
      ...(purpose.ipv4 ?? []).map((address) => contextPrimitive(7, Buffer.from(address.split('.').map(Number)))),
    ];
    extensions.push(extension('2.5.29.37', sequence(...(purpose.extendedKeyUsage ?? [usage]).map(objectIdentifier))));
    if (names.length > 0) extensions.push(extension('2.5.29.17', sequence(...names)));
  }
  if (purpose.kind === 'ocsp-responder') {
    const usage = purpose.mayAnswer === false ? serverAuthentication : '1.3.6.1.5.5.7.3.9';
    extensions.push(extension('2.5.29.37', sequence(objectIdentifier(usage))));
    // id-pkix-ocsp-nocheck, RFC 6960 §4.2.2.2.1: nobody has to ask a responder about its own responder.
    extensions.push(extension('1.3.6.1.5.5.7.48.1.5', nullValue));
  } else if (issuer !== null && issuer.pointers !== null) {
    const { crl, ocsp, certificate } = issuer.pointers;
    const uri = (text: string): Buffer => contextPrimitive(6, Buffer.from(text, 'latin1'));
    const access = (method: string, where: string): Buffer => sequence(objectIdentifier(method), uri(where));
    if (crl !== null)
      extensions.push(
        extension('2.5.29.31', sequence(sequence(contextConstructed(0, contextConstructed(0, uri(crl)))))),
      );
    extensions.push(
      extension(
        '1.3.6.1.5.5.7.1.1',
        sequence(
          ...(ocsp === null ? [] : [access('1.3.6.1.5.5.7.48.1', ocsp)]),
          access('1.3.6.1.5.5.7.48.2', certificate),
        ),
      ),
    );
  }
  return extensions;
}

function basicConstraints(kind: Subject['purpose']['kind']): Buffer {
  if (kind === 'root') return sequence(trueValue);
  return kind === 'issuing' ? sequence(trueValue, integer(0)) : sequence();
}

/** RFC 7093 §2, method 1: the left-most 160 bits of SHA-256. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyBits(publicKey)).digest().subarray(0, 20);
}

/** 126 random bits: positive, and never more than 20 octets (RFC 5280 §4.1.2.2). */
function newSerial(): bigint {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return BigInt(`0x${bytes.toString('hex')}`);
}
