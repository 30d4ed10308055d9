import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CertificateUpload, ProblemDocument } from '@sallyport/console-api';
import { startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('an upload that nobody opens', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let lost: IntakeConnectorOfTest;

  const upload = async (): Promise<string> => {
    const { status, text, body } = await world.web.ask('POST', '/api/v1/certificate-uploads', {
      body: { kind: 'operator-named', files: [{ name: 'a', base64: Buffer.from('anything').toString('base64') }] },
    });
    assert.equal(status, 202, text);
    return (body as { id: string }).id;
  };
  const found = async (id: string): Promise<CertificateUpload> =>
    (await world.web.ask('GET', `/api/v1/certificate-uploads/${id}`)).body as CertificateUpload;
  const minutesPass = async (connectorId: string, uploadId: string, minutes: number): Promise<void> => {
    await sql`update connector set heartbeat_at = now() - make_interval(mins => ${minutes}) where id = ${connectorId}`.execute(
      world.owner.db,
    );
    await sql`update certificate_upload set uploaded_at = now() - make_interval(mins => ${minutes}) where id = ${uploadId}`.execute(
      world.owner.db,
    );
  };
  const sealedOf = async (id: string): Promise<unknown> =>
    (await sql<{ sealed: unknown }>`select sealed from certificate_upload where id = ${id}`.execute(world.owner.db))
      .rows[0]?.sealed;
  const eventsOf = async (id: string): Promise<string[]> =>
    (
      await sql<{
        action: string;
      }>`select action from audit_event where subject = ${`certificate-upload:${id}`} order by id`.execute(
        world.owner.db,
      )
    ).rows.map(({ action }) => action);

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('end-1', join(world.database.dataDirectory, 'connector'));
    // The newest key that is held is sealed to.
    lost = await world.connector('end-2', join(world.database.dataDirectory, 'lost'));
  });
  after(async () => world?.stop());

  it('as its connector is gone waits for it for three minutes, then is refused by any that runs, with who must act', async () => {
    const id = await upload();
    assert.deepEqual([(await found(id)).state, (await found(id)).openers], ['waiting', 1]);
    await minutesPass('end-2', id, 2);
    await connector.work();
    assert.deepEqual([(await found(id)).state, (await found(id)).openers], ['waiting', 0], 'it may just be restarted');
    await minutesPass('end-2', id, 4);
    await connector.work();
    const ended = await found(id);
    assert.deepEqual([ended.state, ended.openers], ['refused', null]);
    assert.deepEqual(
      ended.findings.map(({ code, severity, actor }) => [code, severity, actor]),
      [['upload-key-gone', 'blocks', 'operator']],
    );
    assert.match(ended.findings[0]?.message ?? '', /No connector that can open it runs.*Upload it again/);
    assert.equal(await sealedOf(id), null);
    assert.deepEqual(await eventsOf(id), ['certificate-upload.received', 'certificate-upload.refused']);
  });

  it('is opened after all where no other ran meanwhile and its connector starts again', async () => {
    await lost.beat();
    const id = await upload();
    await minutesPass('end-2', id, 60);
    // It looks for work before it has said that it lives.
    await lost.work();
    assert.deepEqual(
      (await found(id)).findings.map(({ code }) => code),
      ['FILE_UNREADABLE'],
    );
  });

  it('is called back by a person while it waits, and only then', async () => {
    await lost.beat();
    const id = await upload();
    const cancel = () => world.web.ask('DELETE', `/api/v1/certificate-uploads/${id}`);
    const cancelled = await cancel();
    assert.equal(cancelled.status, 200, cancelled.text);
    assert.equal((cancelled.body as CertificateUpload).state, 'cancelled');
    assert.equal(await sealedOf(id), null);
    assert.deepEqual(await eventsOf(id), ['certificate-upload.received', 'certificate-upload.cancelled']);
    await lost.work();
    assert.equal((await found(id)).state, 'cancelled');
    const again = await cancel();
    assert.deepEqual([again.status, (again.body as ProblemDocument).code], [409, 'certificate-upload-not-waiting']);
    assert.equal((await world.web.ask('DELETE', `/api/v1/certificate-uploads/${crypto.randomUUID()}`)).status, 404);
  });
});
