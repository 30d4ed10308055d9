import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  generalName,
  keyNamed,
  keyUsage,
  nameConstraints,
  subjectKeyIdentifier,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { AuthorKey, ExtensionSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec, failingCodes, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { bytes, time } from '../../vectors/der-writer.ts';
import { anchorFromCertificate, readCertificate, SignatureMemory, verifySignature } from '../index.ts';
import type { SignatureVerifier } from '../index.ts';

const chain = writeChain();
const anchorOf = (der: Uint8Array) => anchorFromCertificate(readCertificate(der));

/** A CA certificate; every key of that name is the same. */
function authority(
  subject: string,
  issuer: string,
  key: AuthorKey,
  signer: AuthorKey,
  ...more: readonly ExtensionSpec[]
): Uint8Array {
  return writeCertificate({
    subject: commonName(subject),
    issuer: commonName(issuer),
    key,
    signer,
    extensions: [
      basicConstraints(true),
      keyUsage(5, 6),
      subjectKeyIdentifier(key),
      authorityKeyIdentifier(signer),
      ...more,
    ],
  });
}

describe('path building (RFC 4158)', () => {
  it('finds the path in a bag in any order, with duplicates and junk', () => {
    const junk = [bytes(), bytes(0x30, 0x80), new Uint8Array(1000), chain.endEntity, chain.root];
    const report = reportOn(chain, { input: { others: [...junk, chain.intermediate, chain.intermediate, ...junk] } });
    assert.deepEqual(failingCodes(report), []);
    assert.equal(report.path.length, 2);
  });

  it('goes back from an expired intermediate to one of the same name and key that is valid', () => {
    const expired = writeCertificate(intermediateSpec({ notAfter: time('2026-02-01T00:00:00Z') }));
    for (const others of [
      [expired, chain.intermediate],
      [chain.intermediate, expired],
    ])
      assert.equal(reportOn(chain, { input: { others } }).accepted, true);
  });

  it('goes back from name constraints that forbid the name', () => {
    const narrow = writeCertificate(intermediateSpec({ set: [nameConstraints([generalName.dns('example.org')])] }));
    const report = reportOn(chain, { input: { others: [narrow, chain.intermediate] } });
    assert.equal(report.accepted, true);
  });

  it('takes a cross-signed path where the direct one is not trusted', () => {
    const otherRoot = authority('Other Root', 'Other Root', keyNamed('other root'), keyNamed('other root'));
    const cross = authority('Root', 'Other Root', keyNamed('root'), keyNamed('other root'));
    const report = reportOn(chain, {
      input: { others: [chain.root, chain.intermediate, cross], anchors: [anchorOf(otherRoot)] },
    });
    assert.deepEqual(failingCodes(report), []);
    assert.equal(report.path.length, 3);
  });

  it('says that the issuer is missing where it is', () => {
    const report = reportOn(chain, { input: { others: [] } });
    assert.deepEqual(failingCodes(report), ['X509_ISSUER_NOT_FOUND']);
    assert.equal(report.entries.find((entry) => entry.code === 'X509_SIGNATURE_NOT_CHECKED')?.outcome, 'unknown');
  });

  it('says that a self-issued certificate is not trusted', () => {
    const own = writeCertificate(
      endEntitySpec({
        subject: commonName('jira.example.com'),
        issuer: commonName('jira.example.com'),
        signer: keyNamed('end entity'),
      }),
    );
    assert.deepEqual(failingCodes(reportOn({ ...chain, endEntity: own }, { input: { others: [] } })), [
      'X509_SELF_ISSUED_NOT_TRUSTED',
    ]);
  });

  it('ends in a circle of authorities that sign each other, and says so', () => {
    const [a, b] = [keyNamed('circle a'), keyNamed('circle b')];
    const others = [authority('A', 'B', a, b), authority('B', 'A', b, a)];
    const endEntity = writeCertificate(endEntitySpec({ issuer: commonName('A'), signer: a }));
    assert.deepEqual(failingCodes(reportOn({ ...chain, endEntity }, { input: { others } })), ['X509_PATH_LOOP']);
  });

  it('refuses a path with more intermediates than the budget allows', () => {
    const others = Array.from({ length: 12 }, (_, index) =>
      authority(
        `Level ${index}`,
        index === 0 ? 'Root' : `Level ${index - 1}`,
        keyNamed('level'),
        index === 0 ? keyNamed('root') : keyNamed('level'),
      ),
    );
    const under = (depth: number) =>
      writeCertificate(endEntitySpec({ issuer: commonName(`Level ${depth}`), signer: keyNamed('level') }));
    assert.deepEqual(failingCodes(reportOn({ ...chain, endEntity: under(9) }, { input: { others } })), []);
    assert.deepEqual(failingCodes(reportOn({ ...chain, endEntity: under(11) }, { input: { others } })), [
      'X509_PATH_TOO_LONG',
    ]);
  });

  it('shows the candidate nearest to success first', () => {
    const expired = writeCertificate(intermediateSpec({ notAfter: time('2026-02-01T00:00:00Z') }));
    const noAuthority = writeCertificate(intermediateSpec({ set: [basicConstraints(false)] }));
    const report = reportOn(chain, { input: { others: [noAuthority, expired] } });
    assert.deepEqual(failingCodes(report), ['X509_EXPIRED']);
    assert.equal(report.candidates.length, 2);
    assert.deepEqual(
      report.candidates[1]?.failures.map((entry) => entry.code),
      ['X509_NOT_A_CA', 'X509_KEY_USAGE_WITHOUT_CA'],
    );
  });

  it('lets an end entity be its own anchor under rfc5280, not under webpki', () => {
    const endEntity = writeCertificate(
      endEntitySpec({ issuer: commonName('jira.example.com'), signer: keyNamed('end entity') }),
    );
    const question = { input: { others: [], anchors: [anchorOf(endEntity)] } };
    const pinned = { ...chain, endEntity };
    assert.deepEqual(failingCodes(reportOn(pinned, { ...question, profile: 'rfc5280' })), []);
    assert.deepEqual(failingCodes(reportOn(pinned, question)), ['X509_END_ENTITY_IS_ANCHOR']);
  });

  it('says of a root in the bag that is not trusted that it is not, and nothing of a circle', () => {
    const report = reportOn(chain, { input: { others: [chain.intermediate, chain.root], anchors: [] } });
    assert.deepEqual(failingCodes(report), ['X509_SELF_ISSUED_NOT_TRUSTED']);
    assert.equal(report.path.length, 3);
  });

  it('finds an anchor among many', () => {
    const anchors = Array.from({ length: 20 }, (_, index) =>
      anchorOf(authority(`Root ${index}`, `Root ${index}`, keyNamed('many'), keyNamed('many'))),
    );
    assert.equal(reportOn(chain, { input: { anchors: [...anchors, anchorOf(chain.root)] } }).accepted, true);
    assert.equal(reportOn(chain, { input: { anchors } }).accepted, false);
  });
});

describe('work budget', () => {
  const counting = (): { calls: () => number; verify: SignatureVerifier } => {
    let calls = 0;
    const verify: SignatureVerifier = (...parts) => {
      calls++;
      return verifySignature(...parts);
    };
    return { calls: () => calls, verify };
  };

  it('checks no more than a hundred signatures for a bag of issuers that all have the right name', () => {
    const stranger = keyNamed('stranger');
    const others = Array.from({ length: 300 }, (_, index) =>
      writeCertificate({
        ...intermediateSpec({ key: stranger, set: [], drop: ['2.5.29.14'] }),
        serial: bytes(2, 2, 1 + (index >> 8), index & 127),
      }),
    );
    const { calls, verify } = counting();
    const report = reportOn(chain, { input: { others, verifySignature: verify } });
    assert.equal(report.accepted, false);
    assert.ok(calls() <= 100, `${calls()} checks`);
  });

  it('ends in a clique of authorities that all sign each other, with its own code', () => {
    const keys = Array.from({ length: 9 }, (_, index) => keyNamed(`clique ${index}`));
    const others = keys.flatMap((key, index) =>
      keys.flatMap((signer, from) => (from === index ? [] : [authority(`C${index}`, `C${from}`, key, signer)])),
    );
    const first = keys[0];
    assert.ok(first);
    const endEntity = writeCertificate(endEntitySpec({ issuer: commonName('C0'), signer: first }));
    const { calls, verify } = counting();
    const report = reportOn({ ...chain, endEntity }, { input: { others, verifySignature: verify } });
    assert.ok(failingCodes(report).includes('X509_BUDGET_EXHAUSTED'));
    assert.ok(calls() <= 100, `${calls()} checks`);
  });

  it('compares no more names with constraints than it may', () => {
    const names = Array.from({ length: 2000 }, (_, index) => generalName.dns(`h${index}.example.com`));
    const constraints = Array.from({ length: 2000 }, (_, index) => generalName.dns(`h${index}.example.org`));
    const many = writeChain({
      endEntity: { set: [alternativeNames(...names)] },
      intermediate: { set: [nameConstraints(null, constraints)] },
    });
    const report = reportOn(many, {
      input: { name: null },
      policy: { rules: { commonNameAmongAlternativeNames: false } },
    });
    assert.ok(failingCodes(report).includes('X509_BUDGET_EXHAUSTED'));
  });

  it('weighs signatures by what they cost', () => {
    const { calls, verify } = counting();
    const report = reportOn(chain, { policy: { budget: { signatureUnits: 1.5 } }, input: { verifySignature: verify } });
    assert.deepEqual(failingCodes(report), ['X509_BUDGET_EXHAUSTED']);
    assert.equal(calls(), 1);
  });
});

describe('remembered signatures', () => {
  it('are not checked again, and never make up for a date or a rule', () => {
    let calls = 0;
    const verify: SignatureVerifier = (...parts) => {
      calls++;
      return verifySignature(...parts);
    };
    const memory = new SignatureMemory();
    const ask = (at: string) => reportOn(chain, { at, input: { memory, verifySignature: verify } });
    assert.equal(ask('2026-06-15T12:00:00Z').accepted, true);
    assert.equal(calls, 2);
    assert.equal(ask('2026-06-15T12:00:00Z').accepted, true);
    assert.equal(calls, 3, 'the end entity is checked each time');
    assert.deepEqual(failingCodes(ask('2027-06-15T12:00:00Z')), ['X509_EXPIRED']);
  });

  it('are bounded', () => {
    const memory = new SignatureMemory(2);
    for (let index = 0; index < 5; index++) {
      const key = keyNamed(`bounded ${index}`);
      const intermediate = writeCertificate(intermediateSpec({ key }));
      const endEntity = writeCertificate(endEntitySpec({ signer: key }));
      assert.equal(reportOn({ ...chain, intermediate, endEntity }, { input: { memory } }).accepted, true);
    }
    assert.equal(memory.size, 2);
  });

  it('are not taken for a certificate with one byte changed', () => {
    const memory = new SignatureMemory();
    reportOn(chain, { input: { memory } });
    const damaged = Uint8Array.from(chain.intermediate);
    const last = damaged.length - 1;
    damaged[last] = (damaged[last] ?? 0) ^ 1;
    assert.deepEqual(failingCodes(reportOn({ ...chain, intermediate: damaged }, { input: { memory } })), [
      'X509_SIGNATURE_INVALID',
    ]);
  });
});
