/** An end entity whose signature is made by the caller: for algorithms beyond ECDSA with SHA-256. */
import { authorKey, authorityKeyIdentifier, writeCertificate } from './certificate-author.ts';
import type { AuthorKey } from './certificate-author.ts';
import { endEntitySpec } from './chain-author.ts';
import type { Bytes } from './der-writer.ts';
import { readCertificate } from '../src/index.ts';

export { authorKey };

export function endEntitySignedWith(signer: AuthorKey, algorithm: Bytes, make: (tbs: Bytes) => Uint8Array): Bytes {
  const spec = { ...endEntitySpec({ set: [authorityKeyIdentifier(signer)] }), algorithm };
  // Written twice: the first time only to know what is signed.
  const { tbs } = readCertificate(writeCertificate({ ...spec, signature: Uint8Array.of(0) }));
  return writeCertificate({ ...spec, signature: new Uint8Array(make(tbs)) });
}
