/** Anchors and certificates are found by an index where there are many, and in the same way where there are few. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commonName, keyNamed, writeCertificate } from '../../vectors/certificate-author.ts';
import { intermediateSpec, reportOn, rootSpec, writeChain } from '../../vectors/chain-author.ts';
import { integer } from '../../vectors/der-writer.ts';
import { readCertificate } from '../certificate.ts';
import type { Certificate } from '../certificate.ts';
import { anchorFromCertificate } from '../trust-anchor.ts';
import type { TrustAnchor } from '../trust-anchor.ts';
import { anchorsWithSubject } from './anchor-index.ts';
import { CertificateBag } from './certificate-bag.ts';

const chain = writeChain();
const anchor = (name: string, key = name): TrustAnchor =>
  anchorFromCertificate(
    readCertificate(
      writeCertificate(
        rootSpec({ subject: commonName(name), issuer: commonName(name), key: keyNamed(key), signer: keyNamed(key) }),
      ),
    ),
  );
const intermediate = (name: string, number: number): Certificate =>
  readCertificate(writeCertificate(intermediateSpec({ subject: commonName(name), serial: integer(1, number) })));
const others = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `Other ${index}`);
const sizes = [0, 3, 5, 6, 7, 8, 9, 20];

describe('anchors', () => {
  for (const size of sizes)
    it(`of one name are all found, among ${size} others`, () => {
      const same = [anchor('Root', 'first'), anchor('Root', 'second')];
      const anchors = [...others(size).map((name) => anchor(name)), ...same];
      const found = anchorsWithSubject(anchors, readCertificate(chain.root).subject);
      assert.deepEqual([...found], same);
      assert.deepEqual([...anchorsWithSubject(anchors, readCertificate(chain.intermediate).subject)], []);
    });
  it('are found in a list that grew since it was asked', () => {
    const anchors = others(12).map((name) => anchor(name));
    const ask = () => reportOn(chain, { input: { anchors } }).accepted;
    assert.equal(ask(), false);
    anchors.push(anchor('Root', 'root'));
    assert.equal(ask(), true);
  });
});

describe('a list of anchors', () => {
  /** How often subjects are looked at while a name is asked for, and asked for again. */
  const looks = (size: number): readonly number[] => {
    let looked = 0;
    const anchors = others(size).map((name): TrustAnchor => {
      const { subject, ...rest } = anchor(name);
      return {
        ...rest,
        get subject() {
          looked++;
          return subject;
        },
      };
    });
    const { subject } = readCertificate(chain.root);
    return [1, 2].map(() => {
      looked = 0;
      assert.deepEqual([...anchorsWithSubject(anchors, subject)], []);
      return looked;
    });
  };
  it('of more than eight is indexed once', () => {
    for (const size of [9, 20]) {
      const [first = 0, second] = looks(size);
      assert.ok(first >= size);
      assert.equal(second, 0);
    }
  });
  it('of up to eight is looked through each time', () => {
    for (const size of [1, 8]) assert.deepEqual(looks(size), [size, size]);
  });
});

describe('certificates that came along', () => {
  for (const size of sizes)
    it(`of one subject are all found, each once, among ${size} others`, () => {
      const [first, second] = [intermediate('Intermediate', 1), intermediate('Intermediate', 2)];
      const again = readCertificate(Uint8Array.from(first.der));
      const bag = new CertificateBag([
        first,
        ...others(size).map((name, index) => intermediate(name, index)),
        again,
        second,
        second,
      ]);
      assert.deepEqual(bag.withSubject(first.subject), [first, second]);
      assert.deepEqual(bag.withSubject(readCertificate(chain.root).subject), []);
    });
});
