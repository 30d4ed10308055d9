import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  certificateIssuer,
  issuingDistributionPoint,
  largeCrlSerial,
  reasonCode,
  writeCrl,
  writeLargeCrl,
} from '../../generate/crl-author.ts';
import { writeOcspResponse } from '../../generate/ocsp-author.ts';
import { commonName, keyNamed, writeCertificate } from '../../vectors/certificate-author.ts';
import { readCertificate } from '../certificate.ts';
import { judgeCertificateRevocation } from '../certificate-revocation.ts';
import { utcInstant } from '../instant.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import type { ReportEntry } from '../report.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import { validationPolicy } from '../validation-policy.ts';
import { X509Error } from '../x509-error.ts';
import { readCrl } from './crl.ts';
import { crlFacts, StoredCrl } from './crl-stored.ts';
import type { RevocationInput } from '../revocation-input.ts';

interface Counted {
  readonly stored: StoredCrl;
  /** Lengths of the reads of the CRL's bytes, and of slots. */
  readonly reads: number[];
  readonly slotReads: number[];
}

function store(der: Uint8Array, signedBy: readonly Uint8Array[] = []): Counted {
  const crl = readCrl(der);
  const { slots } = crl.index.toParts();
  const reads: number[] = [];
  const slotReads: number[] = [];
  const stored = new StoredCrl(
    crlFacts(crl),
    {
      readCrl: (offset, length) => {
        reads.push(length);
        assert.ok(offset + length <= der.length, 'reads stay inside');
        return der.slice(offset, offset + length);
      },
      readSlots: (first, count) => {
        slotReads.push(count);
        return slots.slice(first, first + count);
      },
    },
    { origin: 'http://crl.test/1', signedBy },
  );
  return { stored, reads, slotReads };
}

const root = keyNamed('root');
const issuer = readCertificate(
  writeCertificate({ subject: commonName('Root'), issuer: commonName('Root'), key: root, signer: root }),
);
const certificate = readCertificate(
  writeCertificate({
    subject: commonName('Server'),
    issuer: commonName('Root'),
    key: keyNamed('server'),
    signer: root,
  }),
);
const serial = Uint8Array.of(0x11, 0x22, 0x33);
const crlWith = (...serials: readonly Uint8Array[]): Uint8Array =>
  writeCrl({ issuer: commonName('Root'), signer: root, entries: serials.map((one) => ({ serial: one })) });
const ocspSaying = (status: 'good' | 'revoked'): Uint8Array =>
  writeOcspResponse({
    signer: root,
    responder: { name: commonName('Root') },
    singles: [{ issuer: commonName('Root'), issuerKey: root, serial, status }],
  });

function judge(revocation: Partial<RevocationInput>, verify: SignatureVerifier = verifySignature): ReportEntry {
  return judgeCertificateRevocation({
    certificate,
    issuer,
    at: utcInstant('2026-06-10T00:00:00Z'),
    policy: validationPolicy('rfc5280'),
    revocation: { mode: 'hard', crls: [], ocspResponses: [], ...revocation },
    verifySignature: verify,
  });
}

describe('a CRL that lies in files', () => {
  it('answers like the one in memory, for every entry and for others, by a few short reads', () => {
    const der = writeLargeCrl(5_000, true);
    const whole = readCrl(der);
    const { stored, reads, slotReads } = store(der);
    for (let index = 0; index < 6_000; index += 3) {
      const expected = whole.find(largeCrlSerial(index));
      assert.deepEqual(stored.findOf(largeCrlSerial(index), whole.issuer), expected);
      assert.equal(expected === null, index >= 5_000);
    }
    assert.ok(Math.max(...reads) < 200 && Math.max(...slotReads) <= 32);
    assert.ok(reads.length < 2_000 * 8, `${reads.length} reads`);
    assert.equal(stored.count, 5_000);
  });
  it('has the issuer, window, scope and extensions of the whole one', () => {
    const extensions = [issuingDistributionPoint({ uri: 'http://crl.test/1', only: 'user' })];
    for (const entries of [
      [],
      [{ serial }],
      Array.from({ length: 300 }, (_, at) => ({ serial: Uint8Array.of(9, at >> 8, at & 255) })),
    ]) {
      const der = writeCrl({ issuer: commonName('Root'), signer: root, entries, extensions });
      const whole = readCrl(der);
      const { stored } = store(der);
      assert.ok(stored.issuer.equals(whole.issuer));
      assert.deepEqual([stored.thisUpdate, stored.nextUpdate], [whole.thisUpdate, whole.nextUpdate]);
      assert.deepEqual(stored.distributionPoint?.onlyContainsUserCerts, true);
      assert.equal(stored.extensions.list.length, whole.extensions.list.length);
    }
  });
  it('knows whose certificate an entry of an indirect list is about', () => {
    const other = new DistinguishedName(commonName('Other'));
    const der = writeCrl({
      issuer: commonName('Root'),
      signer: root,
      extensions: [issuingDistributionPoint({ indirect: true })],
      entries: [
        { serial: Uint8Array.of(1) },
        { serial: Uint8Array.of(2), extensions: [certificateIssuer(commonName('Other'))] },
        { serial: Uint8Array.of(3) },
      ],
    });
    const { stored } = store(der);
    assert.notEqual(stored.findOf(Uint8Array.of(1), stored.issuer), null);
    assert.equal(stored.findOf(Uint8Array.of(3), stored.issuer), null);
    assert.equal(stored.findOf(Uint8Array.of(3), other)?.serial, '03');
  });
  it('says which of two entries for one certificate revokes it', () => {
    const entries = [
      { serial, extensions: [reasonCode(8)] },
      { serial, extensions: [reasonCode(1)] },
    ];
    const { stored } = store(writeCrl({ issuer: commonName('Root'), signer: root, entries }));
    assert.equal(stored.findOf(serial, stored.issuer)?.reason, 1);
  });
  it('takes the signature for proven by the keys that were named, and reads the list once for another', () => {
    const der = crlWith(Uint8Array.of(5));
    const proven = store(der, [issuer.publicKey.der]);
    let checked = 0;
    const counting: SignatureVerifier = (...given) => {
      checked++;
      return verifySignature(...given);
    };
    assert.equal(judge({ crls: [proven.stored] }, counting).outcome, 'pass');
    assert.equal(checked, 1, 'the signature of the certificate itself');
    const unproven = store(der);
    assert.equal(judge({ crls: [unproven.stored] }).outcome, 'pass');
    assert.equal(judge({ crls: [unproven.stored] }).outcome, 'pass');
    assert.equal(unproven.reads.filter((length) => length === readCrl(der).tbs.length).length, 1);
    const foreign = store(writeCrl({ issuer: commonName('Root'), signer: keyNamed('thief') }));
    for (let round = 0; round < 2; round++)
      assert.equal(judge({ crls: [foreign.stored] }).code, 'X509_CRL_SIGNATURE_INVALID');
    assert.equal(foreign.reads.length, 1);
  });
  it('whose files cannot be read leaves the answer unknown', () => {
    const der = crlWith(serial);
    const stored = new StoredCrl(
      crlFacts(readCrl(der)),
      {
        readCrl: () => {
          throw new X509Error('X509_CRL_MALFORMED', 0, 'the file is not what was kept');
        },
        readSlots: (first, count) =>
          readCrl(der)
            .index.toParts()
            .slots.slice(first, first + count),
      },
      { origin: 'http://crl.test/1', signedBy: [issuer.publicKey.der] },
    );
    const entry = judge({ crls: [stored] });
    assert.deepEqual([entry.outcome, entry.code], ['unknown', 'X509_REVOCATION_MALFORMED']);
  });
});

describe('sources of revocation', () => {
  it('say where the answer came from', () => {
    assert.equal(judge({ crls: [store(crlWith(serial)).stored] }).evidence['origin'], 'http://crl.test/1');
    const sourced = { der: ocspSaying('good'), origin: 'http://ocsp.test/' };
    assert.equal(judge({ ocspResponses: [sourced] }).evidence['origin'], 'http://ocsp.test/');
    assert.equal(judge({ staple: ocspSaying('good') }).evidence['origin'], 'staple');
    assert.equal('origin' in judge({ crls: [crlWith(serial)] }).evidence, false);
  });
  it('that contradict each other are both shown, and what revokes wins', () => {
    const revokedByCrl = judge({ crls: [crlWith(serial)], staple: ocspSaying('good') });
    assert.equal(revokedByCrl.outcome, 'fail');
    assert.match(revokedByCrl.message, /an OCSP responder says that it is not revoked/);
    assert.deepEqual(
      [revokedByCrl.evidence['source'], revokedByCrl.evidence['otherSource'], revokedByCrl.evidence['otherOrigin']],
      ['crl', 'ocsp', 'staple'],
    );
    const revokedByOcsp = judge({ crls: [crlWith(Uint8Array.of(9))], ocspResponses: [ocspSaying('revoked')] });
    assert.equal(revokedByOcsp.outcome, 'fail');
    assert.deepEqual([revokedByOcsp.evidence['source'], revokedByOcsp.evidence['otherAnswer']], ['ocsp', 'good']);
  });
  it('that agree are not told as contradicting', () => {
    const entry = judge({ crls: [crlWith(Uint8Array.of(9))], staple: ocspSaying('good') });
    assert.deepEqual(
      [entry.outcome, entry.evidence['source'], entry.evidence['otherAnswer']],
      ['pass', 'crl', undefined],
    );
  });
});
