/** For which certificates of a path name constraints hold (RFC 5280 §6.1.3 (b), (c)). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  basicConstraints,
  commonName,
  generalName,
  keyNamed,
  nameConstraints,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import {
  endEntitySpec,
  failingCodes,
  hostName,
  intermediateSpec,
  reportOn,
  writeChain,
} from '../../vectors/chain-author.ts';
import type { Bytes } from '../../vectors/der-writer.ts';

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
