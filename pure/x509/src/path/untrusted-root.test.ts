/** A self-signed root that nobody trusts ends a path; it is no circle, whatever else is in the bag. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  keyNamed,
  keyUsage,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import { reportOn, rootSpec, writeChain } from '../../vectors/chain-author.ts';
import { bytes, concat } from '../../vectors/der-writer.ts';
import { anchorFromCertificate, explain, readCertificate } from '../index.ts';

const chain = writeChain();
const stranger = keyNamed('stranger');
const anchors = [
  anchorFromCertificate(
    readCertificate(
      writeCertificate(
        rootSpec({ subject: commonName('Stranger'), issuer: commonName('Stranger'), key: stranger, signer: stranger }),
      ),
    ),
  ),
];

function authority(subject: string, issuer: string, key: string, signer: string, serial = 1): Uint8Array {
  return writeCertificate({
    subject: commonName(subject),
    issuer: commonName(issuer),
    key: keyNamed(key),
    signer: keyNamed(signer),
    serial: concat(bytes(2, 1), bytes(serial)),
    extensions: [
      basicConstraints(true),
      keyUsage(5, 6),
      subjectKeyIdentifier(keyNamed(key)),
      authorityKeyIdentifier(keyNamed(signer)),
    ],
  });
}

for (const [sentence, more] of [
  ['alone', []],
  ['issued again with the same key', [authority('Root', 'Root', 'root', 'root', 2)]],
  [
    'with an older key and the certificates that link the two',
    [
      authority('Root', 'Root', 'old root', 'old root', 3),
      authority('Root', 'Root', 'root', 'old root', 4),
      authority('Root', 'Root', 'old root', 'root', 5),
    ],
  ],
  [
    'cross-signed with another root that is not trusted either',
    [
      authority('Other', 'Other', 'other', 'other', 6),
      authority('Root', 'Other', 'root', 'other', 7),
      authority('Other', 'Root', 'other', 'root', 8),
    ],
  ],
] as const)
  for (const order of ['first', 'last'] as const)
    it(`says that a self-signed root is not trusted: ${sentence}, the root ${order}`, () => {
      const others = [chain.intermediate, chain.root, ...more];
      const report = reportOn(chain, {
        input: { anchors, others: order === 'first' ? others : [...others].reverse() },
      });
      const [headline] = report.entries.filter(({ outcome }) => outcome === 'fail');
      assert.equal(headline?.code, 'X509_SELF_ISSUED_NOT_TRUSTED');
      assert.match(explain(report), /^refused: CN=(Root|Other) is its own issuer and no trust anchor\./);
    });
