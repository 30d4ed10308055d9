/** Signature algorithms by their exact encoding: what is not byte-equal to a row is refused (RFC 3279, 4055, 5758, 8410). */
import { equalBytes, hexadecimal } from '../hexadecimal.ts';

export interface SignatureAlgorithm {
  readonly name: string;
  readonly keyKind: 'rsa' | 'ec' | 'ed25519' | 'ed448';
  /** Null for the Edwards curves, which hash inside. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  /** RSASSA-PSS with MGF1 of the same hash and a salt as long as the hash. */
  readonly pss: boolean;
}

/** Why an algorithm is not in the table. */
export type AlgorithmRefusal =
  | 'X509_SIGNATURE_SHA1'
  | 'X509_SIGNATURE_MD5'
  | 'X509_SIGNATURE_PARAMETERS'
  | 'X509_SIGNATURE_ALGORITHM_UNSUPPORTED';

const rsa = (name: string, hash: SignatureAlgorithm['hash']): SignatureAlgorithm => ({
  name,
  keyKind: 'rsa',
  hash,
  pss: false,
});
const pss = (name: string, hash: SignatureAlgorithm['hash']): SignatureAlgorithm => ({
  name,
  keyKind: 'rsa',
  hash,
  pss: true,
});
const ecdsa = (name: string, hash: SignatureAlgorithm['hash']): SignatureAlgorithm => ({
  name,
  keyKind: 'ec',
  hash,
  pss: false,
});

/** The Baseline Requirements (7.1.3.2) print the same encodings. */
const encodings: readonly (readonly [string, SignatureAlgorithm])[] = [
  ['300d06092a864886f70d01010b0500', rsa('RSA PKCS#1 v1.5 with SHA-256', 'sha256')],
  ['300d06092a864886f70d01010c0500', rsa('RSA PKCS#1 v1.5 with SHA-384', 'sha384')],
  ['300d06092a864886f70d01010d0500', rsa('RSA PKCS#1 v1.5 with SHA-512', 'sha512')],
  [
    '304106092a864886f70d01010a3034a00f300d0609608648016503040201' +
      '0500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
    pss('RSA PSS with SHA-256', 'sha256'),
  ],
  [
    '304106092a864886f70d01010a3034a00f300d0609608648016503040202' +
      '0500a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130',
    pss('RSA PSS with SHA-384', 'sha384'),
  ],
  [
    '304106092a864886f70d01010a3034a00f300d0609608648016503040203' +
      '0500a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140',
    pss('RSA PSS with SHA-512', 'sha512'),
  ],
  ['300a06082a8648ce3d040302', ecdsa('ECDSA with SHA-256', 'sha256')],
  ['300a06082a8648ce3d040303', ecdsa('ECDSA with SHA-384', 'sha384')],
  ['300a06082a8648ce3d040304', ecdsa('ECDSA with SHA-512', 'sha512')],
  ['300506032b6570', { name: 'Ed25519', keyKind: 'ed25519', hash: null, pss: false }],
  ['300506032b6571', { name: 'Ed448', keyKind: 'ed448', hash: null, pss: false }],
];
const rows = encodings.map(([encoding, algorithm]) => ({ bytes: bytesOf(encoding), algorithm }));

/** Encoded object identifiers (hexadecimal, header included) of what is refused with a code of its own. */
const refusedIdentifiers: readonly (readonly [string, AlgorithmRefusal])[] = [
  ['06092a864886f70d010105', 'X509_SIGNATURE_SHA1'],
  ['06072a8648ce3d0401', 'X509_SIGNATURE_SHA1'],
  ['06072a8648ce380403', 'X509_SIGNATURE_SHA1'],
  ['06052b0e03021d', 'X509_SIGNATURE_SHA1'],
  ['06092a864886f70d010104', 'X509_SIGNATURE_MD5'],
  ['06092a864886f70d010102', 'X509_SIGNATURE_MD5'],
  ['06092a864886f70d01010b', 'X509_SIGNATURE_PARAMETERS'],
  ['06092a864886f70d01010c', 'X509_SIGNATURE_PARAMETERS'],
  ['06092a864886f70d01010d', 'X509_SIGNATURE_PARAMETERS'],
  ['06092a864886f70d01010a', 'X509_SIGNATURE_PARAMETERS'],
  ['06082a8648ce3d040302', 'X509_SIGNATURE_PARAMETERS'],
  ['06082a8648ce3d040303', 'X509_SIGNATURE_PARAMETERS'],
  ['06082a8648ce3d040304', 'X509_SIGNATURE_PARAMETERS'],
  ['06032b6570', 'X509_SIGNATURE_PARAMETERS'],
  ['06032b6571', 'X509_SIGNATURE_PARAMETERS'],
];

/** The algorithm of an AlgorithmIdentifier, or why it is refused. */
export function signatureAlgorithmOf(identifier: Uint8Array): SignatureAlgorithm | AlgorithmRefusal {
  for (const { bytes, algorithm } of rows) if (equalBytes(bytes, identifier)) return algorithm;
  // The longest row has 67 bytes; what is much longer need not be looked at.
  const encoding = hexadecimal(identifier.subarray(0, 80));
  for (const [prefix, refusal] of refusedIdentifiers) if (encoding.startsWith(prefix, 4)) return refusal;
  return 'X509_SIGNATURE_ALGORITHM_UNSUPPORTED';
}

function bytesOf(encoding: string): Uint8Array {
  return Uint8Array.from({ length: encoding.length / 2 }, (_, index) =>
    Number.parseInt(encoding.slice(index * 2, index * 2 + 2), 16),
  );
}
