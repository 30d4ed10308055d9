import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOfCertificates, nameOnly } from './index.ts';
import { subjectPattern } from './subject-pattern.ts';

describe('a subject as a pattern', () => {
  const whole = { ...nameOnly('a.example', 'current'), subject: 'CN=a.example,O=A\\, \\"B\\" {c};$d,C=XX' };

  it('matches that subject and no other', () => {
    const pattern = new RegExp(subjectPattern(whole));
    assert.match(whole.subject, pattern);
    for (const other of [`${whole.subject}0`, `O=x,${whole.subject}`, whole.subject.replace('.', 'x'), 'CN=a.example'])
      assert.doesNotMatch(other, pattern);
  });

  it('has no character that a configuration could read', () => {
    assert.doesNotMatch(subjectPattern(whole), /["';{}$](?!$)/);
  });

  it('takes, where only the name is known, a commonName of just that name and no text inside another value', () => {
    const pattern = new RegExp(subjectPattern(nameOnly('*.operator.example', 'current')));
    for (const subject of [
      'CN=*.operator.example',
      'CN=*.operator.example,O=Operator,C=XX',
      'OU=x,CN=*.operator.example',
    ])
      assert.match(subject, pattern);
    for (const subject of [
      'CN=a.operator.example',
      'CN=x*.operator.example',
      'CN=*.operator.example.evil',
      'CN=evil,O=x\\,CN=*.operator.example',
      'CN=*.operator.example+OU=evil',
      'OU=CN=*.operator.example',
    ])
      assert.doesNotMatch(subject, pattern);
  });
});

describe('facts of certificates', () => {
  it('are empty where nothing is at hand', () => {
    const none = factsOfCertificates({ currentPem: null, nextPem: null, authoritiesPem: null });
    assert.deepEqual(none, { names: [], authorities: [], hasRoot: false, revocationSources: [] });
  });

  it('refuse a text that is no PEM by a typed error', () => {
    const given = { currentPem: 'hello', nextPem: null, authoritiesPem: null };
    assert.throws(() => factsOfCertificates(given), { code: 'X509_PEM_NO_BLOCK' });
  });
});
