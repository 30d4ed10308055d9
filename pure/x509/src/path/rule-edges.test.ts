/** Edges of rules that mutants showed to be untested: which certificate a rule looks at, and beside what else it must not be lenient. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  distinguishedName,
  extendedKeyUsage,
  generalName,
  keyNamed,
  keyUsage,
  keyWithSpki,
  nameConstraints,
  rsaKey,
  rsaSha256,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import {
  clientAuth,
  endEntitySpec,
  failingCodes,
  hostName,
  intermediateSpec,
  reportOn,
  serverAuth,
  writeChain,
} from '../../vectors/chain-author.ts';
import { bits, bytes, element, hex, integer, objectIdentifier, sequence, time } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';

const noName = sequence();
const ca = [basicConstraints(true), subjectKeyIdentifier(keyNamed('end entity'))];
const withoutKeyIdentifier = '2.5.29.14';
const alternative = (critical: boolean) => ({ ...alternativeNames(generalName.dns(hostName)), critical });
const rsaWithExponent = (...exponent: readonly number[]): Bytes => {
  const modulus = new Uint8Array(257).fill(0xff);
  modulus[0] = 0;
  const algorithm = sequence(objectIdentifier('1.2.840.113549.1.1.1'), hex('0500'));
  return sequence(algorithm, bits(sequence(element(0x02, modulus), integer(...exponent))));
};
const rsa = (...exponent: readonly number[]) => ({ key: keyWithSpki(rsaWithExponent(...exponent)) });

describeRule('a certificate authority without a subject', [
  {
    sentence: 'is refused as an end entity',
    endEntity: { subject: noName, set: [...ca, alternative(true)] },
    profile: 'rfc5280',
    codes: ['X509_CA_SUBJECT_EMPTY'],
  },
  {
    sentence: 'is refused as an intermediate, with what its certificates lack',
    intermediate: { subject: noName, set: [alternative(true)] },
    endEntity: { issuer: noName },
    codes: ['X509_ISSUER_EMPTY', 'X509_CA_SUBJECT_EMPTY'],
  },
  {
    sentence: 'is no matter for an end entity that is none',
    endEntity: { subject: noName, set: [alternative(true)] },
    codes: [],
  },
]);

describeRule('a critical subjectAltName', [
  {
    sentence: 'beside a subject is refused in an end entity',
    endEntity: { set: [alternative(true)] },
    codes: ['X509_ALTERNATIVE_NAME_CRITICAL'],
  },
  {
    sentence: 'beside a subject is no matter in an intermediate',
    intermediate: { set: [alternative(true)] },
    codes: [],
  },
]);

describeRule('the key identifier of an authority', [
  {
    sentence: 'is missed in an end entity that is one',
    endEntity: { set: [basicConstraints(true)] },
    profile: 'rfc5280',
    codes: ['X509_SUBJECT_KEY_IDENTIFIER_MISSING'],
  },
  {
    sentence: 'is missed in an intermediate',
    intermediate: { drop: [withoutKeyIdentifier] },
    codes: ['X509_SUBJECT_KEY_IDENTIFIER_MISSING'],
  },
  { sentence: 'is not missed in an end entity that is none', codes: [] },
]);

const byName = (...members: readonly Bytes[]) => ({
  type: '2.5.29.35',
  value: sequence(element(0x80, keyNamed('intermediate').keyIdentifier), ...members),
});
const issuerName = element(0xa1, generalName.directory(commonName('Root')));
describeRule('an authority key identifier', [
  {
    sentence: 'by name and serial number is refused under the rules of public authorities',
    endEntity: { set: [byName(issuerName, element(0x82, bytes(1)))] },
    codes: ['X509_AUTHORITY_KEY_IDENTIFIER_BY_NAME'],
  },
]);

describeRule('an exponent of an RSA key', [
  { sentence: 'of four octets is accepted', endEntity: rsa(0, 0xff, 0xff, 0xff, 0xff), codes: [] },
  { sentence: 'of four octets, the lowest, is accepted', endEntity: rsa(1, 0, 0, 1), codes: [] },
  { sentence: 'of five octets is refused', endEntity: rsa(1, 0, 0, 0, 1), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'that is even is refused', endEntity: rsa(1, 0, 0), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'of 65537 is accepted', endEntity: rsa(1, 0, 1), codes: [] },
  { sentence: 'below 65537 is refused', endEntity: rsa(0, 0xff, 0xff), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'of 3 is accepted by the RFC', endEntity: rsa(3), profile: 'rfc5280', codes: [] },
  { sentence: 'of 1 is refused by the RFC', endEntity: rsa(1), profile: 'rfc5280', codes: ['X509_KEY_RSA_EXPONENT'] },
]);

const weakRoot = { root: { key: rsaKey(1024) }, intermediate: { signer: rsaKey(1024), algorithm: rsaSha256 } };
describeRule('a key of the anchor that is refused', [
  {
    sentence: 'is told, and counts for nothing',
    ...weakRoot,
    codes: ['X509_SIGNATURE_KEY_REFUSED', 'X509_KEY_RSA_TOO_SMALL'],
  },
]);

const email = generalName.email;
describeRule('a common name', [
  {
    sentence: 'may be an address that is among the names',
    endEntity: {
      subject: commonName('10.0.0.1'),
      set: [alternativeNames(generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
    },
    codes: [],
  },
  {
    sentence: 'may not be an address that is not',
    endEntity: {
      subject: commonName('10.0.0.2'),
      set: [alternativeNames(generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
    },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'is not among the names where it is a mailbox or a URI',
    endEntity: {
      subject: commonName('a@example.com'),
      set: [alternativeNames(generalName.dns(hostName), email('a@example.com'))],
    },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'of a client is as it likes',
    endEntity: { subject: commonName('Somebody'), set: [extendedKeyUsage(clientAuth)] },
    input: { purpose: 'clientAuth' },
    codes: [],
  },
  {
    sentence: 'of an end entity for any purpose is as it likes',
    endEntity: { subject: commonName('Somebody') },
    input: { purpose: 'any' },
    codes: [],
  },
]);

describeRule('extKeyUsage, where any purpose will do', [
  { sentence: 'may be missing', endEntity: { drop: ['2.5.29.37'] }, input: { purpose: 'any' }, codes: [] },
  {
    sentence: 'may be critical',
    endEntity: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    input: { purpose: 'any' },
    codes: [],
  },
]);
describeRule('extKeyUsage of an intermediate', [
  {
    sentence: 'may be critical',
    intermediate: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    codes: [],
  },
  {
    sentence: 'for anything does not do for a server under the rules of public authorities',
    intermediate: { set: [extendedKeyUsage('2.5.29.37.0')] },
    codes: ['X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'for anything beside servers does',
    intermediate: { set: [extendedKeyUsage(serverAuth, '2.5.29.37.0')] },
    codes: [],
  },
]);

const asked = (value: string, kind: 'dns' | 'ip' | 'email') => ({ name: { kind, value }, purpose: 'any' as const });
const mailbox = {
  set: [alternativeNames(email('ops@example.com'), generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
};
describeRule('a name of another kind', [
  {
    sentence: 'a mailbox is found by its local part and host',
    endEntity: mailbox,
    input: asked('ops@EXAMPLE.com', 'email'),
    codes: [],
  },
  {
    sentence: 'a mailbox with another host',
    endEntity: mailbox,
    input: asked('ops@example.org', 'email'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'a mailbox with another local part',
    endEntity: mailbox,
    input: asked('dev@example.com', 'email'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'a mailbox without a local part',
    endEntity: mailbox,
    input: asked('@example.com', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'a mailbox without a host',
    endEntity: mailbox,
    input: asked('ops@', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'a mailbox that is none',
    endEntity: mailbox,
    input: asked('example.com', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'an address that is none',
    endEntity: mailbox,
    input: asked('10.0.0', 'ip'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  { sentence: 'another address', endEntity: mailbox, input: asked('10.0.0.2', 'ip'), codes: ['X509_NAME_MISMATCH'] },
  {
    sentence: 'an address where there are DNS names only',
    input: asked('10.0.0.1', 'ip'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
  {
    sentence: 'a mailbox where there are DNS names only',
    input: asked('ops@example.com', 'email'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
]);

describeRule('a wildcard right under a top-level name', [
  {
    sentence: 'is none where the name is a single letter under it',
    endEntity: { subject: commonName('x.com'), set: [alternativeNames(generalName.dns('x.com'))] },
    input: { name: { kind: 'dns', value: 'x.com' } },
    codes: [],
  },
  {
    sentence: 'is refused',
    endEntity: { subject: noName, set: [{ ...alternativeNames(generalName.dns('*.com')), critical: true }] },
    input: { name: { kind: 'dns', value: 'example.com' } },
    policy: { rules: { preferredDnsSyntax: false } },
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'is accepted where that guard is switched off',
    endEntity: { subject: noName, set: [{ ...alternativeNames(generalName.dns('*.com')), critical: true }] },
    input: { name: { kind: 'dns', value: 'example.com' } },
    policy: { rules: { preferredDnsSyntax: false, wildcardNotUnderTopLevel: false } },
    codes: [],
  },
]);

describe('name constraints', () => {
  const chain = writeChain({
    intermediate: { set: [nameConstraints(null, [generalName.dns('bad.example.com')]), basicConstraints(true)] },
  });
  const lower = (names: readonly Bytes[], subject: string): Bytes =>
    writeCertificate(
      intermediateSpec({
        subject: commonName(subject),
        issuer: commonName('Intermediate'),
        key: keyNamed('lower'),
        signer: keyNamed('intermediate'),
        set: [alternativeNames(...names)],
      }),
    );
  const under = (subject: string, name = hostName): Bytes =>
    writeCertificate(
      endEntitySpec({
        subject: commonName(name),
        issuer: commonName(subject),
        signer: keyNamed('lower'),
        set: [alternativeNames(generalName.dns(name))],
      }),
    );
  const codes = (names: readonly Bytes[], subject: string, name = hostName) =>
    failingCodes(
      reportOn(
        { ...chain, endEntity: under(subject, name) },
        { input: { others: [chain.intermediate, lower(names, subject)], name: null } },
      ),
    );
  const bad = [generalName.dns('bad.example.com')];
  it('hold for the names of an intermediate, not for those of a self-issued one', () => {
    assert.deepEqual(codes(bad, 'Lower'), ['X509_NAME_CONSTRAINTS_EXCLUDED']);
    assert.deepEqual(codes(bad, 'Intermediate'), []);
    assert.deepEqual(codes([generalName.dns('good.example.com')], 'Lower'), []);
  });
  it('hold for the end entity below either', () => {
    const good = [generalName.dns('good.example.com')];
    for (const subject of ['Lower', 'Intermediate'])
      assert.deepEqual(codes(good, subject, 'bad.example.com'), ['X509_NAME_CONSTRAINTS_EXCLUDED']);
  });
});

describe('the place of a failure', () => {
  const chain = writeChain();
  const placeOf = (code: string, ...asking: Parameters<typeof reportOn>) =>
    reportOn(...asking).entries.find((entry) => entry.code === code)?.certificateIndex;
  it('of a path that ends without an anchor is its last certificate', () => {
    assert.equal(placeOf('X509_ISSUER_NOT_FOUND', chain, { input: { anchors: [] } }), 1);
    assert.equal(
      placeOf('X509_SELF_ISSUED_NOT_TRUSTED', chain, {
        input: { anchors: [], others: [chain.intermediate, chain.root] },
      }),
      2,
    );
    const [a, b] = [keyNamed('circle a'), keyNamed('circle b')];
    const authority = (subject: string, issuer: string, key: typeof a, signer: typeof a) =>
      writeCertificate(
        intermediateSpec({
          subject: commonName(subject),
          issuer: commonName(issuer),
          key,
          signer,
          set: [basicConstraints(true)],
        }),
      );
    const others = [authority('A', 'B', a, b), authority('B', 'A', b, a)];
    const endEntity = writeCertificate(endEntitySpec({ issuer: commonName('A'), signer: a }));
    assert.equal(placeOf('X509_PATH_LOOP', { ...chain, endEntity }, { input: { others } }), 2);
    assert.equal(placeOf('X509_PATH_TOO_LONG', chain, { policy: { budget: { intermediates: 0 } } }), 0);
  });
  it('of a refused key of the anchor is told once, also where its certificate is judged', () => {
    for (const judgeAnchorCertificate of [false, true]) {
      const report = reportOn(writeChain(weakRoot), { policy: { rules: { judgeAnchorCertificate } } });
      const told = report.entries.filter((entry) => entry.code === 'X509_KEY_RSA_TOO_SMALL');
      assert.deepEqual(
        told.map(({ certificateIndex }) => certificateIndex),
        [2],
      );
    }
  });
  it('of a refused key of the anchor is the length of the path', () => {
    assert.equal(placeOf('X509_KEY_RSA_TOO_SMALL', writeChain(weakRoot)), 2);
  });
});

describe('many candidates', () => {
  const chain = writeChain();
  const serials = Array.from({ length: 25 }, (_, index) => index);
  it('that fail are kept up to twenty, the nearest first, those that were found first before others that are as near', () => {
    const others = serials.map((index) =>
      writeCertificate(
        intermediateSpec({
          serial: integer(0x10, index),
          ...(index % 2 === 0 ? { notAfter: time('2026-02-01T00:00:00Z') } : { set: [keyUsage(6)] }),
        }),
      ),
    );
    const { candidates } = reportOn(chain, { input: { others } });
    assert.equal(candidates.length, 20);
    const shown = candidates.map(({ path, severity }) => ({ serial: path[1]?.serial ?? '', severity }));
    assert.deepEqual(
      shown,
      shown.toSorted((left, right) => left.severity - right.severity),
    );
    const nearest = shown.filter(({ severity }) => severity === shown[0]?.severity).map(({ serial }) => serial);
    assert.equal(nearest.length, 13);
    assert.deepEqual(nearest, nearest.toSorted());
  });
  it('are checked once for each certificate and key', () => {
    let calls = 0;
    const verifySigned: SignatureVerifier = (...given) => {
      calls++;
      return verifySignature(...given);
    };
    reportOn(chain, { input: { anchors: [], verifySignature: verifySigned } });
    assert.equal(calls, 1, 'the second search, for the explanation, asks nothing anew');
  });
});

describe('the text of a certificate', () => {
  it('writes no control characters into a report: neither sentence nor evidence', () => {
    const subject = commonName('evil\n\u001b[2Jname');
    const report = reportOn(writeChain({ endEntity: { subject } }));
    const entry = report.entries.find(({ code }) => code === 'X509_COMMON_NAME_ELSEWHERE');
    assert.ok(entry);
    for (const text of [entry.message, entry.evidence.commonName]) {
      assert.match(String(text), /evil.*name/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(String(text), /[\u0000-\u001f\u007f]/);
    }
    const plain = reportOn(writeChain({ endEntity: { subject: commonName('elsewhere') } }));
    const told = plain.entries.find(({ code }) => code === 'X509_COMMON_NAME_ELSEWHERE');
    assert.equal(told?.evidence.commonName, 'elsewhere');
  });
});

describe('a name with several parts', () => {
  it('is no matter to the rules where the last part is the common name', () => {
    const subject = distinguishedName(['2.5.4.10', 'Example'], ['2.5.4.3', hostName]);
    assert.deepEqual(failingCodes(reportOn(writeChain({ endEntity: { subject } }))), []);
    assert.deepEqual(
      failingCodes(reportOn(writeChain({ endEntity: { set: [authorityKeyIdentifier(keyNamed('intermediate'))] } }))),
      [],
    );
  });
});
