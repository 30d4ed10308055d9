import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { anchorFromCertificate, readCertificate, readPem, revocationOff, utcInstant } from '@sallyport/x509';
import { issueCertificate, type Issuer, type Subject } from '../../../../sandbox/src/demo-pki/certificate.ts';
import type { IntakeInput } from './intake-finding.ts';
import { judgeCertificate } from './judge-certificate.ts';

const newKey = (bits?: number): string =>
  (bits === undefined
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: bits })
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
const at = utcInstant('2026-11-25T00:00:00Z');
const from = Date.parse('2026-11-01T00:00:00Z');
const until = Date.parse('2027-05-01T00:00:00Z');
const read = (pem: string) => readPem(pem).map(({ der }) => readCertificate(der));

function authority(organization = 'Test Authority') {
  const rootKey = newKey();
  const root = issueCertificate(
    {
      commonName: `${organization} Root`,
      organization,
      notBefore: 0,
      notAfter: Date.parse('2040-01-01'),
      purpose: { kind: 'root' },
    },
    rootKey,
    null,
  );
  const rootIssuer: Issuer = {
    commonName: `${organization} Root`,
    organization,
    keyPem: rootKey,
    chainPem: '',
    pointers: null,
  };
  const issuingKey = newKey();
  const issuing = issueCertificate(
    {
      commonName: `${organization} Issuing`,
      organization,
      notBefore: 0,
      notAfter: Date.parse('2039-01-01'),
      purpose: { kind: 'issuing' },
    },
    issuingKey,
    rootIssuer,
  );
  const issuer: Issuer = {
    commonName: `${organization} Issuing`,
    organization,
    keyPem: issuingKey,
    chainPem: issuing.certificatePem,
    pointers: null,
  };
  return {
    anchors: read(root.certificatePem).map((one) => anchorFromCertificate(one)),
    issuer,
    issuing: read(issuing.certificatePem),
  };
}
const test = authority();

function judged(change: Partial<IntakeInput> = {}, subject: Partial<Subject> = {}, keyPem = newKey(), from_ = test) {
  const made = issueCertificate(
    {
      commonName: 'x',
      notBefore: from,
      notAfter: until,
      purpose: { kind: 'client', dnsNames: ['jira.customer.example'] },
      ...subject,
    },
    keyPem,
    from_.issuer,
  );
  const [endEntity] = read(made.certificatePem);
  assert.ok(endEntity);
  return judgeCertificate({
    endEntity,
    others: from_.issuing,
    anchors: from_.anchors,
    kind: 'customer-custom',
    policy: 'agreed-private-ca',
    domain: 'customer.example',
    key: 'matches',
    revocation: revocationOff,
    fetchedSha256: [],
    at,
    ...change,
  });
}
const codes = (judgement: ReturnType<typeof judged>, severity: string): string[] =>
  judgement.findings.filter((one) => one.severity === severity).map(({ code }) => code);

describe('a certificate that comes in', () => {
  it('that is good is not blocked, and its chain is ordered without the root', () => {
    const judgement = judged();
    assert.deepEqual(codes(judgement, 'blocks'), []);
    assert.equal(judgement.chain.length, 2);
    assert.equal(judgement.checks.trust.status, 'pass');
    assert.equal(judgement.checks.name.status, 'pass');
    assert.equal(judgement.path.at(-1)?.role, 'anchor');
  });
  const client = (dnsNames: string[], extendedKeyUsage?: string[]) =>
    ({
      purpose: { kind: 'client', dnsNames, ...(extendedKeyUsage === undefined ? {} : { extendedKeyUsage }) },
    }) as const;
  for (const [what, code, change, subject, keyPem] of [
    ['with the key of another certificate', 'key-of-another-certificate', { key: 'other' }, {}],
    ['without a key', 'key-absent', { key: 'absent' }, {}],
    ['for servers only', 'no-client-auth', {}, client(['jira.customer.example'], ['1.3.6.1.5.5.7.3.1'])],
    ['that is an authority’s', 'is-an-authority', {}, { purpose: { kind: 'issuing' } }],
    ['with RSA 1024', 'key-weak', {}, {}, newKey(1024)],
    ['under another domain', 'outside-domain', {}, client(['jira.other.example'])],
    ['under a domain that only ends alike', 'outside-domain', {}, client(['jira.notcustomer.example'])],
    ['of the kind wildcard without one', 'kind-without-wildcard', { kind: 'operator-wildcard' }, {}],
    [
      'of the kind named with a wildcard',
      'kind-with-wildcard',
      { kind: 'operator-named' },
      client(['*.customer.example']),
    ],
    ['without its issuer', 'chain-incomplete', { others: [] }, {}],
    ['that has ended', 'X509_EXPIRED', { at: utcInstant('2027-06-01T00:00:00Z') }, {}],
    [
      'of an authority that is not the agreed one',
      'X509_ISSUER_NOT_FOUND',
      { anchors: authority('Another').anchors },
      {},
    ],
  ] as const)
    it(`${what} is blocked by ${code}`, () => {
      const judgement = judged(change, subject, keyPem);
      const found = judgement.findings.find((one) => one.code === code);
      assert.equal(found?.severity, 'blocks', JSON.stringify(judgement.findings.map((one) => one.code)));
      assert.notEqual(found?.actor, null);
    });

  it('of the owner’s own kind is the operator’s to replace, a custom one the customer’s', () => {
    assert.equal(
      judged({ key: 'absent', kind: 'operator-named' }).findings.find(({ code }) => code === 'key-absent')?.actor,
      'operator',
    );
    assert.equal(judged({ key: 'absent' }).findings.find(({ code }) => code === 'key-absent')?.actor, 'customer');
  });
  it('says of a failed check that its owner must act, and of nobody’s far side', () => {
    for (const [kind, actor] of [
      ['operator-named', 'operator'],
      ['customer-custom', 'customer'],
    ] as const) {
      const { checks } = judged({ anchors: [], policy: 'public-third-party', kind });
      assert.deepEqual([checks.trust.status, checks.trust.actor], ['fail', actor]);
    }
  });
  it('that is not valid yet waits, and is not blocked for good', () => {
    const judgement = judged({ at: utcInstant('2026-10-01T00:00:00Z') });
    assert.deepEqual(codes(judgement, 'blocks'), []);
    assert.equal(judgement.checks.validity.status, 'fail');
  });
  it('that ends within two weeks is told', () =>
    assert.ok(codes(judged({ at: utcInstant('2027-04-25T00:00:00Z') }), 'warns').includes('ends-soon')));
  it('with RSA 2048 is taken, and a longer key is advised', () =>
    assert.ok(codes(judged({}, {}, newKey(2048)), 'informs').includes('key-short')));
  it('whose issuer was fetched says so', () => {
    const sha256 = test.issuing[0]?.sha256 ?? '';
    assert.ok(codes(judged({ fetchedSha256: [sha256] }), 'informs').includes('chain-completed-by-fetch'));
  });
  it('of a private CA without a root is not called trusted', () => {
    const judgement = judged({ anchors: [] });
    assert.notEqual(judgement.checks.trust.status, 'pass');
    assert.ok(codes(judgement, 'warns').includes('no-agreed-root'));
  });
  it('is judged past the strangers that came with it', () => {
    const judgement = judged({ others: [...authority('Stranger').issuing, ...test.issuing] });
    assert.equal(judgement.chain.length, 2);
  });
});

describe('the forecast of acceptance', () => {
  const forecast = (organization: string, instant: string, change: Partial<IntakeInput> = {}) =>
    judged(
      { policy: 'public-third-party', at: utcInstant(instant), ...change },
      {},
      newKey(),
      authority(organization),
    ).findings.filter(({ topic }) => topic === 'acceptance-forecast');
  for (const [organization, ends] of [
    ['DigiCert Inc', '2027-03-01'],
    ['Sectigo Limited', '2027-02-10'],
    ['Some Other Authority', '2027-03-15'],
  ] as const)
    it(`tells from when ${organization} issues none for clients, with its source`, () => {
      const [found] = forecast(organization, '2026-11-25T00:00:00Z');
      assert.equal(found?.code, 'public-client-auth-ends');
      assert.ok(found.from?.startsWith(ends));
      assert.ok(found.source !== null && found.sourceDate !== null);
    });
  it('tells that there will be no next one where that date has passed', () =>
    assert.equal(forecast('GoDaddy.com, Inc.', '2026-11-25T00:00:00Z')[0]?.code, 'public-client-auth-ended'));
  it('tells the last one from an authority', () =>
    assert.match(forecast('DigiCert Inc', '2026-11-25T00:00:00Z')[0]?.message ?? '', /last one/));
  it('tells the next shortening of lives only', () => {
    const next = (instant: string) =>
      forecast('Any', instant, {}).find(({ code }) => code === 'public-lifetime-shortens')?.message ?? '';
    assert.match(next('2026-11-25T00:00:00Z'), /100 days/);
    assert.match(next('2028-11-25T00:00:00Z'), /47 days/);
    assert.equal(next('2030-01-01T00:00:00Z'), '');
  });
  it('says nothing of a private CA', () =>
    assert.deepEqual(forecast('Any', '2026-11-25T00:00:00Z', { policy: 'agreed-private-ca' }), []));
});
