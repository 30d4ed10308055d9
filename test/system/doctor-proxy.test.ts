/** The doctor through a forward proxy: it hears the same first words of the far side as it does directly. */
import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { diagnose } from '@sallyport/diagnosis';
import { runDoctor } from '@sallyport/probes';
import type { DialTarget } from '@sallyport/tls-dialer';
import { tls12Four, tls13 } from '@sallyport/tls-policy';
import { Authority, clientCertificate, startTcpServer, startTlsServer, targetAt } from './far-side.ts';
import type { Wire } from './far-side.ts';

const authority = new Authority();
const ours = clientCertificate(authority.client());
const healthy: TlsOptions = { minVersion: 'TLSv1.2', requestCert: true, ca: authority.root.certificatePem };

let proxy: Wire;
before(async () => {
  proxy = await startTcpServer((near) => {
    near.once('data', (bytes: Buffer) => {
      const port = Number(/^CONNECT \S+:(\d+) /.exec(bytes.toString('latin1'))?.[1]);
      const far = connectTcp(port, '127.0.0.1');
      far.on('error', () => near.destroy());
      far.once('connect', () => {
        near.write('HTTP/1.1 200 Connection established\r\n\r\n');
        near.pipe(far).pipe(near);
      });
      near.on('close', () => far.destroy());
    });
  });
});
after(() => proxy.close());

async function examine(target: DialTarget) {
  const { observations } = await runDoctor({
    target,
    url: { href: `https://localhost:${target.port}/jira`, contextPath: '/jira' },
    negativeProbes: false,
    otherName: null,
    bearer: null,
    authentication: null,
    restPaths: null,
    lastError: null,
    serialSeenThere: null,
    timeZone: 'UTC',
  });
  return { observations, top: diagnose(observations)[0] ?? null };
}

/** Answers as Jira does to whoever has no name. */
function jiraAnswer(): string {
  const body = '{"baseUrl":"https://localhost/jira","version":"10.3.1","deploymentType":"Server"}';
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ndate: ${new Date().toUTCString()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

describe('the doctor through a forward proxy', () => {
  for (const [name, options, rule] of [
    ['a healthy far side', healthy, null],
    ['a far side of TLS 1.3 only', { ...healthy, minVersion: 'TLSv1.3' }, 'tls13-only'],
    [
      'a far side of TLS 1.1 only',
      { ...healthy, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      'tls11-at-most',
    ],
  ] as const) {
    it(`says of ${name} what it says directly, and no hello goes unheard`, async () => {
      const { certificatePem, keyPem } = authority.server();
      const server = await startTlsServer({ ...options, cert: certificatePem, key: keyPem }, (socket) =>
        socket.write(jiraAnswer()),
      );
      try {
        const target = targetAt(server.port, authority, { clientCertificate: ours, connectTo: null });
        const { anchors } = target;
        const direct = await examine(target);
        const proxied = await examine({
          ...target,
          proxy: {
            url: `http://127.0.0.1:${proxy.port}`,
            authentication: { kind: 'none' },
            anchors,
            policy: tls12Four,
            allowPrivate: true,
          },
        });
        assert.equal(direct.top?.rule ?? null, rule);
        assert.deepEqual(
          [proxied.top?.rule ?? null, proxied.top?.actor ?? null],
          [rule, direct.top?.actor ?? null],
          JSON.stringify(proxied.top),
        );
        const shown = ({ observations: { hellos } }: typeof direct) =>
          hellos.flatMap(({ probe, outcome, version }) =>
            probe.startsWith('address:') ? [] : [[probe, outcome, version]],
          );
        assert.deepEqual(shown(proxied), shown(direct));
      } finally {
        await server.close();
      }
    });
  }
});

describe('the doctor under a policy that nobody accepted', () => {
  it('dials nothing, and says that and nothing else', async () => {
    const server = await startTcpServer(() => undefined);
    try {
      const { observations, top } = await examine(
        targetAt(server.port, authority, { clientCertificate: ours, policy: tls13 }),
      );
      assert.deepEqual([top?.rule, top?.actor], ['newer-version-not-accepted', 'operator']);
      assert.deepEqual([diagnose(observations).length, observations.hellos, server.sent()], [1, [], []]);
    } finally {
      await server.close();
    }
  });
});
