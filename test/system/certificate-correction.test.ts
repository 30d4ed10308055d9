import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CertificateUpload, ClientCertificateDetail, ProblemDocument } from '@sallyport/console-api';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('what was said of a certificate when it came in', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let customerId = '';
  let certificateId = '';
  let files = '';

  const uploaded = async (more: object): Promise<CertificateUpload> => {
    const { status, text, body } = await world.web.ask('POST', '/api/v1/certificate-uploads', {
      body: {
        kind: 'operator-named',
        policy: 'agreed-private-ca',
        files: [{ name: 'a.pem', base64: Buffer.from(files).toString('base64') }],
        ...more,
      },
    });
    assert.equal(status, 202, text);
    await connector.work();
    return (await world.web.ask('GET', `/api/v1/certificate-uploads/${(body as { id: string }).id}`))
      .body as CertificateUpload;
  };
  const patch = (body: object) => world.web.ask('PATCH', `/api/v1/client-certificates/${certificateId}`, { body });
  const detail = async (): Promise<ClientCertificateDetail> =>
    (await world.web.ask('GET', `/api/v1/client-certificates/${certificateId}`)).body as ClientCertificateDetail;
  /** Asked, judged by a connector, and what stands there then. */
  const corrected = async (body: object): Promise<ClientCertificateDetail> => {
    const { status, text, body: asked } = await patch(body);
    assert.equal(status, 200, text);
    assert.equal((asked as ClientCertificateDetail).correction?.state, 'waiting');
    await connector.work();
    return detail();
  };
  const codes = ({ findings }: Pick<ClientCertificateDetail, 'findings'>): string[] =>
    findings.filter(({ severity }) => severity !== 'informs').map(({ code }) => code);

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('correct-1', join(world.database.dataDirectory, 'connector'));
    customerId = await world.allowPrivate();
    const key = newKey();
    files = world.issue({}, key).chainPem + key;
    const taken = await uploaded({});
    assert.ok(codes(taken).includes('no-agreed-root'), JSON.stringify(taken.findings));
    certificateId = taken.certificateId ?? '';
  });
  after(async () => world?.stop());

  it('is corrected on its page, which the upload of the same certificate names', async () => {
    const again = await uploaded({ anchorsPem: world.rootPem, kind: 'operator-wildcard' });
    assert.deepEqual([again.state, again.certificateId], ['refused', certificateId]);
    assert.match(again.findings[0]?.message ?? '', /as operator-named.*nothing was changed.*correct/i);
    const now = await corrected({ anchorsPem: world.rootPem, domain: 'customer.example' });
    assert.deepEqual(codes(now), []);
    assert.deepEqual([now.correction, now.domain], [null, 'customer.example']);
    assert.equal(now.agreedRoots.length, 1);
    assert.match(now.agreedRoots[0]?.subject ?? '', /^CN=Agreed Root/);
    assert.equal(now.checks?.trust.status, 'pass');
    const { rows } = await sql<{
      action: string;
      detail: { before: object; now: object };
    }>`select action, detail from audit_event
      where subject = ${`client-certificate:${certificateId}`} and action like '%correct%' order by id`.execute(
      world.owner.db,
    );
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['client-certificate.correction-asked', 'client-certificate.corrected'],
    );
    assert.deepEqual(rows[1]?.detail.before, {
      kind: 'operator-named',
      domain: null,
      policy: 'agreed-private-ca',
      roots: 0,
    });
  });

  for (const [sentence, change, code] of [
    ['a domain that its names do not lie under', { domain: 'elsewhere.example' }, 'outside-domain'],
    ['a kind that its names do not fit', { kind: 'operator-wildcard' }, 'kind-without-wildcard'],
    ['a policy that its issuer does not fit', { policy: 'public-third-party' }, 'X509_ISSUER_NOT_FOUND'],
  ] as const) {
    it(`is not changed to ${sentence}: that would block it, and is said`, async () => {
      const before = await detail();
      const now = await corrected(change);
      assert.equal(now.correction?.state, 'refused');
      assert.ok(
        now.correction?.findings.some((one) => one.code === code && one.actor !== null),
        JSON.stringify(now),
      );
      for (const fact of ['kind', 'domain', 'policy', 'blocking', 'warnings', 'findings'] as const)
        assert.deepEqual(now[fact], before[fact]);
    });
  }

  it('has another owner only by its end and another upload; a key is no root', async () => {
    const otherOwner = await patch({ kind: 'customer-custom' });
    assert.deepEqual(
      [otherOwner.status, (otherOwner.body as ProblemDocument).fields[0]?.path],
      [422, 'kind'],
      otherOwner.text,
    );
    const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const pasted = await patch({ anchorsPem: world.rootPem + keyPem });
    assert.deepEqual([pasted.status, (pasted.body as ProblemDocument).fields[0]?.path], [422, 'anchorsPem']);
    const { name } = (await patch({ name: 'Only its name' })).body as ClientCertificateDetail;
    assert.equal(name, 'Only its name');
  });

  it('as another’s is told, and no second record is made of it', async () => {
    const others = await uploaded({ kind: 'customer-custom', customerId, anchorsPem: world.rootPem });
    assert.deepEqual([others.state, others.certificateId], ['refused', null]);
    assert.deepEqual(
      others.findings.map(({ code, severity, actor }) => [code, severity, actor]),
      [['in-inventory-of-another', 'blocks', 'operator']],
    );
    assert.match(others.findings[0]?.message ?? '', /as one of ours.*Retire it there/);
  });

  it('stays as it is once it is retired; then it may come in under its right owner', async () => {
    const retired = await world.web.ask('POST', `/api/v1/client-certificates/${certificateId}/retire`, {
      body: { reason: 'brought under the wrong owner' },
    });
    assert.equal(retired.status, 200, retired.text);
    const refused = await patch({ domain: null });
    assert.deepEqual([refused.status, (refused.body as ProblemDocument).code], [409, 'client-certificate-retired']);
    const others = await uploaded({ kind: 'customer-custom', customerId, anchorsPem: world.rootPem });
    assert.equal(others.state, 'taken', JSON.stringify(others.findings));
  });
});
