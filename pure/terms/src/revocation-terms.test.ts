import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultTerms, renderTerms, termsFaults, termsHash, weakens } from './index.ts';
import type { Terms, TermsRevocationRules } from './index.ts';

const contact = { name: 'Ada', email: 'ada@example.com' };
const agreed: Terms = defaultTerms({
  baseUrl: 'https://jira.example.com',
  projectKeys: ['PROJ'],
  anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' },
  contacts: { owner: contact, technical: contact },
});
const under = (revocationRules: TermsRevocationRules): Terms => ({ ...agreed, revocationRules });
const address = { authority: 'CN=Inside CA', url: 'http://crl.example.com/inside.crl' };

describe('what terms say about revocation', () => {
  it('leaves the hash of terms alone that say nothing', () => {
    assert.equal(termsHash({ ...agreed, revocationRules: undefined } as unknown as Terms), termsHash(agreed));
    assert.equal('revocationRules' in agreed, false);
  });

  it('is carried by new terms', () => {
    const terms = defaultTerms({ ...under({ graceHours: 24 }) });
    assert.deepEqual(terms.revocationRules, { graceHours: 24 });
    assert.deepEqual(termsFaults(terms), []);
  });

  for (const [sentence, rules, path] of [
    ['a grace without end', { graceHours: 169 }, 'revocationRules.graceHours'],
    ['half an hour', { graceHours: 0.5 }, 'revocationRules.graceHours'],
    ['no age at all', { greatestAgeHours: 0 }, 'revocationRules.greatestAgeHours'],
    [
      'an authority without a name',
      { crlAddresses: [{ ...address, authority: ' ' }] },
      'revocationRules.crlAddresses.0.authority',
    ],
    ['ldap', { crlAddresses: [{ ...address, url: 'ldap://x/y' }] }, 'revocationRules.crlAddresses.0.url'],
    ['a file', { crlAddresses: [{ ...address, url: 'file:///etc/passwd' }] }, 'revocationRules.crlAddresses.0.url'],
    ['a password', { crlAddresses: [{ ...address, url: 'http://a:b@x/y' }] }, 'revocationRules.crlAddresses.0.url'],
  ] as const satisfies readonly (readonly [string, TermsRevocationRules, string])[]) {
    it(`refuses ${sentence}`, () => {
      assert.deepEqual(
        termsFaults(under(rules)).map((fault) => [fault.code, fault.path]),
        [['TERMS_REVOCATION', path]],
      );
    });
  }

  it('refuses other sources than the certificates name for public authorities', () => {
    const open: Terms = { ...agreed, anchors: { kind: 'public' } };
    assert.deepEqual(termsFaults({ ...open, revocationRules: { graceHours: 1 } }), []);
    for (const rules of [{ crlAddresses: [address] }, { anchorIssuesNoRevocationData: true }])
      assert.equal(termsFaults({ ...open, revocationRules: rules })[0]?.code, 'TERMS_REVOCATION');
  });

  it('weakens by more grace, more age, another address, and an authority that publishes nothing', () => {
    const strict = under({ graceHours: 1, greatestAgeHours: 24 });
    for (const softer of [
      { graceHours: 2, greatestAgeHours: 24 },
      { graceHours: 1, greatestAgeHours: 25 },
      { graceHours: 1 },
      { graceHours: 1, greatestAgeHours: 24, crlAddresses: [address] },
      { graceHours: 1, greatestAgeHours: 24, anchorIssuesNoRevocationData: true },
    ])
      assert.equal(weakens(strict, under(softer)).length, 1, JSON.stringify(softer));
    assert.deepEqual(weakens(strict, under({ greatestAgeHours: 12 })), []);
    assert.deepEqual(weakens(under({ crlAddresses: [address] }), agreed), []);
  });

  it('stands on the printed page', () => {
    const page = renderTerms(under({ graceHours: 6, crlAddresses: [address], anchorIssuesNoRevocationData: true }));
    assert.match(page, /still used for 6 hours/);
    assert.match(page, /fetched from http:\/\/crl\.example\.com\/inside\.crl/);
    assert.match(page, /publishes nothing about revocation/);
    assert.doesNotMatch(renderTerms(agreed), /still used|publishes nothing/);
  });
});
