import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CertificateUpload, ClientCertificateDetail } from '@sallyport/console-api';
import { judgeInventoryAgain } from '../../programs/connector/src/certificates/judge-again.ts';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('revocation at the intake of a certificate', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;

  const uploaded = async (pem: string): Promise<CertificateUpload> => {
    const { status, text, body } = await world.web.ask('POST', '/api/v1/certificate-uploads', {
      body: {
        kind: 'operator-named',
        policy: 'agreed-private-ca',
        anchorsPem: world.rootPem,
        files: [{ name: 'a.pem', base64: Buffer.from(pem).toString('base64') }],
      },
    });
    assert.equal(status, 202, text);
    await connector.work();
    return (await world.web.ask('GET', `/api/v1/certificate-uploads/${(body as { id: string }).id}`))
      .body as CertificateUpload;
  };
  const made = (commonName: string) => {
    const key = newKey();
    const { certificatePem, chainPem } = world.issue({ commonName }, key);
    return { certificatePem, files: chainPem + key };
  };
  const heldFinding = (one: Pick<CertificateUpload, 'findings'>) =>
    one.findings.find(({ code, message }) => code === 'revocation-held' && message.includes('/issuing.crl'));

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('fresh-1', join(world.database.dataDirectory, 'connector'));
    await world.allowPrivate();
  });
  after(async () => world?.stop());

  it('is asked for anew: what was revoked a minute ago is refused, though a list from before is held', async () => {
    assert.equal((await uploaded(made('first').files)).state, 'taken');
    const late = made('revoked a minute ago');
    world.revoke(late.certificatePem);
    const upload = await uploaded(late.files);
    assert.deepEqual(
      upload.findings.filter(({ severity }) => severity === 'blocks').map(({ code }) => code),
      ['X509_REVOCATION_REVOKED'],
    );
  });

  it('goes by what is held where the source is away, and says of when that is', async () => {
    world.sourcesAre('away');
    const upload = await uploaded(made('while the list is away').files);
    assert.equal(upload.state, 'taken');
    assert.equal(upload.checks?.revocation.status, 'pass');
    const told = heldFinding(upload);
    assert.deepEqual([told?.severity, told?.actor, told?.topic], ['warns', 'certificate-authority', 'five-checks']);
    assert.match(told?.message ?? '', /issuing\.crl .*\b503\b.*from before, \d+ seconds? old/);
    // Judged again, and asked again, until the source answers.
    const detail = async () =>
      (await world.web.ask('GET', `/api/v1/client-certificates/${upload.certificateId}`))
        .body as ClientCertificateDetail;
    const judgeAgain = async (): Promise<void> => {
      await sql`update client_certificate set judged_at = now() - interval '6 minutes' where id = ${upload.certificateId}`.execute(
        world.owner.db,
      );
      await judgeInventoryAgain(connector);
    };
    await judgeAgain();
    assert.ok(heldFinding(await detail()));
    world.sourcesAre('there');
    await judgeAgain();
    assert.equal(heldFinding(await detail()), undefined);
  });
});
