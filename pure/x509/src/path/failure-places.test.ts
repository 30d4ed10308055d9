/** Which certificate a failure is told of, and which of many failing candidates are shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  basicConstraints,
  commonName,
  keyNamed,
  keyUsage,
  rsaKey,
  rsaSha256,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import { endEntitySpec, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { integer, time } from '../../vectors/der-writer.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';

const weakRoot = { root: { key: rsaKey(1024) }, intermediate: { signer: rsaKey(1024), algorithm: rsaSha256 } };

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
