import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readPem } from '@sallyport/x509';
import { runX509 } from './run.ts';

const folder = new URL('testdata/', import.meta.url);
const at = '2026-11-25T12:00:00Z';

/** Files are named as in testdata; `-` is what `stdin` names. */
async function run(line: string, stdin = ''): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const status = await runX509(line.split(' '), {
    print: (text) => (out += text),
    complain: (text) => (err += text),
    read: (file) => (file === '-' ? Buffer.from(stdin, 'latin1') : readFileSync(new URL(file, folder))),
    now: () => Date.parse(at),
  });
  return { status, out, err };
}

async function document(line: string, stdin = ''): Promise<Record<string, unknown>> {
  const { out, status } = await run(`${line} --json`, stdin);
  const parsed = JSON.parse(out) as Record<string, unknown>;
  return { exit: status, verdict: parsed['verdict'], status: parsed['status'], code: parsed['code'] };
}

const subject = '--certificate leaf.pem --issuer ca.pem';

describe('sallyport x509', () => {
  for (const { sentence, line, exit, verdict, status, code } of [
    {
      sentence: 'accepts a chain to its anchor',
      line: 'validate --leaf leaf.pem --anchors ca.pem --name jira.example.com',
      exit: 0,
      verdict: 'valid',
      status: 'accepted',
      code: 'X509_ACCEPTED',
    },
    {
      sentence: 'refuses another name',
      line: 'validate --leaf leaf.pem --anchors ca.pem --name other.example.com',
      exit: 1,
      verdict: 'invalid',
      status: 'refused',
      code: 'X509_NAME_MISMATCH',
    },
    {
      sentence: 'refuses another purpose',
      line: 'validate --leaf leaf.pem --anchors ca.pem --purpose clientAuth',
      exit: 1,
      verdict: 'invalid',
      status: 'refused',
      code: 'X509_EXTENDED_KEY_USAGE_UNFIT',
    },
    {
      sentence: 'refuses an expired certificate',
      line: 'validate --leaf leaf.pem --anchors ca.pem --at 2030-01-01T00:00:00Z',
      exit: 1,
      verdict: 'invalid',
      status: 'refused',
      code: 'X509_EXPIRED',
    },
    {
      sentence: 'refuses what a CRL lists',
      line: 'validate --leaf leaf.pem --anchors ca.pem --crls revoked.crl',
      exit: 1,
      verdict: 'invalid',
      status: 'refused',
      code: 'X509_REVOCATION_REVOKED',
    },
    {
      sentence: 'accepts what an OCSP response calls good',
      line: 'validate --leaf leaf.pem --anchors ca.pem --ocsp good.ocsp',
      exit: 0,
      verdict: 'valid',
      status: 'accepted',
      code: 'X509_ACCEPTED',
    },
    {
      sentence: 'calls a certificate good that the CRL does not list',
      line: `crl --crl good.crl ${subject}`,
      exit: 0,
      verdict: 'valid',
      status: 'good',
      code: 'X509_REVOCATION_GOOD',
    },
    {
      sentence: 'calls a certificate revoked that the CRL lists',
      line: `crl --crl revoked.crl ${subject}`,
      exit: 1,
      verdict: 'invalid',
      status: 'revoked',
      code: 'X509_REVOCATION_REVOKED',
    },
    {
      sentence: 'calls nothing good by an old CRL',
      line: `crl --crl good.crl ${subject} --at 2027-01-10T00:00:00Z`,
      exit: 1,
      verdict: 'unknown',
      status: 'unknown',
      code: 'X509_CRL_EXPIRED',
    },
    {
      sentence: 'takes an old CRL within the grace that was given',
      line: `crl --crl good.crl ${subject} --at 2027-01-10T00:00:00Z --grace 3000000`,
      exit: 0,
      verdict: 'valid',
      status: 'good',
      code: 'X509_REVOCATION_GOOD',
    },
    {
      sentence: 'calls a certificate good by an OCSP response',
      line: `ocsp --response good.ocsp ${subject}`,
      exit: 0,
      verdict: 'valid',
      status: 'good',
      code: 'X509_REVOCATION_GOOD',
    },
    {
      sentence: 'calls a certificate revoked by an OCSP response',
      line: `ocsp --response revoked.ocsp ${subject}`,
      exit: 1,
      verdict: 'invalid',
      status: 'revoked',
      code: 'X509_REVOCATION_REVOKED',
    },
    {
      sentence: 'takes no OCSP response older than was asked for',
      line: `ocsp --response good.ocsp ${subject} --max-age 60`,
      exit: 1,
      verdict: 'unknown',
      status: 'unknown',
      code: 'X509_OCSP_TOO_OLD',
    },
    {
      sentence: 'says nothing of a certificate under another issuer',
      line: 'ocsp --response good.ocsp --certificate ca.pem --issuer leaf.pem',
      exit: 1,
      verdict: 'unknown',
      status: 'unknown',
      code: 'X509_REVOCATION_NO_VERIFIED_ISSUER',
    },
    {
      sentence: 'finds nothing against a clean certificate',
      line: 'lint ca.pem',
      exit: 0,
      verdict: 'valid',
      status: 'clean',
      code: 'X509_LINT_CLEAN',
    },
    {
      sentence: 'finds an old version',
      line: 'lint version-one.pem --profile webpki',
      exit: 1,
      verdict: 'invalid',
      status: 'faulty',
      code: 'X509_VERSION_OLD',
    },
    {
      sentence: 'opens PKCS#12 with AES',
      line: 'show aes.p12 --password geheim',
      exit: 0,
      verdict: 'valid',
      status: 'read',
      code: 'X509_READ',
    },
    {
      sentence: 'opens PKCS#12 with 3DES',
      line: 'show triple-des.p12 --password geheim',
      exit: 0,
      verdict: 'valid',
      status: 'read',
      code: 'X509_READ',
    },
    {
      sentence: 'says that a password is wrong',
      line: 'show aes.p12 --password falsch',
      exit: 1,
      verdict: 'invalid',
      status: 'unreadable',
      code: 'PKCS12_PASSWORD_WRONG',
    },
    {
      sentence: 'opens PKCS#12 with RC2, as old programs export it',
      line: 'show rc2.p12 --password geheim',
      exit: 0,
      verdict: 'valid',
      status: 'read',
      code: 'X509_READ',
    },
    {
      sentence: 'answers a verb that there is not with a document',
      line: 'sow leaf.pem',
      exit: 2,
      verdict: 'none',
      status: 'usage',
      code: 'USAGE_INVALID',
    },
    {
      sentence: 'answers a file that is not there with a document',
      line: 'validate --leaf nothing-there --anchors ca.pem',
      exit: 2,
      verdict: 'none',
      status: 'usage',
      code: 'FILE_NOT_READABLE',
    },
    { sentence: 'opens PKCS#7', line: 'show bundle.p7', exit: 0, verdict: 'valid', status: 'read', code: 'X509_READ' },
    {
      sentence: 'shows a certification request',
      line: 'show leaf.csr',
      exit: 0,
      verdict: 'valid',
      status: 'read',
      code: 'X509_READ',
    },
  ])
    it(sentence, async () => assert.deepEqual(await document(line), { exit, verdict, status, code }));

  it('says in its help that sources of revocation make it hard', async () => {
    const { status, out } = await run('validate --help');
    assert.equal(status, 0);
    assert.match(out, /--crls, --ocsp or --staple makes it hard/);
  });
  it('names extensions, their content and the signature algorithm', async () => {
    const { objects } = JSON.parse((await run('show rich.pem --json')).out) as {
      objects: { signatureAlgorithm: string; extensions: { name: string | null; type: string; value: unknown }[] }[];
    };
    const [certificate] = objects;
    const values = new Map(certificate?.extensions.map(({ name, type, value }) => [name ?? type, value]));
    const key = values.get('subjectKeyIdentifier');
    assert.equal(certificate?.signatureAlgorithm, 'RSA PSS with SHA-256');
    assert.match(String(key), /^[0-9a-f]{40}$/);
    assert.deepEqual(Object.fromEntries(values), {
      subjectKeyIdentifier: key,
      authorityKeyIdentifier: { keyIdentifier: key },
      basicConstraints: { ca: true, pathLength: null },
      subjectAltName: ['dns:jira.example.com', 'ip:192.0.2.7'],
      crlDistributionPoints: [{ fullName: ['uri:http://crl.example.com/a.crl'] }],
      authorityInfoAccess: ['ocsp uri:http://ocsp.example.com', 'caIssuers uri:http://ca.example.com/a.cer'],
      certificatePolicies: ['2.23.140.1.2.1 (domain validated)', '1.3.6.1.4.1.99999.1'],
      extendedKeyUsage: ['serverAuth', '1.3.6.1.4.1.99999.2'],
      nameConstraints: { permitted: ['dns:example.com'] },
      '1.3.6.1.4.1.99999.3': '0500',
    });
  });
  it('shows them to people too', async () => {
    const { out } = await run('show rich.pem');
    assert.match(out, /name: subjectAltName\n.*\n.*\n +value: dns:jira\.example\.com, ip:192\.0\.2\.7\n/);
    assert.match(out, /signatureAlgorithm: RSA PSS with SHA-256/);
    for (const file of ['good.crl', 'leaf.csr', 'good.ocsp'])
      assert.match((await run(`show ${file}`)).out, /signatureAlgorithm: ECDSA with SHA-256/);
  });
  it('sends no control characters of a certificate to the terminal, and no name as two', async () => {
    // The name of the leaf, of the same length, with an escape sequence in it.
    const der = readPem(readFileSync(new URL('leaf.pem', folder), 'latin1'))[0]?.der ?? new Uint8Array();
    const hostile = Buffer.from(der).toString('latin1').replaceAll('jira.example.com', 'jira\x1b[2J\nple.com');
    const { out } = await run('show -', hostile);
    assert.match(out, /dns:jira\\u\{1b\}\[2J\\u\{a\}ple\.com/);
    assert.ok(!out.includes('\x1b'));
    const refused = (await run('validate --leaf - --anchors ca.pem --name a.com', hostile)).out;
    assert.match(refused, /is for dns:jira\\u\{1b\}\[2J\\u\{a\}ple\.com, not/);
    assert.ok(!refused.includes('\x1b'));
    const twofold = Buffer.from(der).toString('latin1').replaceAll('jira.example.com', 'a, dns:admin.com');
    assert.match((await run('show -', twofold)).out, /value: "dns:a, dns:admin\.com"/);
  });
  it('finds the issuer in a chain that begins with the certificate', async () => {
    const chain = ['leaf.pem', 'ca.pem'].map((file) => readFileSync(new URL(file, folder), 'latin1')).join('');
    const { status } = await run('crl --crl good.crl --certificate leaf.pem --issuer -', chain);
    assert.equal(status, 0);
  });
  it('reads the standard input', async () => {
    const pem = readFileSync(new URL('leaf.pem', folder), 'latin1');
    assert.match((await run('show -', pem)).out, /subject: CN=jira\.example\.com/);
  });
  it('says where bytes cannot be read', async () => {
    assert.deepEqual(await document('show -', '\x30\x80\x00\x00'), {
      exit: 1,
      verdict: 'invalid',
      status: 'unreadable',
      code: 'X509_DER_LENGTH_INDEFINITE',
    });
  });
  for (const line of [
    '',
    'toString',
    'show',
    'show nothing-there',
    'validate --leaf leaf.pem',
    'crl --crl good.crl',
    'show leaf.pem --colour red',
    'crl --crl good.crl --certificate leaf.pem --issuer ca.pem --at yesterday',
  ])
    it(`answers 2 and the usage to "${line}"`, async () => {
      const { status, out, err } = await run(line);
      assert.deepEqual([status, out, err.includes('sallyport x509 show FILE')], [2, '', true]);
    });
});
