import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CertificateRequest, CertificateUpload, IntakeFinding } from '@sallyport/console-api';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('what an intake says', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let outside = '';
  const file = (text: string) => ({ name: 'a.pem', base64: Buffer.from(text).toString('base64') });

  const judged = async (path: string, body: object): Promise<CertificateUpload> => {
    const asked = await world.web.ask('POST', `/api/v1${path}`, { body });
    assert.equal(asked.status, 202, asked.text);
    await connector.work();
    return (await world.web.ask('GET', `/api/v1/certificate-uploads/${(asked.body as { id: string }).id}`))
      .body as CertificateUpload;
  };
  const about = () => ({ kind: 'operator-named', policy: 'agreed-private-ca', anchorsPem: world.rootPem });
  const found = ({ findings }: CertificateUpload, code: string): IntakeFinding | undefined =>
    findings.find((one) => one.code === code);

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('told-1', join(world.database.dataDirectory, 'connector'));
    await world.allowPrivate();
    outside = ((await world.web.ask('POST', '/api/v1/customers', { body: { name: 'Outside' } })).body as { id: string })
      .id;
  });
  after(async () => world?.stop());

  for (const [sentence, at, words] of [
    ['is in a directory', () => 'ldap://directory.example/cn=Issuing', /ldap:\/\/directory\S*: It is no plain http/],
    ['is not there', () => `${world.origin}/absent.crt`, /absent\.crt: HTTP 404\)/],
    ['is no issuer of it', () => `${world.origin}/root.crl`, /root\.crl: it holds no certificate that issued/],
    ['is too large', () => `${world.origin}/large`, /large: It has more than 65536 bytes\)/],
    ['is named nowhere', () => null, /fetched \(the certificate names no address for it\)/],
  ] as const) {
    it(`names why a missing issuer could not be fetched that ${sentence}`, async () => {
      const key = newKey();
      const { certificatePem } = world.issue({}, key, at());
      const upload = await judged('/certificate-uploads', { ...about(), files: [file(certificatePem + key)] });
      assert.match(found(upload, 'chain-incomplete')?.message ?? '', words);
    });
  }

  it('names an address that may not be dialled', async () => {
    const key = newKey();
    const upload = await judged('/certificate-uploads', {
      ...about(),
      kind: 'customer-custom',
      customerId: outside,
      files: [file(world.issue({}, key).certificatePem + key)],
    });
    assert.match(
      found(upload, 'chain-incomplete')?.message ?? '',
      /issuing\.crt: .*(private|loopback|not allowed|forbidden)/i,
    );
  });

  it('tells of keys that came with a certificate and are not its own', async () => {
    const key = newKey();
    const { chainPem } = world.issue({}, key);
    const upload = await judged('/certificate-uploads', {
      ...about(),
      files: [file(chainPem + newKey() + key + newKey())],
    });
    assert.equal(upload.state, 'taken');
    const told = found(upload, 'keys-unused');
    assert.deepEqual([told?.severity, told?.actor], ['warns', 'operator']);
    assert.match(told?.message ?? '', /^2 keys in the files belong to another certificate and were not kept/);
  });

  it('tells of a key that came back with the certificate of a request', async () => {
    const asked = await world.web.ask('POST', '/api/v1/certificate-requests', {
      body: { ...about(), commonName: 'jira.customer.example', dnsNames: ['jira.customer.example'] },
    });
    await connector.work();
    const { id } = asked.body as CertificateRequest;
    const { requestPem } = (await world.web.ask('GET', `/api/v1/certificate-requests/${id}`))
      .body as CertificateRequest;
    const { publicKey } = readCertificationRequest(readPem(requestPem ?? '')[0]?.der ?? new Uint8Array());
    const { chainPem } = world.issue({}, writePem('PUBLIC KEY', publicKey.der));
    const upload = await judged(`/certificate-requests/${id}/certificate`, { files: [file(chainPem + newKey())] });
    assert.equal(upload.state, 'taken');
    assert.match(found(upload, 'keys-unused')?.message ?? '', /^A key came with it and was not kept: .* made inside/);
  });
});
