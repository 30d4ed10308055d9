/** What is known of the revocation of our own certificates: fetched in their way, and used for as long as it holds. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CertificateUpload } from '@sallyport/console-api';
import { fetchSourceNow, listClientCertificateStatuses, listSources, writeSetting } from '@sallyport/store';
import { Counters } from '../../programs/connector/src/counters.ts';
import { judgeOwnCertificates } from '../../programs/connector/src/revocation/own-certificates.ts';
import { setSandboxSourcesAside } from '../../programs/connector/src/revocation/sandbox-sources.ts';
import { SourceMirror } from '../../programs/connector/src/revocation/source-mirror.ts';
import { askDueSources } from '../../programs/connector/src/revocation/source-plan.ts';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { operator } from './stored-connection.ts';

const hour = 3_600_000;

describe('what is held about our own certificates', () => {
  let world: IntakeWorld;
  let connector: IntakeConnectorOfTest;
  let mirror: SourceMirror;
  let certificatePem: string;
  let certificateId: string;

  const status = async (now = Date.now(), id = certificateId): Promise<string> => {
    await judgeOwnCertificates(connector, now);
    const known = await listClientCertificateStatuses(world.store, operator);
    const one = known.find(({ clientCertificateId }) => clientCertificateId === id);
    return `${one?.status} ${one?.code}`;
  };
  /** Brings a certificate in, with its intermediate or without. */
  const brought = async (what: 'whole' | 'alone', anchorsPem: string) => {
    const key = newKey();
    const issued = world.issue({}, key);
    const pem = what === 'whole' ? issued.chainPem : issued.certificatePem;
    const {
      status: answered,
      text,
      body,
    } = await world.web.ask('POST', '/api/v1/certificate-uploads', {
      body: {
        kind: 'operator-named',
        policy: 'agreed-private-ca',
        anchorsPem,
        files: [{ name: 'a.pem', base64: Buffer.from(pem + key).toString('base64') }],
      },
    });
    assert.equal(answered, 202, text);
    await connector.work();
    const upload = (await world.web.ask('GET', `/api/v1/certificate-uploads/${(body as { id: string }).id}`))
      .body as CertificateUpload;
    return { certificatePem: issued.certificatePem, certificateId: upload.certificateId ?? '' };
  };
  const list = async () => {
    const found = (await listSources(world.store, operator, new Date())).find(({ url }) =>
      url.endsWith('/issuing.crl'),
    );
    assert.ok(found, 'the list of our authority is among the sources');
    return found;
  };
  const askDue = () => askDueSources({ ...connector, egressGroup: 'default', counters: new Counters() }, mirror);
  const fetchNow = async () => {
    await fetchSourceNow(world.store, operator, (await list()).id);
    const before = world.asked.length;
    await askDue();
    return { ...(await list()), asked: world.asked.length - before };
  };
  const mayDialPrivately = (allowed: boolean) =>
    sql`update terms set document = jsonb_set(document, '{allowPrivate}', ${String(allowed)}::jsonb)`.execute(
      world.owner.db,
    );

  before(async () => {
    world = await startIntakeWorld();
    connector = await world.connector('own-1', join(world.database.dataDirectory, 'connector'));
    mirror = new SourceMirror(world.store, connector.revocation.host, connector.revocation.folder);
    // A connection of some customer may dial private addresses; none shows the certificate.
    await world.allowPrivate();
    ({ certificatePem, certificateId } = await brought('whole', world.rootPem));
    await mirror.write();
  });
  after(async () => world?.stop());

  it('counts from the intake on, and to the end of its window', async () => {
    assert.equal(await status(), 'good X509_REVOCATION_GOOD');
    assert.equal(await status(Date.now() + 23 * hour), 'good X509_REVOCATION_GOOD');
    assert.match(await status(Date.now() + 25 * hour), /^unknown /);
    assert.equal(await status(), 'good X509_REVOCATION_GOOD');
  });

  it('is fetched in the way of their owner’s connections where somebody wants it now, though none shows them', async () => {
    const { asked, error, sha256 } = await fetchNow();
    assert.deepEqual([asked > 0, error], [true, null]);
    assert.ok(sha256);
  });

  it('is about a certificate that the agreed authority itself signed, too', async () => {
    const { certificateId: id } = await brought('alone', world.issuingPem);
    assert.equal(await status(Date.now(), id), 'good X509_REVOCATION_GOOD');
  });

  it('stays where a fetch is refused, and where it fails', async () => {
    await mayDialPrivately(false);
    const refused = await fetchNow();
    assert.equal(refused.error?.code, 'source-address-forbidden');
    assert.match(
      refused.error.message,
      /allow private addresses in the terms of a connection that needs this source\.$/,
    );
    assert.ok(refused.sha256, 'what was held is held');
    assert.equal(await status(), 'good X509_REVOCATION_GOOD');
    await mayDialPrivately(true);
    world.sourcesAre('away');
    const failed = await fetchNow();
    assert.equal(failed.error?.code, 'source-http-status');
    assert.ok(failed.sha256, 'what was held is held');
    assert.equal(await status(), 'good X509_REVOCATION_GOOD');
    world.sourcesAre('there');
    assert.equal((await fetchNow()).error, null);
  });

  it('stays when a check of the sandbox sets aside what dials go by, and is asked for anew at once', async () => {
    await writeSetting(world.owner, 'sandbox', { controlUrl: `${world.origin}/` });
    for (const isAway of [true, false]) {
      world.sourcesAre(isAway ? 'away' : 'there');
      await setSandboxSourcesAside({ ...connector, callStore: world.store });
      assert.equal(await status(), 'good X509_REVOCATION_GOOD');
      const before = world.asked.length;
      await askDue();
      assert.ok(world.asked.length > before, 'it was asked');
      assert.equal(await status(), 'good X509_REVOCATION_GOOD');
    }
    world.revoke(certificatePem);
    await setSandboxSourcesAside({ ...connector, callStore: world.store });
    await askDue();
    assert.equal(await status(), 'revoked X509_REVOCATION_REVOKED');
  });
});
