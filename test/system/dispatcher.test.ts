import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialEvidence, EvidenceSink } from '@sallyport/tls-dialer';
import { Authority, clientCertificate, dispatcherTo, startTlsServer, targetAt } from './far-side.ts';

const authority = new Authority();
const identity = authority.server();
const options = {
  cert: identity.certificatePem,
  key: identity.keyPem,
  ca: authority.root.certificatePem,
  requestCert: true,
  rejectUnauthorized: true,
  maxVersion: 'TLSv1.2',
} as const;

const sinkInto = (records: DialEvidence[]): EvidenceSink => ({
  admits: () => true,
  take: (evidence) => void records.push(evidence),
});

describe('the dispatcher of the Jira client', () => {
  it('uses one judged connection for many requests, its evidence handed over before the first', async () => {
    const server = await startTlsServer(options);
    const records: DialEvidence[] = [];
    const dispatcher = dispatcherTo(
      () => targetAt(server.port, authority, { clientCertificate: clientCertificate(authority.client()) }),
      {
        sink: {
          admits: () => true,
          take: (evidence) => {
            assert.equal(server.requests.length, 0);
            records.push(evidence);
          },
        },
        connections: 1,
      },
    );
    for (let round = 0; round < 5; round++) {
      const answer = await dispatcher.request({ origin: `https://localhost:${server.port}`, path: '/', method: 'GET' });
      assert.equal(await answer.body.text(), 'ok');
    }
    assert.equal(records.length, 1);
    assert.equal(records[0]?.clientCertificate.sent, true);
    await dispatcher.close();
    await server.close();
  });

  it('asks for the target at each new socket, so that the next uses a swapped certificate', async () => {
    const server = await startTlsServer(options, (socket) =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'),
    );
    const [first, second] = [authority.client(), authority.client()];
    let current = first;
    const dispatcher = dispatcherTo(
      () => targetAt(server.port, authority, { clientCertificate: clientCertificate(current) }),
      { sink: sinkInto([]), connections: 1 },
    );
    const get = async (): Promise<string> => {
      const answer = await dispatcher.request({ origin: `https://localhost:${server.port}`, path: '/', method: 'GET' });
      return answer.body.text();
    };
    await get();
    current = second;
    await get();
    assert.equal(new Set(server.clients).size, 2);
    await dispatcher.close();
    await server.close();
  });

  it('opens nothing where the evidence cannot be kept, for another host, or with an expired certificate of ours', async () => {
    const server = await startTlsServer({ ...options, rejectUnauthorized: false });
    const target = targetAt(server.port, authority);
    const origin = `https://localhost:${server.port}`;
    const full = dispatcherTo(() => target, {
      sink: { admits: () => false, take: () => assert.fail('nothing was dialled') },
      connections: 1,
    });
    await assert.rejects(full.request({ origin, path: '/', method: 'GET' }), {
      code: 'evidence-unavailable',
      actor: 'operator',
    });
    const other = dispatcherTo(() => target, { sink: sinkInto([]), connections: 1 });
    for (const elsewhere of ['https://other.example', `http://localhost:${server.port}`, 'https://localhost:1'])
      await assert.rejects(other.request({ origin: elsewhere, path: '/', method: 'GET' }), {
        code: 'address-forbidden',
      });
    const expired = clientCertificate(authority.client({ from: -30, until: -1 }));
    const late = dispatcherTo(() => ({ ...target, clientCertificate: expired }), {
      sink: sinkInto([]),
      connections: 1,
    });
    await assert.rejects(late.request({ origin, path: '/', method: 'GET' }), { code: 'client-certificate-expired' });
    assert.deepEqual([server.requests, server.clients], [[], []], 'it was not even shown');
    for (const dispatcher of [full, other, late]) await dispatcher.destroy();
    await server.close();
  });

  it('ends a socket at the first end of validity, and opens another for the next request', async () => {
    const server = await startTlsServer(options);
    const records: DialEvidence[] = [];
    const soon = 2_000 / 86_400_000;
    const briefly = clientCertificate(authority.client({ until: soon }));
    let certificate = briefly;
    const dispatcher = dispatcherTo(() => targetAt(server.port, authority, { clientCertificate: certificate }), {
      sink: sinkInto(records),
      connections: 1,
    });
    const get = async (): Promise<void> => {
      const answer = await dispatcher.request({ origin: `https://localhost:${server.port}`, path: '/', method: 'GET' });
      await answer.body.dump();
    };
    await get();
    certificate = clientCertificate(authority.client());
    const end = Date.now() + 5_000;
    while (server.sockets[0]?.destroyed === false) {
      assert.ok(Date.now() < end, 'the socket was not ended');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await get();
    assert.equal(records.length, 2);
    await dispatcher.close();
    await server.close();
  });
});
