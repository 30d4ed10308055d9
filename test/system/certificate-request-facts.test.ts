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
import { startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';

describe('a request whose key was made inside', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;

  const call = <Body>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
    world.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body }) as Promise<{
      status: number;
      text: string;
      body: Body;
    }>;
  const ask = (body: object) =>
    call<CertificateRequest & ProblemDocument>('POST', '/certificate-requests', { kind: 'operator-named', ...body });
  const made = async (body: object): Promise<CertificateRequest> => {
    const asked = await ask(body);
    assert.equal(asked.status, 202, asked.text);
    await connector.work();
    return (await call<CertificateRequest>('GET', `/certificate-requests/${asked.body.id}`)).body;
  };
  /** The authority's certificate for it, given back and not judged yet. */
  const putIn = async ({ id, requestPem }: CertificateRequest, dnsNames: string[]): Promise<CertificateUpload> => {
    const [block] = readPem(requestPem ?? '');
    const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
    const subject = { purpose: { kind: 'client', dnsNames } } as const;
    const { chainPem } = world.issue(subject, writePem('PUBLIC KEY', publicKey.der));
    const given = await call<CertificateUpload>('POST', `/certificate-requests/${id}/certificate`, {
      files: [{ name: 'a.pem', base64: Buffer.from(chainPem).toString('base64') }],
    });
    assert.equal(given.status, 202, given.text);
    return given.body;
  };
  const judged = async (id: string): Promise<CertificateUpload> => {
    await connector.work();
    return (await call<CertificateUpload>('GET', `/certificate-uploads/${id}`)).body;
  };
  const givenBack = async (request: CertificateRequest): Promise<CertificateUpload> =>
    judged((await putIn(request, ['jira.customer.example'])).id);
  const events = async (id: string, action: string) =>
    (
      await sql<{ detail: Record<string, unknown> }>`select detail from audit_event
        where subject = ${`certificate-request:${id}`} and action = ${action}`.execute(world.owner.db)
    ).rows.map(({ detail }) => detail);
  const fieldCodes = ({ body }: { body: Partial<ProblemDocument> }): string[] =>
    (body.fields ?? []).map(({ path, code }) => `${path} ${code}`);

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('facts-1', join(world.database.dataDirectory, 'connector'));
    await world.allowPrivate();
  });
  after(async () => world?.stop());

  it('asks for its common name as a DNS name where no other is given', async () => {
    const { requestPem, dnsNames } = await made({ commonName: 'Jira.Customer.Example' });
    assert.deepEqual(dnsNames, ['jira.customer.example']);
    const [block] = readPem(requestPem ?? '');
    assert.ok(Buffer.from(block?.der ?? []).includes('\u0082\u0015jira.customer.example', 0, 'latin1'));
  });

  it('has DNS names in any case: a common name that is none is told at the field for them', async () => {
    assert.deepEqual(fieldCodes(await ask({ commonName: 'Sync client' })), ['dnsNames names-missing']);
  });

  for (const [sentence, body, path] of [
    ['a common name', { commonName: 'agänt.nc2.example' }, 'commonName'],
    ['a DNS name', { commonName: 'a.example', dnsNames: ['agänt.nc2.example'] }, 'dnsNames.0'],
    ['a domain', { commonName: 'a.example', domain: 'agänt.example' }, 'domain'],
  ] as const)
    it(`says how ${sentence} with other letters is written`, async () => {
      const { status, body: refused, text } = await ask(body);
      assert.equal(status, 422);
      const [fault] = refused.fields;
      assert.equal(fault?.path, path, text);
      assert.match(fault?.message ?? '', /ASCII.*xn--/);
    });

  it('whose authority was said wrongly says so, is corrected, and then takes its certificate', async () => {
    const request = await made({ commonName: 'jira.customer.example' });
    const refused = await givenBack(request);
    assert.equal(refused.state, 'refused');
    assert.deepEqual([refused.policy, refused.domain], ['public-third-party', null]);
    const corrected = await call<CertificateRequest>('PATCH', `/certificate-requests/${request.id}`, {
      policy: 'agreed-private-ca',
      anchorsPem: world.rootPem,
      domain: 'customer.example',
      contacts: { owner: { name: 'Ada', email: 'ada@customer.example' } },
    });
    assert.equal(corrected.status, 200, corrected.text);
    assert.deepEqual([corrected.body.policy, corrected.body.domain], ['agreed-private-ca', 'customer.example']);
    assert.match(corrected.body.agreedRoots[0]?.pem ?? '', /^-----BEGIN CERTIFICATE-----/);
    assert.equal(corrected.body.requestPem, request.requestPem);
    const taken = await givenBack(request);
    assert.equal(taken.state, 'taken', JSON.stringify(taken.findings));
    const { body } = await call<ClientCertificateDetail>('GET', `/client-certificates/${taken.certificateId}`);
    assert.deepEqual(
      [body.policy, body.domain, body.contacts?.owner.name],
      ['agreed-private-ca', 'customer.example', 'Ada'],
    );
    const [event] = await events(request.id, 'certificate-request.corrected');
    assert.deepEqual(event?.before, {
      kind: 'operator-named',
      name: 'jira.customer.example',
      domain: null,
      policy: 'public-third-party',
    });
    const late = await call<ProblemDocument>('PATCH', `/certificate-requests/${request.id}`, { domain: null });
    assert.deepEqual([late.status, late.body.code], [409, 'certificate-request-not-open']);
  });

  it('that came with the wrong kind takes its certificate under the right one, also where that waits already', async () => {
    const wildcard = { kind: 'operator-wildcard', policy: 'agreed-private-ca', anchorsPem: world.rootPem };
    const request = await made({ ...wildcard, commonName: '*.customer.example' });
    // As it was taken before names were held against kinds.
    await sql`update certificate_request set kind = 'operator-named' where id = ${request.id}`.execute(world.owner.db);
    const given = await putIn(request, ['*.customer.example']);
    const corrected = await call('PATCH', `/certificate-requests/${request.id}`, { kind: 'operator-wildcard' });
    assert.equal(corrected.status, 200, corrected.text);
    const taken = await judged(given.id);
    assert.equal(taken.state, 'taken', JSON.stringify(taken.findings));
    const { body } = await call<ClientCertificateDetail>('GET', `/client-certificates/${taken.certificateId}`);
    assert.equal(body.kind, 'operator-wildcard');
  });

  it('is not corrected into what its names cannot be, nor to another owner', async () => {
    const { id } = await made({ commonName: 'jira.customer.example' });
    const codes = async (body: object) =>
      fieldCodes(await call<ProblemDocument>('PATCH', `/certificate-requests/${id}`, body));
    assert.deepEqual(await codes({ kind: 'operator-wildcard' }), ['kind kind-without-wildcard']);
    assert.deepEqual(await codes({ domain: 'elsewhere.example' }), ['domain outside-domain']);
    assert.deepEqual(await codes({ kind: 'customer-custom' }), ['kind owner-is-fixed']);
    assert.deepEqual(await events(id, 'certificate-request.corrected'), []);
  });

  it('is given up with a reason, which is kept with it and in the audit; nothing of it is corrected then', async () => {
    const { id } = await made({ commonName: 'jira.customer.example' });
    const unsaid = await call<ProblemDocument>('POST', `/certificate-requests/${id}/withdraw`, { reason: ' ' });
    assert.deepEqual([unsaid.status, unsaid.body.fields[0]?.path], [422, 'reason']);
    const gone = await call<CertificateRequest>('POST', `/certificate-requests/${id}/withdraw`, {
      reason: 'ordered twice',
    });
    assert.equal(gone.status, 200, gone.text);
    assert.deepEqual([gone.body.state, gone.body.withdrawnReason], ['withdrawn', 'ordered twice']);
    assert.deepEqual(await events(id, 'certificate-request.withdrawn'), [
      { reason: 'ordered twice', keyDestroyed: true },
    ]);
    const late = await call<ProblemDocument>('PATCH', `/certificate-requests/${id}`, { domain: 'customer.example' });
    assert.deepEqual([late.status, late.body.code], [409, 'certificate-request-not-open']);
  });
});
