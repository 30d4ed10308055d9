import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeCrl } from '../../generate/crl-author.ts';
import { anchorFromCertificate, readCertificate, utcInstant, validate, validationPolicy } from '../../src/index.ts';
import type { RevocationInput } from '../../src/index.ts';
import { commonName, keyNamed, writeCertificate } from '../certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from '../certificate-author.ts';
import { integer } from '../der-writer.ts';
import { endEntitySpec, hostName, rootSpec } from '../chain-author.ts';
import { crlCases } from './crl-cases.ts';
import type { CrlCase } from './crl-cases.ts';
import { ocspCases } from './ocsp-cases.ts';
import { responderCases } from './responder-cases.ts';
import { scopeCases } from './scope-cases.ts';

const allCrlCases = [...crlCases, ...scopeCases];
const allOcspCases = [...ocspCases, ...responderCases];

const root = writeCertificate(rootSpec());
const crlOf = (spec: CrlCase['crls'][number]): Uint8Array =>
  writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), ...spec });

interface Question {
  readonly endEntity?: readonly ExtensionSpec[];
  readonly others?: readonly CertificateSpec[];
  readonly at?: string;
  readonly profile?: 'webpki';
  readonly revocation: RevocationInput;
}

/** The answer of the whole validator, of which the entry about the end entity's revocation is taken. */
function answerTo({ endEntity = [], others = [], at = '2026-06-15T12:00:00Z', profile, revocation }: Question): {
  status: string;
  code: string;
} {
  const report = validate({
    leaf: writeCertificate(
      endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root'), serial: integer(0x42), set: endEntity }),
    ),
    others: others.map(writeCertificate),
    anchors: [anchorFromCertificate(readCertificate(root))],
    at: utcInstant(at),
    purpose: 'serverAuth',
    name: { kind: 'dns', value: hostName },
    policy: validationPolicy(profile ?? 'rfc5280'),
    revocation,
  });
  const entry = report.entries.find(
    ({ code, certificateIndex }) => certificateIndex === 0 && /^X509_(?:REVOCATION|CRL|OCSP)_/.test(code),
  );
  assert.ok(entry !== undefined, 'there must be an entry about the revocation of the end entity');
  assert.equal(report.accepted, entry.outcome === 'pass', 'under hard revocation only "not revoked" is accepted');
  const statuses = { pass: 'good', fail: 'revoked', unknown: 'unknown', 'not-applicable': 'not-applicable' } as const;
  return { status: statuses[entry.outcome], code: entry.code };
}

describe('CRL cases', () => {
  for (const { sentence, crls, status, code, graceMilliseconds, ...question } of allCrlCases)
    it(`${sentence}: ${status}`, () => {
      const revocation: RevocationInput = {
        mode: 'hard',
        crls: crls.map(crlOf),
        ocspResponses: [],
        gracePeriodMilliseconds: graceMilliseconds ?? 0,
      };
      assert.deepEqual(answerTo({ ...question, revocation }), { status, code });
    });
});

describe('OCSP cases', () => {
  for (const {
    sentence,
    crls,
    responses,
    staple,
    nonce,
    responderCrls,
    maximumAgeMilliseconds,
    graceMilliseconds,
    status,
    code,
    ...question
  } of allOcspCases)
    it(`${sentence}: ${status}`, () => {
      const revocation: RevocationInput = {
        mode: 'hard',
        crls: crls.map(crlOf),
        ocspResponses: responses,
        gracePeriodMilliseconds: graceMilliseconds ?? 0,
        ...(responderCrls === undefined ? {} : { responderCrls: responderCrls.map(crlOf) }),
        ...(staple === undefined ? {} : { staple }),
        ...(nonce === undefined ? {} : { ocspNonce: nonce }),
        ...(maximumAgeMilliseconds === undefined ? {} : { maximumOcspAgeMilliseconds: maximumAgeMilliseconds }),
      };
      assert.deepEqual(answerTo({ ...question, revocation }), { status, code });
    });
});

it('there are at least 80 cases of our own, each sentence once', () => {
  const sentences = [
    ...allCrlCases.map(({ sentence }) => `crl ${sentence}`),
    ...allOcspCases.map(({ sentence }) => `ocsp ${sentence}`),
  ];
  assert.ok(sentences.length >= 80);
  assert.equal(new Set(sentences).size, sentences.length);
});
