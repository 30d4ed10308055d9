/** Far sides that do not keep to the handshake: nothing of ours reaches them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dial } from '@sallyport/tls-dialer';
import type { DialOutcome, DialTarget } from '@sallyport/tls-dialer';
import { readPem } from '@sallyport/x509';
import { Authority, clientCertificate, startTlsServer, startWire, targetAt } from './far-side.ts';
import { assertNothingLeft } from './nothing-sent.ts';
import { messagesOf, record } from './tls-records.ts';
import type { Forgery, RunningServer } from './far-side.ts';

const authority = new Authority();
const identity = authority.server();
const ours = clientCertificate(authority.client());
const asksForCertificate = {
  cert: identity.certificatePem,
  key: identity.keyPem,
  ca: authority.root.certificatePem,
  requestCert: true,
  rejectUnauthorized: false,
  maxVersion: 'TLSv1.2',
} as const;

describe('a dial to a far side that does not keep to the handshake', () => {
  let server: RunningServer;
  before(async () => {
    server = await startTlsServer(asksForCertificate);
  });
  after(() => server.close());

  async function dialForged(
    forge: (flight: Buffer) => Forgery,
    changes: Partial<DialTarget> = {},
  ): Promise<[DialOutcome, Buffer]> {
    const wire = await startWire(server.port, forge);
    const outcome = await dial(targetAt(wire.port, authority, { clientCertificate: ours, ...changes }));
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    const [sent = Buffer.alloc(0)] = wire.sent();
    await wire.close();
    return [outcome, sent];
  }

  const injections: readonly [string, Buffer, string][] = [
    ['a fatal alert', record(21, Buffer.from([2, 80])), 'peer-closed'],
    ['close_notify', record(21, Buffer.from([1, 0])), 'peer-closed'],
    ['HelloRequest', record(22, Buffer.from([0, 0, 0, 0])), 'tls-protocol-error'],
    ['ChangeCipherSpec', record(20, Buffer.from([1])), 'tls-protocol-error'],
    ['application data', record(23, Buffer.from('HTTP/1.1 200 OK')), 'tls-protocol-error'],
    ['an empty record', record(22, Buffer.alloc(0)), 'tls-protocol-error'],
    ['five warnings', Buffer.concat(Array(5).fill(record(21, Buffer.from([1, 112])))), 'tls-protocol-error'],
  ];
  for (const [name, injected, code] of injections)
    it(`sends neither certificate nor request when ${name} comes before any message of the flight`, async () => {
      const before = server.clients.length;
      for (let at = 0; at < 5; at++) {
        const [outcome, sent] = await dialForged((flight) => {
          const messages = messagesOf(flight).map((message) => record(22, message));
          return { pieces: [...messages.slice(0, at), injected, ...messages.slice(at)], then: 'join' };
        });
        assert.equal(outcome.verdict, 'none', `${name} at ${at}`);
        assert.equal(outcome.verdict === 'none' && outcome.error.code, code, `${name} at ${at}`);
        assertNothingLeft(sent, `${name} at ${at}`);
      }
      assert.equal(server.clients.length, before);
    });

  it('sends nothing when the stream ends anywhere in the flight', async () => {
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const [outcome, sent] = await dialForged((flight) => ({
        pieces: [flight.subarray(0, Math.floor(flight.length * share))],
        then: 'end',
      }));
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'peer-closed');
      assertNothingLeft(sent, `ends at ${share}`);
    }
  });

  it('sends nothing for doubled and exchanged messages', async () => {
    for (let at = 0; at < 5; at++)
      for (const change of ['double', 'exchange'] as const) {
        const [outcome, sent] = await dialForged((flight) => {
          const messages = messagesOf(flight);
          const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = messages.slice(at, at + 2);
          const changed =
            change === 'double'
              ? [...messages.slice(0, at), one, ...messages.slice(at)]
              : [...messages.slice(0, at), two, one, ...messages.slice(at + 2)];
          return { pieces: [record(22, Buffer.concat(changed))], then: 'join' };
        });
        // The last exchange leaves ServerHelloDone where it was: that flight is whole.
        if (change === 'exchange' && at === 4) continue;
        assert.equal(outcome.verdict === 'none' && outcome.error.code, 'tls-protocol-error', `${change} ${at}`);
        assertNothingLeft(sent, `${change} ${at}`);
      }
  });

  it('holds a warning alert and goes on, with the warning in the evidence', async () => {
    const [outcome] = await dialForged((flight) => ({
      pieces: [record(21, Buffer.from([1, 112])), flight],
      then: 'join',
    }));
    assert.equal(outcome.verdict, 'accepted');
    assert.deepEqual(outcome.evidence.warningAlerts, [112]);
  });

  it('reads a flight that comes a byte at a time', async () => {
    const [outcome] = await dialForged((flight) => ({
      pieces: [...flight].map((byte) => Buffer.from([byte])),
      then: 'join',
    }));
    assert.equal(outcome.verdict, 'accepted');
    assert.equal(outcome.evidence.clientCertificate.sent, true);
  });

  it('calls a corrupted signature of the key exchange server-key-not-proven, and sends no certificate', async () => {
    const before = server.clients.length;
    const [outcome, sent] = await dialForged((flight) => {
      const messages = messagesOf(flight).map((message) => Buffer.from(message));
      const keyExchange = messages.find((message) => message[0] === 12);
      const last = (keyExchange?.length ?? 1) - 1;
      if (keyExchange) keyExchange[last] = (keyExchange[last] ?? 0) ^ 1;
      return { pieces: messages.map((message) => record(22, message)), then: 'join' };
    });
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assert.equal(outcome.evidence.keyProven, false);
    assert.equal(outcome.evidence.report.verdict, 'accepted', 'the chain itself was good');
    assert.ok(outcome.evidence.chain.length > 0, 'shown, not proven');
    assertNothingLeft(sent, 'corrupted signature');
    assert.equal(server.clients.length, before);
  });

  it('gives a replayed flight nothing', async () => {
    let kept: Buffer | null = null;
    await dialForged((flight) => {
      kept = flight;
      return { pieces: [flight], then: 'join' };
    });
    const [outcome, sent] = await dialForged(() => ({ pieces: [kept ?? Buffer.alloc(0)], then: 'join' }));
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assertNothingLeft(sent, 'replay');
  });

  it('refuses a leaf put in the place of the real one', async () => {
    // Good under the same root, but the key exchange is signed with another key.
    const other = authority.server();
    const [outcome, sent] = await dialForged((flight) => {
      const der = Buffer.from(readPem(other.certificatePem)[0]?.der ?? []);
      const messages = messagesOf(flight).map((message) => (message[0] === 11 ? certificateMessage([der]) : message));
      return { pieces: [record(22, Buffer.concat(messages))], then: 'join' };
    });
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assertNothingLeft(sent, 'exchanged leaf');
  });

  it('reads no more of a chain of 100 certificates or a flight of 10 MB than it needs to refuse it', async () => {
    const der = Buffer.from(readPem(identity.certificatePem)[0]?.der ?? []);
    const chains: readonly [string, Buffer][] = [
      ['100 certificates', certificateMessage(Array(100).fill(der))],
      ['10 MB', certificateMessage([Buffer.alloc(10_000_000, 0x30)])],
    ];
    for (const [name, chain] of chains) {
      const [outcome, sent] = await dialForged((flight) => {
        const [hello = Buffer.alloc(0), , ...rest] = messagesOf(flight);
        const stream = Buffer.concat([hello, chain, ...rest]);
        const pieces: Buffer[] = [];
        for (let at = 0; at < stream.length; at += 16_384) pieces.push(record(22, stream.subarray(at, at + 16_384)));
        return { pieces, then: 'join' };
      });
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'tls-protocol-error', name);
      assertNothingLeft(sent, name);
    }
  });
});

function certificateMessage(certificates: readonly Buffer[]): Buffer {
  const list = Buffer.concat(certificates.map((der) => Buffer.concat([length24(der.length), der])));
  return Buffer.concat([Buffer.from([11]), length24(list.length + 3), length24(list.length), list]);
}

function length24(length: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(length, 0, 3);
  return bytes;
}
