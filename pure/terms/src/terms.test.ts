import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalTerms, defaultTerms, permitsRequest, renderTerms, termsFaults, termsHash, weakens } from './index.ts';
import type { Terms } from './index.ts';

const terms = defaultTerms({
  baseUrl: 'https://jira.example.com:8444/jira/',
  projectKeys: ['PROJ'],
  accountName: 'sallyport',
  contacts: {
    owner: { name: 'Ada', email: 'ada@example.com' },
    technical: { name: 'Bo', email: 'bo@example.com' },
  },
});
const proxy = {
  url: 'http://proxy.example:3128',
  authenticationKind: 'basic',
  anchors: { kind: 'public' },
  allowPrivate: false,
} as const;
const withoutCertificate = (reason: string): Partial<Terms> => ({ clientCertificate: { required: false, reason } });

describe('terms of a connection', () => {
  it('have a client certificate, public trust and no private addresses unless somebody chose otherwise', () => {
    assert.deepEqual(terms.clientCertificate, { required: true });
    assert.deepEqual(terms.anchors, { kind: 'public' });
    assert.equal(terms.allowPrivate, false);
    assert.equal(terms.baseUrl, 'https://jira.example.com:8444/jira');
    assert.deepEqual(termsFaults(terms), []);
  });

  it('hash to the same value whatever order their members came in', () => {
    const reversed = Object.fromEntries(Object.entries(terms).toReversed()) as unknown as Terms;
    assert.equal(termsHash(reversed), termsHash(terms));
    assert.match(canonicalTerms(terms), /^\{"accountName":"sallyport","allowPrivate":false,/);
    assert.match(termsHash(terms), /^[0-9a-f]{64}$/);
  });

  it('hash to another value when anything changes', () => {
    assert.notEqual(termsHash({ ...terms, version: 2 }), termsHash(terms));
  });

  const refusals: readonly (readonly [string, Partial<Terms>, string])[] = [
    ['plain http', { baseUrl: 'http://jira.example.com' }, 'TERMS_URL_NOT_HTTPS'],
    ['a URL with credentials', { baseUrl: 'https://a:b@jira.example' }, 'TERMS_URL_CREDENTIALS'],
    ['a URL with a query', { baseUrl: 'https://jira.example/?os=1' }, 'TERMS_URL_QUERY'],
    ['no URL at all', { baseUrl: 'jira' }, 'TERMS_URL_MALFORMED'],
    ['a huge URL', { baseUrl: `https://jira.example/${'a'.repeat(3_000)}` }, 'TERMS_URL_TOO_LONG'],
    ['a project key that would break the query', { projectKeys: ['A") OR ("'] }, 'TERMS_PROJECT_KEY'],
    ['no project', { projectKeys: [] }, 'TERMS_PROJECT_KEY'],
    ['going without a certificate for no reason', withoutCertificate(''), 'TERMS_REASON_MISSING'],
    ['a path outside the REST interface', { restPaths: ['/plugins/servlet'] }, 'TERMS_REST_PATH'],
    ['a password in the URL of a proxy', { proxy: { ...proxy, url: 'http://a:b@proxy.example:3128' } }, 'TERMS_PROXY'],
    ['the URL of a proxy in two forms', { proxy: { ...proxy, url: 'https://Proxy.example' } }, 'TERMS_PROXY'],
    ['TLS 1.3 with a client certificate that nobody accepted', { tlsPolicy: 'tls13' }, 'TERMS_TLS13'],
    ['private trust without a certificate', { anchors: { kind: 'pem', pem: 'none' } }, 'TERMS_ANCHORS'],
  ];
  for (const [sentence, change, code] of refusals) {
    it(`refuse ${sentence}`, () => {
      const faults = termsFaults({ ...terms, ...change });
      assert.ok(
        faults.some((fault) => fault.code === code),
        JSON.stringify(faults),
      );
    });
  }

  it('never repeat a password that somebody typed into the URL', () => {
    const faults = termsFaults({ ...terms, baseUrl: 'https://a:hunter2@jira.example' });
    assert.doesNotMatch(JSON.stringify(faults), /hunter2/);
  });
});

describe('a change of terms', () => {
  it('weakens nothing when a project is left out or revocation becomes hard', () => {
    const before = { ...terms, projectKeys: ['A', 'B'] };
    assert.deepEqual(weakens(before, { ...terms, projectKeys: ['A'], revocation: 'hard' }), []);
  });

  it('does not weaken by the order in which the database gives the members of the anchors', () => {
    const pem = 'the agreed authority';
    const stored = { ...terms, anchors: { pem, kind: 'pem' } as const };
    assert.deepEqual(weakens(stored, { ...terms, anchors: { kind: 'pem', pem } }), []);
    assert.equal(weakens(stored, { ...terms, anchors: { kind: 'pem', pem: 'another' } }).length, 1);
    // Nor by where the lines of the PEM break.
    assert.deepEqual(weakens(stored, { ...terms, anchors: { kind: 'pem', pem: `${pem}\r\n` } }), []);
  });

  const weakenings: readonly (readonly [string, Partial<Terms>])[] = [
    ['another address', { baseUrl: 'https://other.example' }],
    ['going without a client certificate', withoutCertificate('agreed with them')],
    ['a private address', { allowPrivate: true }],
    ['one more project', { projectKeys: ['PROJ', 'OTHER'] }],
    ['one more field', { fields: [...terms.fields, 'description'] }],
    ['revocation switched off', { revocation: 'off' }],
    ['another trust anchor', { anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----' } }],
    ['another account', { accountName: 'admin' }],
    ['any account', { accountName: null }],
    ['a forward proxy', { proxy }],
    ['another egress group', { egressGroup: 'elsewhere' }],
  ];
  for (const [sentence, change] of weakenings) {
    it(`weakens them by ${sentence}`, () => assert.equal(weakens(terms, { ...terms, ...change }).length, 1));
  }
});

describe('a forward proxy in the terms', () => {
  const through = { ...terms, proxy };

  it('is absent unless somebody names one, so that older terms keep their hash', () => {
    assert.equal('proxy' in terms, false);
    assert.equal(termsHash({ ...terms, proxy: undefined }), termsHash(terms));
    assert.notEqual(termsHash(through), termsHash(terms));
  });

  const weakenings: readonly (readonly [string, Partial<Terms>])[] = [
    ['no longer used', { proxy: undefined }],
    ['another one', { proxy: { ...proxy, url: 'http://other.example:3128' } }],
    ['one with a private address', { proxy: { ...proxy, allowPrivate: true } }],
    [
      'one that others vouch for',
      { proxy: { ...proxy, anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----' } } },
    ],
  ];
  for (const [sentence, change] of weakenings)
    it(`weakens them when it is ${sentence}`, () =>
      assert.equal(weakens(through, { ...through, ...change }).length, 1));

  it('weakens nothing when it gets no password any more, but does when it gets one', () => {
    const without = { ...through, proxy: { ...proxy, authenticationKind: 'none' } } as const;
    assert.deepEqual(weakens(through, without), []);
    assert.equal(weakens(without, through).length, 1);
  });

  it('stands on the page: in the data flow, at its port, and with what it may see', () => {
    const page = renderTerms(through);
    for (const expected of ['<b>proxy.example:3128</b>', '3128/tcp', 'by CONNECT for this host and port'])
      assert.ok(page.includes(expected), expected);
    assert.ok(!renderTerms(terms).includes('CONNECT'));
  });
});

describe('TLS 1.3 in the terms', () => {
  const reason = 'The far side speaks TLS 1.3 only.';
  const newer: Terms = { ...terms, tlsPolicy: 'tls13', tls13ClientCertificate: { reason } };

  it('is taken with the written acceptance, or without a client certificate', () => {
    assert.deepEqual(termsFaults(newer), []);
    assert.deepEqual(termsFaults({ ...terms, tlsPolicy: 'tls13', ...withoutCertificate('agreed with them') }), []);
  });

  it('weakens them, and so does the acceptance; both stand on the page', () => {
    assert.equal(weakens(terms, newer).length, 2);
    assert.deepEqual(weakens(newer, terms), ['Two suites with finite-field Diffie-Hellman would be allowed.']);
    const page = renderTerms(newer);
    for (const expected of ['TLS 1.3 or 1.2', `accepted by the operator: ${reason}`])
      assert.ok(page.includes(expected));
  });
});

describe('a request under the terms', () => {
  const requests: readonly (readonly [string, string, boolean])[] = [
    ['GET', '/rest/api/2/myself', true],
    ['POST', '/rest/api/2/search', true],
    ['GET', '/rest/api/2/issue/10001', true],
    ['POST', '/rest/api/2/issue/10001', false],
    ['GET', '/rest/api/2/issue/10001/comment', false],
    ['GET', '/rest/api/2/issue/../user', false],
    ['GET', '/rest/api/2/issue/..%2fuser', false],
    ['GET', '/rest/api/2/issue/', false],
    ['PUT', '/rest/api/2/search', false],
    ['DELETE', '/rest/api/2/issue/10001', false],
    ['GET', '/rest/auth/1/session', false],
  ];
  for (const [method, path, allowed] of requests) {
    it(`is ${allowed ? 'allowed' : 'refused'}: ${method} ${path}`, () =>
      assert.equal(permitsRequest(terms, method, path), allowed));
  }
});

describe('the printed terms', () => {
  it('say where data flows, which ports, which certificates, what is stored, and the hash', () => {
    const page = renderTerms(terms, { customer: 'Example & Sons', styleNonce: 'abc' });
    const parts = ['Data flow', 'Ports', '8444/tcp', 'Certificates', 'What is stored', termsHash(terms)];
    for (const expected of [...parts, 'Example &amp; Sons', '<style nonce="abc">'])
      assert.ok(page.includes(expected), expected);
  });
  it('show what a person typed as text, never as markup', () => {
    assert.ok(!renderTerms({ ...terms, ...withoutCertificate('<script>alert(1)</script>') }).includes('<script'));
  });
});
