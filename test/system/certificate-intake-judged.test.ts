import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CertificateUpload, ConnectionDetail, ProblemDocument } from '@sallyport/console-api';
import { certificatesToJudge, operatorId, recordClientCertificateStatus } from '@sallyport/store';
import { judgeInventoryAgain, judgeInventoryFirst } from '../../programs/connector/src/certificates/judge-again.ts';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { setUp } from './stored-connection.ts';

describe('a certificate that nobody has judged', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let certificateId = '';
  let connections = 0;

  const call = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const answer = await world.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.status, body: answer.body as T };
  };
  const connect = (clientCertificate?: object) =>
    call<ConnectionDetail & ProblemDocument>('POST', '/connections', {
      customer: { name: 'Acme' },
      name: `Jira ${++connections}`,
      baseUrl: `https://jira-${connections}.example`,
      authentication: { kind: 'pat', token: 'a token of a test' },
      projectKeys: ['ACME'],
      contacts: { owner: { name: 'A', email: 'a@example.org' }, technical: { name: 'B', email: 'b@example.org' } },
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
    });
  const set = async (change: ReturnType<typeof sql>): Promise<void> => {
    await sql`update client_certificate set ${change} where id = ${certificateId}`.execute(world.owner.db);
  };

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('judged-1', join(world.database.dataDirectory, 'connector'));
    const keyPem = newKey();
    const texts = [keyPem, world.issue({}, keyPem).certificatePem, world.issuingPem];
    const asked = await call<CertificateUpload>('POST', '/certificate-uploads', {
      kind: 'operator-named',
      policy: 'agreed-private-ca',
      anchorsPem: world.rootPem,
      makeDefault: true,
      files: texts.map((text) => ({ name: 'file', base64: Buffer.from(text).toString('base64') })),
    });
    await connector.work();
    const { body } = await call<CertificateUpload>('GET', `/certificate-uploads/${asked.body.id}`);
    assert.ok(body.certificateId, JSON.stringify(body.findings));
    certificateId = body.certificateId;
  });
  after(async () => world?.stop());

  it('is bound to no connection, as default or by choice, until a connector has judged it', async () => {
    // As one that was put in on the database’s machine.
    await set(sql`judgement = null, judged_at = null`);
    for (const choice of [undefined, { required: true, id: certificateId }]) {
      const { status, body } = await connect(choice);
      assert.deepEqual([status, body.code, body.actor], [409, 'client-certificate-not-judged', null]);
    }
    await judgeInventoryFirst(connector);
    const { status, body } = await connect();
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal(body.clientCertificate?.id, certificateId);
  });

  it('and one that a finding blocks is bound to none: the finding says why, and who must act', async () => {
    const finding = {
      topic: 'purpose',
      code: 'not-for-clients',
      severity: 'blocks',
      message: 'It is not for clients.',
      actor: 'certificate-authority',
      from: null,
      source: null,
      sourceDate: null,
    };
    await set(sql`judgement = ${JSON.stringify({ findings: [finding] })}::jsonb`);
    const { status, body } = await connect();
    assert.deepEqual([status, body.code, body.actor], [409, 'client-certificate-blocked', 'certificate-authority']);
    assert.match(body.detail, /It is not for clients/);
    await set(sql`judged_at = now() - interval '2 days'`);
    await judgeInventoryAgain(connector);
    assert.equal((await connect()).status, 201);
  });

  it('and one that is known to be revoked, or has ended, is bound to none, whatever its judgement said before', async () => {
    const revoked = (status: 'revoked' | 'good') =>
      recordClientCertificateStatus(world.store, setUp, operatorId, {
        clientCertificateId: certificateId,
        status,
        code: 'X509_REVOCATION_REVOKED',
        message: 'It is revoked.',
        judgedAt: new Date(),
      });
    await revoked('revoked');
    const { status, body } = await connect();
    assert.deepEqual([status, body.code, body.actor], [409, 'client-certificate-blocked', 'operator']);
    assert.match(body.detail, /revoked/);
    await revoked('good');
    const { rows } = await sql<{
      end: Date;
    }>`select not_after as end from client_certificate where id = ${certificateId}`.execute(world.owner.db);
    await set(sql`not_after = now() - interval '1 minute'`);
    assert.match((await connect()).body.detail, /has ended/);
    await set(sql`not_after = ${rows[0]?.end}`);
    assert.equal((await connect()).status, 201);
  });

  it('to the end, since a source was away, is judged again in minutes', async () => {
    const due = async (): Promise<boolean> =>
      (await certificatesToJudge(world.store, setUp, new Date(0))).some(({ id }) => id === certificateId);
    await set(sql`judgement = '{"findings": []}', judged_at = now() - interval '6 minutes'`);
    assert.equal(await due(), false);
    await set(sql`judgement = '{"findings": [{"code": "X509_REVOCATION_UNDETERMINED", "severity": "warns"}]}'`);
    assert.equal(await due(), true);
    await set(sql`judged_at = now() - interval '4 minutes'`);
    assert.equal(await due(), false);
  });
});
