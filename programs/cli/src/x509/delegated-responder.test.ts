/** A delegated OCSP responder without id-pkix-ocsp-nocheck is trusted where its CRL is given. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlNumber, writeCrl } from '../../../../pure/x509/generate/crl-author.ts';
import { writeOcspResponse } from '../../../../pure/x509/generate/ocsp-author.ts';
import {
  commonName,
  extendedKeyUsage,
  keyNamed,
  keyUsage,
  writeCertificate,
} from '../../../../pure/x509/vectors/certificate-author.ts';
import { endEntitySpec, rootSpec } from '../../../../pure/x509/vectors/chain-author.ts';
import { integer } from '../../../../pure/x509/vectors/der-writer.ts';
import { runX509 } from './run.ts';

const [root, rootKey, responderKey] = [commonName('Root'), keyNamed('root'), keyNamed('responder')];
const responder = writeCertificate({
  subject: commonName('Responder'),
  issuer: root,
  key: responderKey,
  signer: rootKey,
  serial: integer(0x60),
  extensions: [keyUsage(0), extendedKeyUsage('1.3.6.1.5.5.7.3.9')],
});
const crlOf = (...serials: readonly number[]): Uint8Array =>
  writeCrl({
    issuer: root,
    signer: rootKey,
    extensions: [crlNumber(1)],
    entries: serials.map((serial) => ({ serial: Uint8Array.of(serial) })),
  });
const files: Readonly<Record<string, Uint8Array>> = {
  root: writeCertificate(rootSpec()),
  leaf: writeCertificate(endEntitySpec({ issuer: root, signer: rootKey, serial: integer(0x42) })),
  response: writeOcspResponse({
    signer: responderKey,
    responder: { name: commonName('Responder') },
    certificates: [responder],
    singles: [{ issuer: root, issuerKey: rootKey, serial: Uint8Array.of(0x42) }],
  }),
  'empty.crl': crlOf(),
  'responder.crl': crlOf(0x60),
  'leaf.crl': crlOf(0x42),
  junk: Uint8Array.of(0x30, 0x80, 0, 0),
};

async function ask(line: string): Promise<unknown> {
  let out = '';
  const status = await runX509([...line.split(' '), '--at', '2026-06-15T12:00:00Z', '--json'], {
    print: (text) => (out += text),
    complain: () => {},
    read: (file) => files[file] ?? assert.fail(file),
    now: () => 0,
  });
  const { verdict, code } = JSON.parse(out) as { verdict: string; code: string };
  return [status, verdict, code];
}

describe('a delegated responder without nocheck', () => {
  const question = 'ocsp --response response --certificate leaf --issuer root';
  for (const [sentence, line, answer] of [
    ['is not trusted by itself', question, [1, 'unknown', 'X509_OCSP_RESPONDER_UNDETERMINED']],
    ['is trusted where its CRL does not list it', `${question} --crls empty.crl`, [0, 'valid', 'X509_REVOCATION_GOOD']],
    [
      'is not trusted where its CRL lists it',
      `${question} --crls responder.crl`,
      [1, 'unknown', 'X509_OCSP_RESPONDER_REVOKED'],
    ],
    [
      'is asked, and its CRL is not, about the certificate',
      `${question} --crls leaf.crl`,
      [0, 'valid', 'X509_REVOCATION_GOOD'],
    ],
    [
      'with a CRL that cannot be read is an error',
      `${question} --crls junk`,
      [1, 'invalid', 'X509_DER_LENGTH_INDEFINITE'],
    ],
    [
      'is trusted in validate too',
      'validate --leaf leaf --anchors root --ocsp response --crls empty.crl --profile private',
      [0, 'valid', 'X509_ACCEPTED'],
    ],
  ] as const)
    it(sentence, async () => assert.deepEqual(await ask(line), answer));
});
