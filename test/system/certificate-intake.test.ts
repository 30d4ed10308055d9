import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type {
  CertificateRequest,
  CertificateUpload,
  ClientCertificateDetail,
  ServerCertificate,
} from '@sallyport/console-api';
import { jobScope } from '@sallyport/store';
import { openSecret } from '@sallyport/store/open-sealed';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import { judgeInventoryAgain, judgeWebCertificates } from '../../programs/connector/src/certificates/judge-again.ts';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { until } from './sync-world.ts';

const base64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64');
const file = (data: string | Uint8Array, name = 'file') => ({ name, base64: base64(data) });

describe('a certificate that comes in', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let customerId = '';

  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T; text: string }> => {
    const answer = await world.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.status, body: answer.body as T, text: answer.text };
  };
  const about = () => ({
    kind: 'customer-custom',
    customerId,
    domain: 'customer.example',
    policy: 'agreed-private-ca',
    anchorsPem: world.rootPem,
    contacts: { owner: { name: 'Ada', email: 'ada@customer.example' } },
  });
  /** Uploads, lets the connector work, gives what came of it. */
  const uploaded = async (files: unknown[], more: object = {}): Promise<CertificateUpload> => {
    const answer = await call<CertificateUpload>('POST', '/certificate-uploads', { ...about(), files, ...more });
    assert.equal(answer.status, 202, answer.text);
    assert.equal(answer.body.state, 'waiting');
    return judged(answer.body.id);
  };
  const judged = async (id: string): Promise<CertificateUpload> => {
    await connector.work();
    return (await call<CertificateUpload>('GET', `/certificate-uploads/${id}`)).body;
  };
  const blocking = (upload: CertificateUpload): string[] =>
    upload.findings.filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
  const requested = async (more: object = {}): Promise<CertificateRequest> => {
    const asked = await call<CertificateRequest>('POST', '/certificate-requests', {
      ...about(),
      commonName: 'jira.customer.example',
      dnsNames: ['jira.customer.example'],
      ...more,
    });
    assert.equal(asked.status, 202, asked.text);
    await connector.work();
    return (await call<CertificateRequest>('GET', `/certificate-requests/${asked.body.id}`)).body;
  };
  /** What an authority makes of a request: here for the public key in it. */
  const issuedFor = (request: CertificateRequest): string => {
    const [block] = readPem(request.requestPem ?? '');
    const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
    return world.issue({}, writePem('PUBLIC KEY', publicKey.der)).certificatePem;
  };

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('intake-1', join(world.database.dataDirectory, 'connector'));
    customerId = (await call<{ id: string }>('POST', '/customers', { name: 'Customer' })).body.id;
    await world.allowPrivate(customerId);
  });
  after(async () => world?.stop());

  it('by PEM, in any order and with strangers, is judged, sealed anew and in the inventory', async () => {
    const key = newKey();
    const made = world.issue({}, key);
    const stranger = world.issue({ commonName: 'stranger' }).certificatePem;
    const upload = await uploaded([
      file(stranger, 'a.pem'),
      file(key, 'key.pem'),
      file(world.issuingPem + made.certificatePem, 'b.pem'),
    ]);
    assert.deepEqual([upload.state, blocking(upload)], ['taken', []], JSON.stringify(upload.findings));
    assert.ok(upload.strangers.some((subject) => subject.includes('stranger')));
    const { body: shown } = await call<ClientCertificateDetail>('GET', `/client-certificates/${upload.certificateId}`);
    assert.deepEqual(
      [shown.custody, shown.policy, shown.domain, shown.contacts?.owner.name, shown.customerName, shown.chain.length],
      ['uploaded', 'agreed-private-ca', 'customer.example', 'Ada', 'Customer', 3],
    );
    assert.deepEqual(
      Object.values(shown.checks ?? {}).map(({ status }) => status),
      ['pass', 'pass', 'pass', 'pass', 'pass'],
    );
    assert.ok(shown.daysLeft > 199 && shown.daysLeft < 201);
    // The connector, and only with its key, has the key again.
    const { rows } = await sql<{
      id: string;
    }>`select key_secret_id as id from client_certificate where id = ${shown.id}`.execute(world.owner.db);
    const opened = await openSecret(world.store, jobScope('test', customerId), connector.sealKey, rows[0]?.id ?? '');
    assert.equal(opened.replaceAll(/\s/g, ''), key.replaceAll(/\s/g, ''));
    const { rows: kept } = await sql<{
      sealed: Buffer | null;
    }>`select sealed from certificate_upload where id = ${upload.id}`.execute(world.owner.db);
    assert.equal(kept[0]?.sealed, null);
  });

  it('without its intermediate is completed from where it names it, and that is shown', async () => {
    const key = newKey();
    const upload = await uploaded([file(world.issue({ commonName: 'short' }, key).certificatePem + key)]);
    assert.equal(upload.state, 'taken', JSON.stringify(upload.findings));
    assert.ok(upload.findings.some(({ code }) => code === 'chain-completed-by-fetch'));
    assert.ok(world.asked.includes('/issuing.crt'));
    const { body: shown } = await call<ClientCertificateDetail>('GET', `/client-certificates/${upload.certificateId}`);
    assert.equal(shown.fetchedSha256.length, 1);
    assert.ok(shown.chainPem.includes(world.issuingPem.split('\n')[2] ?? 'none'));
  });

  it('twice is known the second time, and nothing changes', async () => {
    const key = newKey();
    const files = [file(world.issue({ commonName: 'twice' }, key).chainPem + key)];
    const first = await uploaded(files);
    const second = await uploaded(files);
    assert.deepEqual([first.state, second.state, blocking(second)], ['taken', 'refused', ['already-in-inventory']]);
    assert.equal(second.certificateId, first.certificateId);
  });

  it('twice at the same time is in the inventory once', async () => {
    const key = newKey();
    const files = [file(world.issue({ commonName: 'at once' }, key).chainPem + key)];
    const [one, other] = await Promise.all(
      [0, 1].map(() => call<CertificateUpload>('POST', '/certificate-uploads', { ...about(), files })),
    );
    const rival = await world.connector('intake-2', join(world.database.dataDirectory, 'connector'));
    await Promise.all([connector.work(), rival.work()]);
    const states = [await judged(one?.body.id ?? ''), await judged(other?.body.id ?? '')].map(({ state }) => state);
    assert.deepEqual(states.toSorted(), ['refused', 'taken']);
  });

  for (const [sentence, code, files, more] of [
    [
      'with the key of another certificate',
      'key-of-another-certificate',
      () => [file(world.issue().chainPem), file(newKey())],
      {},
    ],
    ['without a key', 'key-absent', () => [file(world.issue().chainPem)], {}],
    ['that has expired', 'X509_EXPIRED', () => own({ notBefore: Date.now() - 9e9, notAfter: Date.now() - 1e9 }), {}],
    [
      'for servers only',
      'no-client-auth',
      () => own({ purpose: { kind: 'server', dnsNames: ['jira.customer.example'] } }),
      {},
    ],
    [
      'under another domain',
      'outside-domain',
      () => own({ purpose: { kind: 'client', dnsNames: ['jira.other.example'] } }),
      {},
    ],
    [
      'of a public authority, as was said, and is none',
      'X509_ISSUER_NOT_FOUND',
      () => own({}),
      { policy: 'public-third-party', anchorsPem: undefined },
    ],
    ['with nothing in it', 'FILE_UNREADABLE', () => [file('no certificate')], {}],
    ['with authorities only', 'authorities-only', () => [file(world.rootPem)], {}],
    ['several at once with their keys', 'several-certificates', () => [...own({}), ...own({})], {}],
  ] as const)
    it(`${sentence} is refused: ${code}, with who can act`, async () => {
      const upload = await uploaded(files(), more);
      assert.equal(upload.state, 'refused');
      const found = upload.findings.find((one) => one.code === code && one.severity === 'blocks');
      assert.ok(found, JSON.stringify(upload.findings));
      assert.notEqual(found.actor, null);
    });
  const own = (subject: Parameters<IntakeWorld['issue']>[0]) => {
    const key = newKey();
    return [file(world.issue(subject, key).chainPem + key)];
  };

  it('that is revoked is refused, by what its authority says', async () => {
    const key = newKey();
    const made = world.issue({ commonName: 'revoked' }, key);
    world.revoke(made.certificatePem);
    // Another host, which holds no list from before.
    const other = await world.connector('intake-3', join(world.database.dataDirectory, 'connector'));
    const answer = await call<CertificateUpload>('POST', '/certificate-uploads', {
      ...about(),
      files: [file(made.chainPem + key)],
    });
    await other.work();
    const { body: upload } = await call<CertificateUpload>('GET', `/certificate-uploads/${answer.body.id}`);
    assert.deepEqual(blocking(upload), ['X509_REVOCATION_REVOKED']);
  });

  it('of five megabytes is refused with its size before it is sealed, and no body is cut off on the way', async () => {
    const one = world.issue().chainPem;
    const text = one.repeat(Math.ceil(5_000_000 / one.length));
    const answer = await call<{ code: string; fields: { code: string }[] }>('POST', '/certificate-uploads', {
      ...about(),
      files: [file(text)],
    });
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.fields[0]?.code],
      [422, 'request-invalid', 'upload-too-large'],
    );
  });

  it('by PKCS#12 says whether the password is wrong', async (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return t.skip('openssl is not installed');
    const key = newKey();
    const made = world.issue({ commonName: 'pkcs12' }, key);
    const folder = mkdtempSync(join(world.database.dataDirectory, 'pkcs12-'));
    writeFileSync(join(folder, 'all.pem'), made.chainPem + key);
    const pkcs12 = execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-legacy',
      '-in',
      join(folder, 'all.pem'),
      '-passout',
      'pass:right',
    ]);
    assert.deepEqual(blocking(await uploaded([file(pkcs12)], { password: 'wrong' })), ['PKCS12_PASSWORD_WRONG']);
    assert.equal((await uploaded([file(pkcs12)], { password: 'right' })).state, 'taken');
  });

  for (const keyType of ['p256', 'p384', 'rsa3072'] as const)
    it(`for a key that was made inside is matched to its request, and exported without the key: ${keyType}`, async () => {
      const request = await requested({ keyType });
      assert.deepEqual([request.state, request.keyType], ['open', keyType]);
      const answer = await call<CertificateUpload>('POST', `/certificate-requests/${request.id}/certificate`, {
        files: [file(world.issuingPem), file(issuedFor(request))],
      });
      const upload = await judged(answer.body.id);
      assert.equal(upload.state, 'taken', JSON.stringify(upload.findings));
      const after = await call<CertificateRequest>('GET', `/certificate-requests/${request.id}`);
      assert.deepEqual([after.body.state, after.body.certificateId], ['fulfilled', upload.certificateId]);
      const exported = await call<{ certificatePem: string; chainPem: string; requestPem: string }>(
        'GET',
        `/client-certificates/${upload.certificateId}/export`,
      );
      assert.equal(exported.body.requestPem, request.requestPem);
      assert.ok(exported.body.certificatePem !== '' && exported.body.chainPem.includes('BEGIN CERTIFICATE'));
      assert.ok(!exported.text.includes('PRIVATE'));
    });

  it('for another request is told so, and both requests stay open', async () => {
    const [one, other] = [await requested(), await requested()];
    const answer = await call<CertificateUpload>('POST', `/certificate-requests/${one.id}/certificate`, {
      files: [file(issuedFor(other))],
    });
    assert.deepEqual(blocking(await judged(answer.body.id)), ['certificate-of-another-request']);
    for (const { id } of [one, other])
      assert.equal((await call<CertificateRequest>('GET', `/certificate-requests/${id}`)).body.state, 'open');
  });

  it('for no request of ours is told so', async () => {
    const request = await requested();
    const answer = await call<CertificateUpload>('POST', `/certificate-requests/${request.id}/certificate`, {
      files: [file(world.issue().chainPem)],
    });
    assert.deepEqual(blocking(await judged(answer.body.id)), ['certificate-of-another-key']);
  });

  it('finds its request also where it is uploaded without naming one', async () => {
    const request = await requested();
    const upload = await uploaded([file(issuedFor(request))]);
    assert.equal(upload.state, 'taken', JSON.stringify(upload.findings));
    const { body } = await call<ClientCertificateDetail>('GET', `/client-certificates/${upload.certificateId}`);
    assert.deepEqual([body.custody, body.requestId], ['made-inside', request.id]);
  });

  it('cannot be given back for a request that was given up, whose key is gone', async () => {
    const request = await requested();
    const gone = await call<CertificateRequest>('POST', `/certificate-requests/${request.id}/withdraw`, {
      reason: 'ordered twice',
    });
    assert.equal(gone.body.state, 'withdrawn');
    const answer = await call<{ code: string }>('POST', `/certificate-requests/${request.id}/certificate`, {
      files: [file(issuedFor(request))],
    });
    assert.deepEqual([answer.status, answer.body.code], [409, 'certificate-request-not-open']);
    const { rows } = await sql`select 1 from sealed_secret s where s.purpose = 'client-key'
      and not exists (select 1 from client_certificate c where c.key_secret_id = s.id)
      and not exists (select 1 from certificate_request r where r.key_secret_id = s.id)`.execute(world.owner.db);
    assert.equal(rows.length, 0);
  });

  it('that was changed in the database on its way is refused', async () => {
    const answer = await call<CertificateUpload>('POST', '/certificate-uploads', { ...about(), files: own({}) });
    await sql`update certificate_upload set sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1) where id = ${answer.body.id}`.execute(
      world.owner.db,
    );
    assert.deepEqual(blocking(await judged(answer.body.id)), ['upload-not-opened']);
  });

  it('as the web tier’s own is in the inventory with the same checks', async () => {
    const list = async () =>
      (await call<{ items: ServerCertificate[] }>('GET', '/server-certificates')).body.items[0] ?? null;
    const shown = await until('the certificate is shown', list);
    assert.deepEqual([shown.names.includes('dns:localhost'), shown.judgedAt, shown.checks], [true, null, null]);
    await judgeWebCertificates(connector);
    const judgedNow = await list();
    assert.deepEqual([judgedNow?.checks?.validity.status, judgedNow?.checks?.name.status], ['pass', 'pass']);
    // It signs itself: browsers do not trust it, and the inventory says so.
    assert.equal(judgedNow?.checks?.trust.status, 'fail');
    assert.ok(judgedNow?.findings.some(({ severity, actor }) => severity === 'blocks' && actor !== null));
    const { rows } = await sql<{
      action: string;
    }>`select action from audit_event where subject = ${`server-certificate:${shown.sha256}`}`.execute(world.owner.db);
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['server-certificate.findings-changed'],
    );
  });

  it('that was good and is revoked later is told by the daily judgement, and stays where it is', async () => {
    const key = newKey();
    const made = world.issue({ commonName: 'later' }, key);
    const upload = await uploaded([file(made.chainPem + key)]);
    assert.equal(upload.state, 'taken');
    world.revoke(made.certificatePem);
    await sql`update client_certificate set judged_at = now() - interval '2 days' where id = ${upload.certificateId}`.execute(
      world.owner.db,
    );
    // Another host, which holds no list from before.
    await judgeInventoryAgain(await world.connector('intake-4', join(world.database.dataDirectory, 'connector')));
    const { body } = await call<ClientCertificateDetail>('GET', `/client-certificates/${upload.certificateId}`);
    assert.equal(body.blocking, 1);
    assert.equal(body.checks?.revocation.code, 'X509_REVOCATION_REVOKED');
    const { rows } = await sql<{ detail: { now: string[] } }>`select detail from audit_event
      where subject = ${`client-certificate:${upload.certificateId}`} and action = 'client-certificate.findings-changed'`.execute(
      world.owner.db,
    );
    assert.deepEqual(rows.at(-1)?.detail.now, ['X509_REVOCATION_REVOKED']);
  });

  it('of an owner whose connections may not dial private addresses has nothing fetched from there', async () => {
    const other = (await call<{ id: string }>('POST', '/customers', { name: 'Without private addresses' })).body.id;
    const key = newKey();
    const made = world.issue({ commonName: 'outside' }, key);
    const before = world.asked.length;
    const upload = await uploaded([file(made.certificatePem + key)], { customerId: other });
    assert.deepEqual(blocking(upload), ['X509_ISSUER_NOT_FOUND', 'chain-incomplete']);
    assert.equal(world.asked.length, before);
  });

  it('asks for what fits: a customer for a custom one, none for the operator’s', async () => {
    for (const [change, code] of [
      [{ customerId: undefined }, 'customer-missing'],
      [{ kind: 'operator-named' }, 'customer-not-fitting'],
    ] as const) {
      const answer = await call<{ fields: { code: string }[] }>('POST', '/certificate-uploads', {
        ...about(),
        files: own({}),
        ...change,
      });
      assert.deepEqual([answer.status, answer.body.fields[0]?.code], [422, code]);
    }
  });
});
