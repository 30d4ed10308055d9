import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commonName, distinguishedName, writeCertificate } from '../../vectors/certificate-author.ts';
import { endEntitySpec, intermediateSpec, rootSpec } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';
import { printable } from '../../vectors/der-writer.ts';
import { anchorFromCertificate, readCertificate, utcInstant, validationPolicy } from '../index.ts';
import { nameChaining } from './name-chaining.ts';
import { Findings } from './path-rule.ts';
import { WorkBudget } from './work-budget.ts';

/** The rule by itself: path building never hands it a path whose names do not chain. */
function codesOf(endEntityIssuer: string, intermediateIssuer: string): readonly string[] {
  const policy = validationPolicy('webpki');
  const findings = new Findings();
  findings.judge(nameChaining, {
    certificates: [
      readCertificate(writeCertificate(endEntitySpec({ issuer: commonName(endEntityIssuer) }))),
      readCertificate(writeCertificate(intermediateSpec({ issuer: commonName(intermediateIssuer) }))),
    ],
    links: ['valid', 'valid'],
    anchor: anchorFromCertificate(readCertificate(writeCertificate(rootSpec()))),
    obstacle: null,
    at: utcInstant('2026-06-15T12:00:00Z'),
    purpose: 'any',
    name: null,
    policy,
    budget: new WorkBudget(policy.budget),
  });
  return findings.entries.map(({ code, outcome, certificateIndex }) => `${code} ${outcome} ${certificateIndex}`);
}

describe('names chain (RFC 5280 §6.1.3 (a)(4))', () => {
  it('passes a path whose names chain up to the anchor', () => {
    assert.deepEqual(codesOf('Intermediate', 'Root'), ['X509_NAME_CHAINING pass null']);
  });
  it('refuses an end entity of another issuer', () => {
    assert.deepEqual(codesOf('Stranger', 'Root'), ['X509_NAME_CHAINING_BROKEN fail 0']);
  });
  it('refuses a last certificate of another issuer than the anchor', () => {
    assert.deepEqual(codesOf('Intermediate', 'Stranger'), ['X509_NAME_CHAINING_BROKEN fail 1']);
  });
});

describeRule('names chain by RFC 5280 §7.1', [
  {
    sentence: 'takes an issuer that differs in case and string type for the same',
    endEntity: { issuer: distinguishedName(['2.5.4.3', printable('INTERMEDIATE')]) },
    codes: [],
  },
]);
