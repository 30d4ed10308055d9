/**
 * Makes certificates for tests, with any defect: each part can be replaced by bytes. Keys are made once for a process and named, so that a
 * test reads as a picture of its chain.
 */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Bytes } from './der-writer.ts';
import {
  ascii,
  bits,
  boolean,
  bytes,
  element,
  hex,
  integer,
  none,
  objectIdentifier,
  octets,
  sequence,
  setOf,
  time,
  utf8,
} from './der-writer.ts';

export interface AuthorKey {
  readonly privateKey: KeyObject;
  readonly spki: Bytes;
  readonly keyIdentifier: Bytes;
}

const keys = new Map<string, AuthorKey>();

/** A P-256 key of that name. */
export function keyNamed(name: string): AuthorKey {
  let key = keys.get(name);
  if (key === undefined) {
    key = authorKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
    keys.set(name, key);
  }
  return key;
}

export function authorKey({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): AuthorKey {
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  return { privateKey, spki, keyIdentifier: new Uint8Array(createHash('sha1').update(spki).digest()) };
}

/** A SubjectPublicKeyInfo that no private key belongs to; what it signs is signed with another key. */
export function keyWithSpki(spki: Bytes): AuthorKey {
  return { ...keyNamed('stand-in'), spki };
}

export function rsaKey(bitLength: number, publicExponent = 65537): AuthorKey {
  const name = `rsa ${bitLength} ${publicExponent}`;
  let key = keys.get(name);
  if (key === undefined) {
    key = authorKey(generateKeyPairSync('rsa', { modulusLength: bitLength, publicExponent }));
    keys.set(name, key);
  }
  return key;
}

export const ecdsaSha256: Bytes = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
export const rsaSha256: Bytes = sequence(objectIdentifier('1.2.840.113549.1.1.11'), hex('0500'));
export const rsaSha1: Bytes = sequence(objectIdentifier('1.2.840.113549.1.1.5'), hex('0500'));

/** `CN=a,O=b`-like: one attribute a relative name, most general last as given. */
export function distinguishedName(...attributes: readonly (readonly [string, string | Bytes])[]): Bytes {
  return sequence(
    ...attributes.map(([type, value]) =>
      setOf(sequence(objectIdentifier(type), typeof value === 'string' ? utf8(value) : value)),
    ),
  );
}

export const commonName = (text: string): Bytes => distinguishedName(['2.5.4.3', text]);

export interface ExtensionSpec {
  readonly type: string;
  readonly critical?: boolean;
  readonly value: Bytes;
}

export function extension({ type, critical = false, value }: ExtensionSpec): Bytes {
  return sequence(objectIdentifier(type), critical ? boolean(true) : none, octets(value));
}

export const generalName = {
  dns: (text: string): Bytes => element(0x82, ascii(text)),
  email: (text: string): Bytes => element(0x81, ascii(text)),
  uri: (text: string): Bytes => element(0x86, ascii(text)),
  ip: (...values: readonly number[]): Bytes => element(0x87, bytes(...values)),
  directory: (name: Bytes): Bytes => element(0xa4, name),
  registered: (text: string): Bytes => element(0x88, objectIdentifier(text).subarray(2)),
  other: (type: string, value: Bytes): Bytes => element(0xa0, objectIdentifier(type), element(0xa0, value)),
};

export const basicConstraints = (ca: boolean, pathLength: number | null = null, critical = true): ExtensionSpec => ({
  type: '2.5.29.19',
  critical,
  value: sequence(ca ? boolean(true) : none, pathLength === null ? none : integer(pathLength)),
});
/** Bit numbers of RFC 5280 §4.2.1.3. */
export function keyUsage(...numbers: readonly number[]): ExtensionSpec {
  const highest = Math.max(...numbers);
  const content = new Uint8Array(highest < 8 ? 1 : 2);
  for (const number of numbers) content[number >> 3] = (content[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return { type: '2.5.29.15', critical: true, value: bits(content, 7 - (highest & 7)) };
}
export const extendedKeyUsage = (...purposes: readonly string[]): ExtensionSpec => ({
  type: '2.5.29.37',
  value: sequence(...purposes.map(objectIdentifier)),
});
export const alternativeNames = (...names: readonly Bytes[]): ExtensionSpec => ({
  type: '2.5.29.17',
  value: sequence(...names),
});
export function nameConstraints(
  permitted: readonly Bytes[] | null,
  excluded: readonly Bytes[] | null = null,
  critical = true,
): ExtensionSpec {
  const list = (tag: number, names: readonly Bytes[] | null): Bytes =>
    names === null ? none : element(tag, ...names.map((name) => sequence(name)));
  return { type: '2.5.29.30', critical, value: sequence(list(0xa0, permitted), list(0xa1, excluded)) };
}
export const subjectKeyIdentifier = (key: AuthorKey): ExtensionSpec => ({
  type: '2.5.29.14',
  value: octets(key.keyIdentifier),
});
export const authorityKeyIdentifier = (key: AuthorKey): ExtensionSpec => ({
  type: '2.5.29.35',
  value: sequence(element(0x80, key.keyIdentifier)),
});
export const certificatePolicies = (...policies: readonly string[]): ExtensionSpec => ({
  type: '2.5.29.32',
  value: sequence(...policies.map((policy) => sequence(objectIdentifier(policy)))),
});
export const policyMappings = (...pairs: readonly (readonly [string, string])[]): ExtensionSpec => ({
  type: '2.5.29.33',
  critical: true,
  value: sequence(...pairs.map(([from, to]) => sequence(objectIdentifier(from), objectIdentifier(to)))),
});
export const policyConstraints = (
  explicit: number | null,
  mapping: number | null = null,
  critical = true,
): ExtensionSpec => ({
  type: '2.5.29.36',
  critical,
  value: sequence(
    explicit === null ? none : element(0x80, bytes(explicit)),
    mapping === null ? none : element(0x81, bytes(mapping)),
  ),
});
export const inhibitAnyPolicy = (skip: number, critical = true): ExtensionSpec => ({
  type: '2.5.29.54',
  critical,
  value: integer(skip),
});

export interface CertificateSpec {
  readonly subject: Bytes;
  readonly issuer: Bytes;
  readonly key: AuthorKey;
  readonly signer: AuthorKey;
  readonly version?: Bytes;
  readonly serial?: Bytes;
  readonly notBefore?: Bytes;
  readonly notAfter?: Bytes;
  readonly extensions?: readonly ExtensionSpec[];
  /** Replaces everything behind the key. */
  readonly extensionBytes?: Bytes;
  readonly algorithm?: Bytes;
  readonly outerAlgorithm?: Bytes;
  /** Replaces the signature. */
  readonly signature?: Bytes;
}

export function writeCertificate(spec: CertificateSpec): Bytes {
  const algorithm = spec.algorithm ?? ecdsaSha256;
  const listed = spec.extensions ?? [];
  const tbs = sequence(
    spec.version ?? element(0xa0, integer(2)),
    spec.serial ?? integer(0x11, 0x22, 0x33),
    algorithm,
    spec.issuer,
    sequence(spec.notBefore ?? time('2026-01-01T00:00:00Z'), spec.notAfter ?? time('2026-12-31T23:59:59Z')),
    spec.subject,
    spec.key.spki,
    spec.extensionBytes ?? (listed.length === 0 ? none : element(0xa3, sequence(...listed.map(extension)))),
  );
  const signature = spec.signature ?? new Uint8Array(sign('sha256', tbs, spec.signer.privateKey));
  return sequence(tbs, spec.outerAlgorithm ?? algorithm, bits(signature));
}

/** Other keys than EC: the hash and the padding that the algorithm asks for are the caller's affair. */
export function signatureOf(tbs: Bytes, key: AuthorKey, hash: string | null): Bytes {
  return new Uint8Array(sign(hash, tbs, key.privateKey));
}
