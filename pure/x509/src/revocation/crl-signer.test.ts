/** Who may sign CRLs about the certificates of an intermediate (RFC 5280 §6.3.3 (f), (g)). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlNumber, distributionPoints, issuingDistributionPoint, writeCrl } from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  keyNamed,
  keyUsage,
  rsaKey,
  rsaSha256,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { CertificateSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { Chain, Question } from '../../vectors/chain-author.ts';
import { bytes, integer, objectIdentifier, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { readCertificate } from '../certificate.ts';
import { hexadecimal } from '../hexadecimal.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import { anchorFromKey } from '../trust-anchor.ts';
import { validationPolicy } from '../validation-policy.ts';
import { isCrlSignedBy } from './crl-signer.ts';
import { readCrl } from './crl.ts';

const key = keyNamed('crl signer');
const chain = writeChain();
const good = '0 X509_REVOCATION_GOOD';

/** A certificate for the signer of CRLs; its serial number is 0x50. */
const signer = (subject: string, issuer: string, change: Partial<CertificateSpec> = {}): Bytes => {
  const by = keyNamed(issuer.toLowerCase());
  return writeCertificate({
    subject: commonName(subject),
    issuer: commonName(issuer),
    key,
    signer: by,
    serial: integer(0x50),
    extensions: [keyUsage(6), subjectKeyIdentifier(key), authorityKeyIdentifier(by)],
    ...change,
  });
};
const authority = (subject: string, issuer: string): Bytes =>
  writeCertificate(
    intermediateSpec({
      subject: commonName(subject),
      issuer: commonName(issuer),
      key: keyNamed(subject.toLowerCase()),
      signer: keyNamed(issuer.toLowerCase()),
      set: [basicConstraints(true)],
    }),
  );
const crl = (issuer: string, change: Partial<CrlSpec> = {}): Bytes =>
  writeCrl({ issuer: commonName(issuer), signer: keyNamed(issuer.toLowerCase()), ...change });
const bySigner = (issuer: string, change: Partial<CrlSpec> = {}): Bytes => crl(issuer, { signer: key, ...change });

function codes(
  crls: readonly Bytes[],
  others: readonly Bytes[],
  more: {
    readonly of?: Chain;
    readonly mode?: 'soft';
    readonly verify?: SignatureVerifier;
    readonly question?: Question;
  } = {},
): readonly string[] {
  const report = reportOn(more.of ?? chain, {
    profile: 'rfc5280',
    ...more.question,
    input: {
      others,
      revocation: { mode: more.mode ?? 'hard', crls, ocspResponses: [] },
      ...(more.verify === undefined ? {} : { verifySignature: more.verify }),
      ...more.question?.input,
    },
  });
  return report.entries
    .filter(({ code }) => /^X509_(?:REVOCATION|CRL|OCSP)_/.test(code))
    .map(({ code, certificateIndex }) => `${certificateIndex} ${code}`);
}

describe('a signer of CRLs under the name of the issuer', () => {
  it('may be certified by whoever certified the issuer', () => {
    const others = [chain.intermediate, signer('Intermediate', 'Root')];
    assert.deepEqual(codes([bySigner('Intermediate'), crl('Root')], others), [good, '1 X509_REVOCATION_GOOD']);
  });
  it('must not be revoked by that one', () => {
    const others = [chain.intermediate, signer('Intermediate', 'Root')];
    const root = crl('Root', { entries: [{ serial: bytes(0x50) }] });
    assert.equal(codes([bySigner('Intermediate'), root], others)[0], '0 X509_CRL_SIGNER_REVOKED');
    assert.equal(codes([bySigner('Intermediate'), root], others, { mode: 'soft' })[0], '0 X509_CRL_SIGNER_REVOKED');
  });
  it('must be known not to be, unless unknown is let through', () => {
    const others = [chain.intermediate, signer('Intermediate', 'Root')];
    assert.equal(codes([bySigner('Intermediate')], others)[0], '0 X509_CRL_SIGNER_UNDETERMINED');
    assert.equal(codes([bySigner('Intermediate')], others, { mode: 'soft' })[0], good);
  });
  it('may be certified by the issuer itself: then the CRL that it signs is the one about it', () => {
    const others = [chain.intermediate, signer('Intermediate', 'Intermediate')];
    assert.deepEqual(codes([bySigner('Intermediate')], others), [good, '1 X509_REVOCATION_NO_SOURCE']);
  });
  it('must not come from elsewhere, though it has a path to the anchor', () => {
    const others = [chain.intermediate, authority('Other', 'Root'), signer('Intermediate', 'Other')];
    assert.equal(
      codes([bySigner('Intermediate'), crl('Root'), crl('Other')], others)[0],
      '0 X509_CRL_SIGNER_UNTRUSTED',
    );
  });
  it('may be certified by whoever certified the issuer, also in a longer path', () => {
    const upper = writeCertificate(intermediateSpec({ set: [basicConstraints(true)] }));
    const others = [upper, authority('Lower', 'Intermediate'), signer('Lower', 'Intermediate')];
    const endEntity = writeCertificate(endEntitySpec({ issuer: commonName('Lower'), signer: keyNamed('lower') }));
    const crls = [bySigner('Lower'), crl('Intermediate')];
    assert.equal(codes(crls, others, { of: { ...chain, endEntity } })[0], good);
    const fromRoot = [upper, authority('Lower', 'Intermediate'), signer('Lower', 'Root')];
    assert.equal(
      codes([bySigner('Lower'), crl('Root')], fromRoot, { of: { ...chain, endEntity } })[0],
      '0 X509_CRL_SIGNER_UNTRUSTED',
    );
  });
});

describe('a signer of CRLs in the path itself', () => {
  it('was judged with the path: no other path is looked for, to an authority or to the anchor', () => {
    const question = { policy: { budget: { judgedPaths: 1 } } };
    const crls = [crl('Root'), crl('Intermediate')];
    assert.deepEqual(codes(crls, [chain.intermediate], { question }), [good, '1 X509_REVOCATION_GOOD']);
  });
});

describe('a signer of indirect CRLs', () => {
  it('may come from anywhere below the anchor', () => {
    const uri = 'http://crl.example.com/1';
    const point = distributionPoints({ uri, crlIssuer: commonName('CRL issuer') });
    const of = writeChain({ endEntity: { set: [point] } });
    const others = [of.intermediate, authority('Other', 'Root'), signer('CRL issuer', 'Other')];
    const indirect = bySigner('CRL issuer', {
      extensions: [crlNumber(1), issuingDistributionPoint({ uri, indirect: true })],
    });
    assert.equal(codes([indirect, crl('Other'), crl('Root')], others, { of })[0], good);
    assert.equal(codes([indirect, crl('Other')], others, { of })[0], '0 X509_CRL_SIGNER_UNDETERMINED');
  });
});

describe('an issuer in the path', () => {
  it('does not sign in the name of another', () => {
    const uri = 'http://crl.example.com/1';
    const point = distributionPoints({ uri, crlIssuer: commonName('CRL issuer') });
    const of = writeChain({ endEntity: { set: [point] } });
    const indirect = crl('CRL issuer', {
      signer: keyNamed('intermediate'),
      extensions: [crlNumber(1), issuingDistributionPoint({ uri, indirect: true })],
    });
    assert.equal(codes([indirect], [of.intermediate], { of })[0], '0 X509_CRL_SIGNER_NOT_FOUND');
  });
});

describe('the certificate that a CRL speaks about', () => {
  it('does not vouch for the CRL, though it bears the name of its issuer', () => {
    const endEntity = writeCertificate(
      endEntitySpec({
        subject: commonName('Root'),
        issuer: commonName('Root'),
        signer: keyNamed('root'),
        set: [keyUsage(0, 6), subjectKeyIdentifier(keyNamed('end entity'))],
      }),
    );
    const own = crl('Root', { signer: keyNamed('end entity') });
    const more = { of: { ...chain, endEntity } };
    assert.equal(codes([own], [], more)[0], '0 X509_CRL_SIGNATURE_INVALID');
    assert.equal(codes([own], [endEntity], more)[0], '0 X509_CRL_SIGNER_CIRCULAR');
  });
});

describe('an anchor that is a bare name and key', () => {
  it('may sign CRLs', () => {
    const root = readCertificate(chain.root);
    const anchors = [anchorFromKey(new DistinguishedName(root.subject.der), root.publicKey)];
    assert.deepEqual(
      codes([crl('Root'), crl('Intermediate')], [chain.intermediate], { question: { input: { anchors } } }),
      [good, '1 X509_REVOCATION_GOOD'],
    );
  });
});

describe('signers of one name', () => {
  /** Keys with which the signature of the CRL was checked, in order. */
  const tried = (others: readonly Bytes[], change: Partial<CrlSpec> = {}): readonly string[] => {
    const der = bySigner('Intermediate', { extensions: [crlNumber(1)], ...change });
    const keys: string[] = [];
    const verify: SignatureVerifier = (algorithm, issuerKey, tbs, signature) => {
      if (hexadecimal(der).includes(hexadecimal(tbs))) keys.push(hexadecimal(issuerKey.der));
      return verifySignature(algorithm, issuerKey, tbs, signature);
    };
    codes([der], [chain.intermediate, ...others], { verify });
    return keys;
  };
  const stranger = (name: string, identified = true): Bytes =>
    signer('Intermediate', 'Root', {
      key: keyNamed(name),
      extensions: identified ? [keyUsage(6), subjectKeyIdentifier(keyNamed(name))] : [keyUsage(6)],
    });
  const keyOf = (name: string): string => hexadecimal(keyNamed(name).spki);

  it('are tried each once, the issuer first, and nobody of another name', () => {
    const others = [stranger('first'), signer('Else', 'Root'), stranger('second')];
    assert.deepEqual(tried(others), ['intermediate', 'first', 'second'].map(keyOf));
  });
  it('are tried with the key that the CRL names first, one that is another last', () => {
    const named = { extensions: [authorityKeyIdentifier(keyNamed('third')), crlNumber(1)] };
    const [first, second, third] = [stranger('first'), stranger('second', false), stranger('third')];
    for (const others of [
      [first, second, third],
      [third, second, first],
      [second, first, third],
    ])
      assert.deepEqual(tried(others, named), ['intermediate', 'third', 'second', 'first'].map(keyOf));
  });
  it('of which one may not sign CRLs: that is told, not that the other did not', () => {
    const forbidden = signer('Intermediate', 'Root', { extensions: [keyUsage(0)] });
    for (const others of [
      [forbidden, stranger('first')],
      [stranger('first'), forbidden],
    ])
      assert.equal(
        codes([bySigner('Intermediate')], [chain.intermediate, ...others])[0],
        '0 X509_CRL_SIGNER_KEY_USAGE',
      );
  });
});

describe('whether a key signed a CRL', () => {
  const policy = validationPolicy('rfc5280');
  const keyOfSigner = (author = key) => readCertificate(signer('Root', 'Root', { key: author })).publicKey;
  it('is said by its signature', () => {
    const der = readCrl(bySigner('Root'));
    assert.equal(isCrlSignedBy(der, keyOfSigner(), policy), true);
    assert.equal(isCrlSignedBy(der, keyOfSigner(keyNamed('stranger')), policy), false);
  });
  it('is denied of a key of another kind, of one that is refused and of an algorithm that is', () => {
    const credulous: SignatureVerifier = () => 'valid';
    const rsa = { algorithm: rsaSha256 };
    const asks = (change: Partial<CrlSpec>, author = key): boolean =>
      isCrlSignedBy(readCrl(bySigner('Root', change)), keyOfSigner(author), policy, credulous);
    assert.equal(asks({}), true);
    assert.equal(asks(rsa), false);
    assert.equal(asks(rsa, rsaKey(2048)), true);
    assert.equal(asks(rsa, rsaKey(1024)), false);
    assert.equal(asks({ algorithm: sequence(objectIdentifier('1.2.840.10045.4.1')) }), false);
  });
});
