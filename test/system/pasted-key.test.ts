import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { ProblemDocument } from '@sallyport/console-api';
import { withOwner } from './stored-connection.ts';
import { WebApiWorld, wish } from './web-api-world.ts';

const [root = ''] = rootCertificates.map((pem) => new X509Certificate(pem).toString());
const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
/** The lines between the marks: what a search for the key would look for. */
const keyLines = keyPem.split('\n').slice(1, -2);
const pem = (text: string) => ({ kind: 'pem', pem: text });

describe('a private key that is pasted where certificates belong', () => {
  let world: WebApiWorld;
  let connectionId = '';

  before(async () => {
    world = await WebApiWorld.start();
    connectionId = (await world.made({ anchors: pem(root) })).id;
  });
  after(async () => world?.stop());

  /** Each place that takes such a text: how it is sent, at which field it is refused, and whether without the key it is taken. */
  const places: readonly (readonly [
    string,
    (text: string) => Promise<{ status: number; body: unknown; text: string }>,
    string,
  ])[] = [
    [
      'the roots of an upload',
      (anchorsPem) =>
        world.api('POST', '/certificate-uploads', {
          kind: 'operator-named',
          policy: 'agreed-private-ca',
          anchorsPem,
          files: [{ name: 'a', base64: 'AAAA' }],
        }),
      'anchorsPem',
    ],
    [
      'the roots of a request',
      (anchorsPem) =>
        world.api('POST', '/certificate-requests', {
          kind: 'operator-named',
          policy: 'agreed-private-ca',
          anchorsPem,
          commonName: 'a.example',
          dnsNames: ['a.example'],
        }),
      'anchorsPem',
    ],
    [
      'the anchors of a connection',
      (text) => world.api('POST', '/connections', wish({ anchors: pem(text) })),
      'anchors.pem',
    ],
    [
      'the anchors of its proxy',
      (text) =>
        world.api('POST', '/connections', wish({ proxy: { url: 'https://proxy.example:3128', anchors: pem(text) } })),
      'proxy.anchors.pem',
    ],
    [
      'the anchors of changed terms',
      (text) => world.api('PATCH', `/connections/${connectionId}`, { anchors: pem(text) }),
      'anchors.pem',
    ],
    [
      'the anchors of a replay',
      (text) => world.api('POST', '/replays', { change: { anchors: pem(text) }, connectionIds: [] }),
      'change.anchors.pem',
    ],
  ];

  for (const [place, send, path] of places) {
    it(`is refused in ${place}, at its field, as is what is no certificate`, async () => {
      for (const text of [`${root}\n${keyPem}`, keyPem, 'no certificate at all', root.slice(0, 400)]) {
        const answer = await send(text);
        assert.equal(answer.status, 422, answer.text);
        assert.ok(
          (answer.body as ProblemDocument).fields.some((fault) => fault.path === path),
          answer.text,
        );
        for (const line of keyLines) assert.ok(!answer.text.includes(line), answer.text);
      }
      // Without its marks it is no block, and stands around the certificates: they are taken, and nothing else.
      const around = await send(`${keyLines.join('\n')}\n${root}\n${keyLines.join('\n')}`);
      assert.ok(around.status < 300, around.text);
    });
  }

  it('is refused as a CRL that is pushed', async () => {
    const answer = await world.api('POST', `/connections/${connectionId}/crls`, { crl: keyPem });
    assert.equal(answer.status, 422, answer.text);
    assert.ok(
      (answer.body as ProblemDocument).fields.some((fault) => fault.path === 'crl'),
      answer.text,
    );
  });

  it('is then in no row and no log', async () => {
    const rows: string[] = [];
    await withOwner(world.database, async ({ db }) => {
      const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class
        where relnamespace in ('sallyport'::regnamespace, 'graphile_worker'::regnamespace) and relkind = 'r'`.execute(
        db,
      );
      assert.ok(tables.length > 30);
      for (const schema of ['sallyport', 'graphile_worker'])
        for (const { name } of tables)
          rows.push(
            ...(await sql<{ row: string }>`select t::text as row from ${sql.id(schema, name)} t`.execute(db).then(
              (found) => found.rows.map(({ row }) => row),
              () => [],
            )),
          );
    });
    // Of what was taken the certificates are there: so this finds what is stored.
    assert.ok(rows.some((row) => row.includes(root.split('\n')[2] ?? 'none')));
    const all = `${rows.join('\n')}\n${world.web.log()}`;
    for (const line of keyLines) assert.ok(!all.includes(line));
  });
});
