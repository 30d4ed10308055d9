import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type {
  CertificateRequest,
  CertificateUpload,
  ClientCertificateDetail,
  ProblemDocument,
} from '@sallyport/console-api';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import { judgeInventoryAgain } from '../../programs/connector/src/certificates/judge-again.ts';
import { startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('a key that is made inside', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;

  const ask = (body: object) =>
    world.web.ask('POST', '/api/v1/certificate-requests', {
      body: { kind: 'operator-named', policy: 'agreed-private-ca', anchorsPem: world.rootPem, ...body },
    });
  const stored = async (): Promise<number> =>
    ((await world.web.ask('GET', '/api/v1/certificate-requests')).body as { items: unknown[] }).items.length;

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('names-1', join(world.database.dataDirectory, 'connector'));
    await world.allowPrivate();
  });
  after(async () => world?.stop());

  for (const [sentence, body, path, code] of [
    [
      'a wildcard as a named one',
      { commonName: 'Client', dnsNames: ['*.ours.example'] },
      'dnsNames',
      'kind-with-wildcard',
    ],
    [
      'no wildcard as a wildcard',
      { kind: 'operator-wildcard', commonName: 'a.ours.example', dnsNames: ['a.ours.example'] },
      'dnsNames',
      'kind-without-wildcard',
    ],
    ['a wildcard without any name', { kind: 'operator-wildcard', commonName: 'Client' }, 'dnsNames', 'names-missing'],
    [
      'a name outside its domain',
      { domain: 'ours.example', commonName: 'Client', dnsNames: ['a.ours.example', 'b.theirs.example'] },
      'dnsNames',
      'outside-domain',
    ],
    [
      'a common name outside its domain',
      { domain: 'ours.example', commonName: 'b.theirs.example' },
      'commonName',
      'outside-domain',
    ],
    ['a kind of key that nobody makes', { commonName: 'Client', keyType: 'rsa1024' }, 'keyType', 'invalid_value'],
  ] as const) {
    it(`is not made for ${sentence}: that is told at its field, before an authority is paid`, async () => {
      const before = await stored();
      const { status, text, body: refused } = await ask(body);
      assert.equal(status, 422, text);
      const fault = (refused as ProblemDocument).fields.find((one) => one.code === code);
      assert.equal(fault?.path, path, text);
      assert.equal(await stored(), before);
    });
  }

  it('is told where its certificate has other names than were asked for, at the intake and each day after', async () => {
    const asked = await ask({ commonName: 'a.ours.example', dnsNames: ['a.ours.example', 'b.ours.example'] });
    assert.equal(asked.status, 202, asked.text);
    await connector.work();
    const { id } = asked.body as CertificateRequest;
    const request = (await world.web.ask('GET', `/api/v1/certificate-requests/${id}`)).body as CertificateRequest;
    const [block] = readPem(request.requestPem ?? '');
    const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
    const { chainPem } = world.issue(
      { commonName: 'a.ours.example', purpose: { kind: 'client', dnsNames: ['a.ours.example', 'c.ours.example'] } },
      writePem('PUBLIC KEY', publicKey.der),
    );
    const given = await world.web.ask('POST', `/api/v1/certificate-requests/${id}/certificate`, {
      body: { files: [{ name: 'a.pem', base64: Buffer.from(chainPem).toString('base64') }] },
    });
    assert.equal(given.status, 202, given.text);
    await connector.work();
    const upload = (await world.web.ask('GET', `/api/v1/certificate-uploads/${(given.body as { id: string }).id}`))
      .body as CertificateUpload;
    assert.equal(upload.state, 'taken', JSON.stringify(upload.findings));
    const told = upload.findings.find(({ code }) => code === 'names-differ');
    assert.deepEqual([told?.severity, told?.actor], ['warns', 'operator']);
    assert.match(told?.message ?? '', /lacks b\.ours\.example and names c\.ours\.example/);
    await sql`update client_certificate set judged_at = now() - interval '2 days'`.execute(world.owner.db);
    await judgeInventoryAgain(connector);
    const { body } = await world.web.ask('GET', `/api/v1/client-certificates/${upload.certificateId}`);
    assert.ok((body as ClientCertificateDetail).findings.some(({ code }) => code === 'names-differ'));
  });
});
