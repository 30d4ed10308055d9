/** End entity and intermediate under one root, with keys of one kind; and the raw signature checks that a validator cannot avoid. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  SignatureMemory,
  anchorFromCertificate,
  readCertificate,
  utcInstant,
  validate,
  validationPolicy,
} from '@sallyport/x509';
import type { TrustAnchor } from '@sallyport/x509';
import { authorKey, rsaSha256, writeCertificate } from '../../pure/x509/vectors/certificate-author.ts';
import type { CertificateSpec } from '../../pure/x509/vectors/certificate-author.ts';
import { endEntitySpec, hostName, intermediateSpec, rootSpec } from '../../pure/x509/vectors/chain-author.ts';

export type KeyName = 'p256' | 'rsa2048';

export interface Chain {
  readonly root: Uint8Array;
  readonly intermediate: Uint8Array;
  readonly endEntity: Uint8Array;
}

export const at = utcInstant('2026-06-15T12:00:00Z');

export function makeChain(kind: KeyName): Chain {
  const newKey = () =>
    kind === 'p256'
      ? authorKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }))
      : authorKey(generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const [root, intermediate, endEntity] = [newKey(), newKey(), newKey()];
  const write = (spec: CertificateSpec) => writeCertificate(kind === 'p256' ? spec : { ...spec, algorithm: rsaSha256 });
  return {
    root: write(rootSpec({ key: root, signer: root })),
    intermediate: write(intermediateSpec({ key: intermediate, signer: root })),
    endEntity: write(endEntitySpec({ key: endEntity, signer: intermediate })),
  };
}

const policy = validationPolicy('webpki');

/** One whole validation: both certificates are read from their bytes. */
export function validation({ endEntity, intermediate, root }: Chain, memory: SignatureMemory | null): () => void {
  const anchors: readonly TrustAnchor[] = [anchorFromCertificate(readCertificate(root))];
  return () => {
    const report = validate({
      leaf: endEntity,
      others: [intermediate],
      anchors,
      at,
      purpose: 'serverAuth',
      name: { kind: 'dns', value: hostName },
      policy,
      revocation: { mode: 'off', crls: [], ocspResponses: [] },
      ...(memory === null ? {} : { memory }),
    });
    if (!report.accepted)
      throw new Error(
        `the chain was refused: ${JSON.stringify(report.entries.find(({ outcome }) => outcome === 'fail'))}`,
      );
  };
}

/** So many of the two raw checks, keys imported before. */
export function rawChecks({ endEntity, intermediate, root }: Chain, count: 1 | 2): () => void {
  const checks = [
    [readCertificate(endEntity), readCertificate(intermediate)],
    [readCertificate(intermediate), readCertificate(root)],
  ]
    .slice(0, count)
    .map(([certificate, issuer]) => {
      if (certificate === undefined || issuer === undefined) throw new Error('a certificate is missing');
      const key: KeyObject = createPublicKey({ key: Buffer.from(issuer.publicKeyDer), format: 'der', type: 'spki' });
      return { tbs: certificate.tbs, signature: certificate.signature, key };
    });
  return () => {
    for (const { tbs, signature, key } of checks)
      if (!verify('sha256', tbs, key, signature)) throw new Error('a signature does not verify');
  };
}
