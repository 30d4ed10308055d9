import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  crlNumber,
  deltaOf,
  distributionPoints,
  issuingDistributionPoint,
  writeCrl,
} from '../../generate/crl-author.ts';
import type { IssuingPointSpec, PointSpec } from '../../generate/crl-author.ts';
import {
  commonName,
  distinguishedName,
  generalName,
  keyNamed,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import { endEntitySpec } from '../../vectors/chain-author.ts';
import { element, none, objectIdentifier, sequence, utf8 } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { readCertificate } from '../certificate.ts';
import { DerReader } from '../der/der-reader.ts';
import { readGeneralNames } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';
import { assumedDistributionPoint, crlScope, crlsCover, sameName } from './crl-scope.ts';
import { readCrl } from './crl.ts';
import { allReasons } from './reason.ts';

const uri = 'http://crl.example.com/1';
const root = commonName('Root');
const other = commonName('CRL issuer');
const relative = (text: string): Bytes => sequence(objectIdentifier('2.5.4.3'), utf8(text));

/** A distribution point of a certificate: its name, and its cRLIssuer. */
interface Point {
  readonly name?: Bytes;
  readonly crlIssuer?: readonly Bytes[];
}
const full = (...names: readonly Bytes[]): Bytes => element(0xa0, ...names);
const relativeTo = (text: string): Bytes => element(0xa1, relative(text));

/** What a CRL says of a certificate of `issuer` through its only distribution point. */
function scopeOf(
  crlIssuer: Bytes,
  issuing: IssuingPointSpec | null,
  { name, crlIssuer: named }: Point,
  issuer = root,
): ReturnType<typeof crlScope> {
  const point = sequence(
    name === undefined ? none : element(0xa0, name),
    named === undefined ? none : element(0xa2, ...named),
  );
  const certificate = readCertificate(
    writeCertificate(endEntitySpec({ issuer, set: [{ type: '2.5.29.31', value: sequence(point) }] })),
  );
  const extensions = issuing === null ? [crlNumber(1)] : [crlNumber(1), issuingDistributionPoint(issuing)];
  const crl = readCrl(writeCrl({ issuer: crlIssuer, signer: keyNamed('root'), extensions }));
  const [read] = certificate.extensions.crlDistributionPoints ?? [];
  assert.ok(read);
  return crlScope(crl, certificate, read);
}

describe('a cRLIssuer in a distribution point', () => {
  const names = [generalName.uri('http://ca.example.com'), generalName.directory(root), generalName.directory(other)];
  it('lets a CRL of each directory name in it speak, whatever stands beside it', () => {
    assert.equal(
      scopeOf(other, { uri, indirect: true }, { name: full(generalName.uri(uri)), crlIssuer: names }),
      allReasons,
    );
    assert.equal(scopeOf(root, { uri }, { name: full(generalName.uri(uri)), crlIssuer: names }), allReasons);
    assert.equal(scopeOf(root, null, { name: full(generalName.uri(uri)), crlIssuer: names }), allReasons);
  });
  it('leaves out the CRL of anybody else, be it that of the certificate itself', () => {
    for (const crlIssuer of [[generalName.directory(other)], [generalName.uri('http://ca.example.com')]])
      assert.equal(scopeOf(root, { uri, indirect: true }, { name: full(generalName.uri(uri)), crlIssuer }), null);
  });
  it('asks of a CRL of another issuer that it is indirect', () => {
    const point = { name: full(generalName.uri(uri)), crlIssuer: names };
    assert.equal(scopeOf(other, null, point), 'X509_CRL_NOT_INDIRECT');
    assert.equal(scopeOf(other, { uri }, point), 'X509_CRL_NOT_INDIRECT');
  });
  it('is the name of the point where it has none', () => {
    assert.equal(scopeOf(other, { directory: other, indirect: true }, { crlIssuer: names }), allReasons);
    assert.equal(scopeOf(other, { uri, indirect: true }, { crlIssuer: names }), 'X509_CRL_DISTRIBUTION_POINT_MISMATCH');
  });
  it('is what a relative name is relative to: its first directory name', () => {
    const crlIssuer = [generalName.uri('http://ca.example.com'), generalName.directory(other)];
    const point = { name: relativeTo('part 1'), crlIssuer };
    assert.equal(scopeOf(other, { relative: relative('part 1'), indirect: true }, point), allReasons);
    const directory = distinguishedName(['2.5.4.3', 'CRL issuer'], ['2.5.4.3', 'part 1']);
    assert.equal(scopeOf(other, { directory, indirect: true }, point), allReasons);
    const underRoot = distinguishedName(['2.5.4.3', 'Root'], ['2.5.4.3', 'part 1']);
    assert.equal(
      scopeOf(other, { directory: underRoot, indirect: true }, point),
      'X509_CRL_DISTRIBUTION_POINT_MISMATCH',
    );
  });
});

describe('the name of a distribution point', () => {
  it('is one of several', () => {
    const name = full(generalName.uri('http://crl.example.com/2'), generalName.directory(other), generalName.uri(uri));
    assert.equal(scopeOf(root, { uri }, { name }), allReasons);
    assert.equal(scopeOf(root, { directory: other }, { name }), allReasons);
  });
  for (const length of [1, 60, 90, 98, 99, 100, 101, 102, 110, 118, 119, 120, 121, 122, 200, 232, 240, 250, 600])
    it(`is the issuer's of ${length} letters with a relative name behind it`, () => {
      const text = 'r'.repeat(length);
      const long = distinguishedName(['2.5.4.3', text]);
      const directory = distinguishedName(['2.5.4.3', text], ['2.5.4.3', 'part 1']);
      const elsewhere = distinguishedName(['2.5.4.3', text], ['2.5.4.3', 'part 2']);
      const point = { name: relativeTo('part 1') };
      assert.equal(scopeOf(long, { directory }, point, long), allReasons);
      assert.equal(scopeOf(long, { relative: relative('part 1') }, point, long), allReasons);
      assert.equal(scopeOf(long, { directory: elsewhere }, point, long), 'X509_CRL_DISTRIBUTION_POINT_MISMATCH');
    });
  it('is assumed to be that of the issuer, for all reasons', () => {
    const certificate = readCertificate(writeCertificate(endEntitySpec({ issuer: root })));
    const { name, reasons, crlIssuer } = assumedDistributionPoint(certificate);
    assert.deepEqual([reasons, crlIssuer, name?.relativeName], [null, null, null]);
    assert.deepEqual(
      name?.fullName?.map((one) => one.kind === 'directory' && one.value.equals(certificate.issuer)),
      [true],
    );
  });
});

describe('two names', () => {
  const read = (name: Bytes): GeneralName => {
    const [only] = readGeneralNames(new DerReader(sequence(name)).enter(0x30));
    assert.ok(only);
    return only;
  };
  const written = [
    generalName.dns('a.example.com'),
    generalName.dns('A.example.com'),
    generalName.email('a.example.com'),
    generalName.uri('a.example.com'),
    generalName.uri('b.example.com'),
    generalName.ip(10, 0, 0, 1),
    generalName.ip(10, 0, 0, 2),
    generalName.directory(root),
    generalName.directory(other),
    generalName.other('1.2.3', utf8('a')),
    generalName.other('1.2.3', utf8('b')),
    generalName.registered('1.2.3'),
  ];
  it('are the same where kind and content are', () => {
    for (const [place, left] of written.map(read).entries())
      for (const [at, right] of written.map(read).entries())
        assert.equal(sameName(left, right), place === at, `${place} ${at}`);
  });
  it('of directories are the same by the rules of names', () => {
    assert.equal(sameName(read(generalName.directory(root)), read(generalName.directory(commonName(' ROOT ')))), true);
  });
});

describe('CRLs', () => {
  const certificate = (...extensions: readonly (readonly PointSpec[])[]) =>
    readCertificate(
      writeCertificate(endEntitySpec({ issuer: root, set: extensions.map((points) => distributionPoints(...points)) })),
    );
  const crl = (spec: IssuingPointSpec | null, issuer = root) =>
    readCrl(
      writeCrl({
        issuer,
        signer: keyNamed('root'),
        extensions: spec === null ? [crlNumber(1)] : [crlNumber(1), issuingDistributionPoint(spec)],
      }),
    );
  it('cover a certificate where they speak about it for all reasons', () => {
    assert.equal(crlsCover([crl(null)], certificate()), true);
    assert.equal(crlsCover([crl({ uri })], certificate([{ uri }])), true);
    const parts = [crl({ reasons: [1, 2] }), crl({ reasons: [3, 4, 5, 6, 7, 8] })];
    assert.equal(crlsCover(parts, certificate()), true);
    for (const part of parts) assert.equal(crlsCover([part], certificate()), false);
  });
  it('cover none of another issuer, partition or kind', () => {
    assert.equal(crlsCover([], certificate()), false);
    assert.equal(crlsCover([crl(null, other)], certificate()), false);
    assert.equal(crlsCover([crl({ uri })], certificate()), false);
    assert.equal(crlsCover([crl({ only: 'ca' })], certificate()), false);
  });
  it('that are deltas cover none by themselves', () => {
    const delta = readCrl(writeCrl({ issuer: root, signer: keyNamed('root'), extensions: [crlNumber(2), deltaOf(1)] }));
    assert.equal(crlsCover([delta], certificate()), false);
  });
  it('cover a certificate whose distribution points cannot be read by what is assumed', () => {
    const unreadable = readCertificate(
      writeCertificate(endEntitySpec({ issuer: root, set: [{ type: '2.5.29.31', value: sequence() }] })),
    );
    assert.equal(crlsCover([crl(null)], unreadable), true);
    assert.equal(crlsCover([crl({ uri })], unreadable), false);
  });
});
