import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalTerms, proposeTerms, renderTerms, termsHash, weakens, type Terms } from './index.ts';

const terms = proposeTerms(1, {
  baseUrl: 'https://jira.acme.example/jira',
  authentication: { kind: 'pat', account: 'svc-align' },
  projectKeys: ['ACME'],
  contacts: {
    owner: { name: 'Ada <b>', email: 'ada@acme.example' },
    technical: { name: 'Net', email: 'net@acme.example' },
  },
});

describe('the terms of a connection', () => {
  it('have the client certificate on by default', () => assert.deepEqual(terms.clientCertificate, { required: true }));

  it('have one hash whatever the order in which they were written', () => {
    const shuffled = Object.fromEntries(Object.entries(terms).toReversed()) as unknown as Terms;
    assert.notEqual(JSON.stringify(shuffled), JSON.stringify(terms));
    assert.equal(termsHash(shuffled), termsHash(terms));
    assert.match(termsHash(terms), /^[0-9a-f]{64}$/);
  });

  it('have another hash when anything in them changes', () => {
    assert.notEqual(termsHash({ ...terms, revocation: 'hard' }), termsHash(terms));
  });

  it('are read back from their canonical text', () => assert.deepEqual(JSON.parse(canonicalTerms(terms)), terms));

  for (const [sentence, change] of [
    ['another host', { baseUrl: 'https://other.example' }],
    ['no client certificate', { clientCertificate: { required: false, reason: 'test' } }],
    ['another authority', { anchors: { kind: 'pem', pem: 'x' } }],
    ['private addresses', { allowPrivate: true }],
    ['one more project', { projectKeys: ['ACME', 'HR'] }],
    ['one more field', { fields: [...terms.fields, 'comment'] }],
    ['one more path', { restPaths: [...terms.restPaths, '/rest/agile/'] }],
    ['another account', { authentication: { kind: 'pat', account: 'admin' } }],
    ['another egress group', { egressGroup: 'eu' }],
  ] as const) {
    it(`are weakened by ${sentence}`, () => assert.equal(weakens(terms, { ...terms, ...change } as Terms).length, 1));
  }

  it('are weakened by soft revocation after hard, and by six suites after four', () => {
    assert.equal(weakens({ ...terms, revocation: 'hard' }, terms).length, 1);
    assert.equal(weakens({ ...terms, tlsPolicy: 'tls12-four' }, terms).length, 1);
  });

  it('are not weakened by asking more', () => {
    assert.deepEqual(weakens(terms, { ...terms, version: 2, revocation: 'hard', tlsPolicy: 'tls12-four' }), []);
  });

  it('are printed as one page with their hash, and nothing in them becomes markup', () => {
    const page = renderTerms(terms, { customer: 'Acme & <Sons>', clientCertificate: null, styleNonce: 'n' });
    assert.ok(page.includes(termsHash(terms)));
    assert.ok(page.includes('Acme &amp; &lt;Sons&gt;') && page.includes('Ada &lt;b&gt;'));
    assert.ok(!page.includes('<b>') && !page.includes('<script'));
    assert.ok(page.includes('TCP port 443'));
  });
});
