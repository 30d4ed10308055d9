/** Which signatures are checked under which keys when revocation is judged, how often, and what they cost. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlNumber, distributionPoints, issuingDistributionPoint, writeCrl } from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import { writeOcspResponse } from '../../generate/ocsp-author.ts';
import type { ResponseSpec } from '../../generate/ocsp-author.ts';
import {
  commonName,
  extendedKeyUsage,
  keyNamed,
  keyUsage,
  rsaKey,
  rsaSha256,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec, reportOn, rootSpec } from '../../vectors/chain-author.ts';
import { bytes, hex, integer } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import type { RevocationInput } from '../revocation-input.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';

const rootKey = keyNamed('root');
const root = commonName('Root');
const responderName = commonName('Responder');
const weak = rsaKey(1024);
const serial = bytes(0x42);

interface Asked {
  readonly revocation: Partial<RevocationInput>;
  readonly signatureUnits?: number;
  readonly verify?: SignatureVerifier;
  readonly endEntity?: readonly ExtensionSpec[];
  readonly others?: readonly Bytes[];
}

/** Code about the revocation of an end entity that the root issued directly; or of the exhausted budget. */
function answer({ revocation, signatureUnits = 100, verify, endEntity = [], others = [] }: Asked): string {
  const report = reportOn(
    {
      root: writeCertificate(rootSpec()),
      intermediate: bytes(),
      endEntity: writeCertificate(
        endEntitySpec({ issuer: root, signer: rootKey, serial: integer(0x42), set: endEntity }),
      ),
    },
    {
      profile: 'rfc5280',
      policy: { budget: { signatureUnits } },
      input: {
        others,
        revocation: { mode: 'hard', crls: [], ocspResponses: [], ...revocation },
        ...(verify === undefined ? {} : { verifySignature: verify }),
      },
    },
  );
  const codes = report.entries.map(({ code }) => code);
  return (
    codes.find((code) => code === 'X509_BUDGET_EXHAUSTED') ??
    codes.find((code) => /^X509_(?:REVOCATION|CRL|OCSP)_/.test(code)) ??
    ''
  );
}

const response = (change: Partial<ResponseSpec> = {}): Bytes =>
  writeOcspResponse({
    signer: rootKey,
    responder: { name: root },
    singles: [{ issuer: root, issuerKey: rootKey, serial }],
    ...change,
  });
const responder = (change: Partial<CertificateSpec> = {}): Bytes =>
  writeCertificate({
    subject: responderName,
    issuer: root,
    key: keyNamed('responder'),
    signer: rootKey,
    serial: integer(0x60),
    extensions: [
      keyUsage(0),
      extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
      { type: '1.3.6.1.5.5.7.48.1.5', value: hex('0500') },
    ],
    ...change,
  });
const delegated = (change: Partial<CertificateSpec> = {}, by: Partial<ResponseSpec> = {}): Bytes =>
  response({
    signer: keyNamed('responder'),
    responder: { name: responderName },
    certificates: [responder(change)],
    ...by,
  });
const crl = (change: Partial<CrlSpec> = {}): Bytes => writeCrl({ issuer: root, signer: rootKey, ...change });

/** Says of everything but the end entity's own signature that it is valid. */
const credulous: SignatureVerifier = () => 'valid';

describe('a signature on revocation data', () => {
  it('is not even tried under a key of another kind than its algorithm', () => {
    assert.equal(
      answer({ revocation: { ocspResponses: [response({ algorithm: rsaSha256 })] }, verify: credulous }),
      'X509_OCSP_SIGNATURE_INVALID',
    );
    assert.equal(
      answer({ revocation: { ocspResponses: [delegated({ algorithm: rsaSha256 })] }, verify: credulous }),
      'X509_OCSP_RESPONDER_OTHER_ISSUER',
    );
    assert.equal(
      answer({ revocation: { crls: [crl({ algorithm: rsaSha256 })] }, verify: credulous }),
      'X509_CRL_SIGNER_NOT_FOUND',
    );
  });
  it('counts for nothing under a key that is refused', () => {
    const signed = { signer: weak, algorithm: rsaSha256 };
    assert.equal(
      answer({ revocation: { ocspResponses: [delegated({ key: weak }, signed)] } }),
      'X509_OCSP_SIGNATURE_INVALID',
    );
    const signer = writeCertificate({
      subject: root,
      issuer: root,
      key: weak,
      signer: rootKey,
      serial: integer(0x50),
      extensions: [keyUsage(6)],
    });
    assert.equal(
      answer({ revocation: { crls: [crl(signed)] }, others: [signer], verify: credulous }),
      'X509_CRL_SIGNER_NOT_FOUND',
    );
  });
  it('costs like every other', () => {
    for (const [units, revocation] of [
      [2, { ocspResponses: [response()] }],
      [2, { crls: [crl()] }],
      [3, { ocspResponses: [delegated()] }],
    ] as const) {
      assert.equal(answer({ revocation, signatureUnits: units }), 'X509_REVOCATION_GOOD');
      assert.equal(answer({ revocation, signatureUnits: units - 1 }), 'X509_BUDGET_EXHAUSTED');
    }
  });
  it('is checked once, however many distribution points lead to it', () => {
    const uris = ['http://crl.example.com/1', 'http://crl.example.com/2'];
    let calls = 0;
    const counting: SignatureVerifier = (...given) => {
      calls++;
      return verifySignature(...given);
    };
    const endEntity = [distributionPoints(...uris.map((uri) => ({ uri })))];
    assert.equal(answer({ revocation: { crls: [crl()] }, endEntity, verify: counting }), 'X509_REVOCATION_GOOD');
    assert.equal(calls, 2, 'the certificate and the CRL');
  });
  it('of a response about another certificate is not looked at', () => {
    const about = { singles: [{ issuer: root, issuerKey: rootKey, serial: bytes(0x43) }] };
    const other = response({ ...about, signer: keyNamed('stranger') });
    assert.equal(answer({ revocation: { ocspResponses: [other] }, signatureUnits: 1 }), 'X509_REVOCATION_NO_SOURCE');
  });
  it('is tried under at most sixteen certificates of a CRL signer', () => {
    const signers = (count: number): readonly Bytes[] =>
      Array.from({ length: count }, (_, index) =>
        writeCertificate({
          subject: root,
          issuer: root,
          key: keyNamed(index === count - 1 ? 'crl signer' : `signer ${index}`),
          signer: rootKey,
          serial: integer(0x50, index),
          extensions: [keyUsage(6), distributionPoints({ uri: 'http://crl.example.com/signers' })],
        }),
      );
    const own = crl({
      extensions: [crlNumber(10), issuingDistributionPoint({ uri: 'http://crl.example.com/signers' })],
    });
    const revocation = { crls: [crl({ signer: keyNamed('crl signer') }), own] };
    // The anchor itself is the first of them.
    assert.equal(answer({ revocation, others: signers(15) }), 'X509_REVOCATION_GOOD');
    assert.equal(answer({ revocation, others: signers(16) }), 'X509_CRL_SIGNATURE_INVALID');
  });
});

describe('of two CRLs that do not list the certificate', () => {
  it('the newer is shown', () => {
    const times = [hex('170d3236303630323030303030305a'), hex('170d3236303630333030303030305a')];
    for (const order of [times, times.toReversed()]) {
      const report = reportOn(
        {
          root: writeCertificate(rootSpec()),
          intermediate: bytes(),
          endEntity: writeCertificate(endEntitySpec({ issuer: root, signer: rootKey })),
        },
        {
          input: {
            others: [],
            revocation: { mode: 'hard', ocspResponses: [], crls: order.map((thisUpdate) => crl({ thisUpdate })) },
          },
        },
      );
      const entry = report.entries.find(({ code }) => code === 'X509_REVOCATION_GOOD');
      assert.equal(entry?.evidence.thisUpdate, '2026-06-03T00:00:00Z');
    }
  });
});
