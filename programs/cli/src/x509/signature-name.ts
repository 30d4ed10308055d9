/** Signature algorithms by name, also those that validation refuses: whoever asks what stands in a certificate wants to read SHA-1 where it is. */
import { DerReader, Tag, readObjectIdentifier } from '@sallyport/x509';

const pss = '1.2.840.113549.1.1.10';
const names: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'RSA PKCS#1 v1.5 with MD2',
  '1.2.840.113549.1.1.4': 'RSA PKCS#1 v1.5 with MD5',
  '1.2.840.113549.1.1.5': 'RSA PKCS#1 v1.5 with SHA-1',
  '1.2.840.113549.1.1.11': 'RSA PKCS#1 v1.5 with SHA-256',
  '1.2.840.113549.1.1.12': 'RSA PKCS#1 v1.5 with SHA-384',
  '1.2.840.113549.1.1.13': 'RSA PKCS#1 v1.5 with SHA-512',
  '1.2.840.113549.1.1.14': 'RSA PKCS#1 v1.5 with SHA-224',
  '1.2.840.10045.4.1': 'ECDSA with SHA-1',
  '1.2.840.10045.4.3.1': 'ECDSA with SHA-224',
  '1.2.840.10045.4.3.2': 'ECDSA with SHA-256',
  '1.2.840.10045.4.3.3': 'ECDSA with SHA-384',
  '1.2.840.10045.4.3.4': 'ECDSA with SHA-512',
  '1.2.840.10040.4.3': 'DSA with SHA-1',
  '2.16.840.1.101.3.4.3.2': 'DSA with SHA-256',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/** @param identifier an AlgorithmIdentifier @returns its name, or its object identifier where it has none here @throws X509Error */
export function signatureName(identifier: Uint8Array): string {
  const algorithm = new DerReader(identifier).enter(Tag.sequence);
  const type = readObjectIdentifier(algorithm);
  if (type !== pss) return names[type] ?? type;
  const parameters = algorithm.done ? null : algorithm.enter(Tag.sequence);
  // RFC 4055 §3.1: SHA-1 where the hash is absent.
  if (parameters === null || !parameters.optional(0xa0)) return 'RSA PSS with SHA-1';
  const hash = readObjectIdentifier(parameters.inside().enter(Tag.sequence));
  return `RSA PSS with ${hashes[hash] ?? hash}`;
}
