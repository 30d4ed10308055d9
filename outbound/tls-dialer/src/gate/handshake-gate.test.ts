import assert from 'node:assert/strict';
import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { before, describe, it } from 'node:test';
import { tls12Six } from '@sallyport/tls-policy';
import { readCertificate, readPem, utcInstant } from '@sallyport/x509';
import type { VerifiedPath } from '@sallyport/x509';
import { defaultDeadlineMilliseconds } from '../dial-target.ts';
import { judgeFlight } from '../judge-flight.ts';
import { readAnchors } from '../trust-list.ts';
import type { ServerFlight } from './flight.ts';
import {
  alert,
  applicationData,
  changeCipherSpec,
  emptyRecord,
  handshakeRecords,
  helloRequest,
  message,
  recordFlight,
} from '../../../../test/system/flight-recording.ts';
import { record } from '../../../../test/system/tls-records.ts';
import type { Recording } from '../../../../test/system/flight-recording.ts';
import type { GateFailure } from './gate-failure.ts';
import { HandshakeGate } from './handshake-gate.ts';

interface Seen {
  readonly gate: HandshakeGate;
  flight: ServerFlight | null;
  failure: GateFailure | null;
  /** What came through to OpenSSL's side, and what left to the far side. */
  readonly through: Buffer[];
  readonly left: Buffer[];
  readonly far: ReturnType<typeof duplexPair>[0];
}

function newGate(): Seen {
  const [near, far] = duplexPair();
  const seen: Seen = {
    gate: new HandshakeGate(near, tls12Six, {
      onFlight: (flight) => {
        seen.flight = flight;
      },
      onFailure: (failure) => {
        seen.failure = failure;
      },
    }),
    flight: null,
    failure: null,
    through: [],
    left: [],
    far,
  };
  seen.gate.on('data', (bytes: Buffer) => seen.through.push(bytes));
  seen.gate.on('error', () => undefined);
  far.on('data', (bytes: Buffer) => seen.left.push(bytes));
  far.on('error', () => undefined);
  return seen;
}

/** Sends pieces from the far side and waits until the gate has decided, or has read everything. */
async function feed(pieces: readonly Buffer[], end = false): Promise<Seen> {
  const seen = newGate();
  for (const piece of pieces) if (!seen.far.destroyed) seen.far.write(piece);
  if (end) seen.far.end();
  await new Promise((resolve) => setImmediate(resolve));
  if (seen.failure !== null || end) await seen.gate.gone;
  return seen;
}

function assertShut(seen: Seen, code: string | null, about: string): void {
  assert.equal(seen.failure?.code ?? null, code, about);
  assert.deepEqual(seen.through, [], `${about}: nothing came through`);
  for (const bytes of seen.left) assert.equal(bytes[0], 21, `${about}: nothing but an alert left`);
}

describe('the handshake gate', () => {
  let recording: Recording;
  let stream: Buffer;
  before(async () => {
    recording = await recordFlight({ requestCertificate: true, suite: 'ECDHE-ECDSA-AES128-GCM-SHA256' });
    ({ stream } = recording);
  });

  it('holds a whole flight, cut at any byte and whole, and lets nothing through', async () => {
    for (const cut of [0, 1, 5, 90, stream.length - 1]) {
      const seen = await feed([handshakeRecords(stream.subarray(0, cut)), handshakeRecords(stream.subarray(cut))]);
      assertShut(seen, null, `cut at ${cut}`);
      assert.equal(seen.flight?.chain.length, 2);
      assert.equal(seen.flight?.certificateRequest?.authorities.length, 1);
    }
    const bytewise = await feed([...handshakeRecords(stream)].map((byte) => Buffer.from([byte])));
    assertShut(bytewise, null, 'a byte a time');
    assert.notEqual(bytewise.flight, null);
  });

  const injections: readonly { sentence: string; bytes: () => Buffer; code: string }[] = [
    { sentence: 'a fatal alert', bytes: () => alert(2, 80), code: 'peer-closed' },
    { sentence: 'close_notify', bytes: () => alert(1, 0), code: 'peer-closed' },
    { sentence: 'five warnings', bytes: () => Buffer.concat(Array(5).fill(alert(1, 112))), code: 'tls-protocol-error' },
    {
      sentence: 'an alert of a level that does not exist',
      bytes: () => record(21, Buffer.from([3, 0])),
      code: 'tls-protocol-error',
    },
    { sentence: 'a cut alert', bytes: () => record(21, Buffer.from([1])), code: 'tls-protocol-error' },
    { sentence: 'ChangeCipherSpec', bytes: () => changeCipherSpec, code: 'tls-protocol-error' },
    { sentence: 'application data', bytes: () => applicationData, code: 'tls-protocol-error' },
    { sentence: 'an empty record', bytes: () => emptyRecord, code: 'tls-protocol-error' },
    { sentence: 'a heartbeat', bytes: () => record(24, Buffer.from([1, 0, 0])), code: 'tls-protocol-error' },
    {
      sentence: 'a record that is too long',
      bytes: () => Buffer.from([22, 3, 3, 0x40, 0x01]),
      code: 'tls-protocol-error',
    },
  ];
  for (const { sentence, bytes, code } of injections)
    it(`is shut for good by ${sentence} at each byte border of the flight`, async () => {
      for (let cut = 0; cut < stream.length; cut++) {
        const pieces = [handshakeRecords(stream.subarray(0, cut)), bytes(), handshakeRecords(stream.subarray(cut))];
        const seen = await feed([Buffer.concat(pieces)]);
        assertShut(seen, code, `at ${cut}`);
        assert.equal(seen.flight, null);
        assert.throws(() => seen.gate.open({} as VerifiedPath), TypeError);
      }
    });

  it('is shut for good by the end of the stream at each byte', async () => {
    const bytes = handshakeRecords(stream);
    for (let cut = 0; cut < bytes.length; cut++)
      assertShut(await feed([bytes.subarray(0, cut)], true), 'peer-closed', `at ${cut}`);
  });

  it('holds a warning alert at each byte border and passes no more than the flight would', async () => {
    for (let cut = 0; cut < stream.length; cut++) {
      const pieces = [handshakeRecords(stream.subarray(0, cut)), alert(1, 112), handshakeRecords(stream.subarray(cut))];
      const seen = await feed([Buffer.concat(pieces)]);
      assertShut(seen, null, `at ${cut}`);
      assert.deepEqual(seen.flight?.warningAlerts, [112]);
    }
  });

  it('takes no HelloRequest, doubled, missing or exchanged message', async () => {
    const { messages } = recording;
    const orders: Buffer[][] = [];
    messages.forEach((one, at) => {
      orders.push([...messages.slice(0, at), message(0, Buffer.alloc(0)), ...messages.slice(at)]);
      orders.push([...messages.slice(0, at + 1), one, ...messages.slice(at + 1)]);
      const next = messages[at + 1];
      if (next !== undefined) orders.push([...messages.slice(0, at), next, one, ...messages.slice(at + 2)]);
      // Only the request for our certificate may be missing.
      if (one[0] !== 13 && one[0] !== 14) orders.push(messages.filter((other) => other !== one));
    });
    for (const order of orders) {
      const sequence = order.map((one) => one[0]).join(' ');
      const seen = await feed([handshakeRecords(Buffer.concat(order))]);
      assertShut(seen, 'tls-protocol-error', sequence);
      const apart = await feed(order.map(handshakeRecords));
      assertShut(apart, 'tls-protocol-error', sequence);
    }
  });

  it('takes nothing after ServerHelloDone, in the same record or another', async () => {
    const after = [
      helloRequest,
      changeCipherSpec,
      applicationData,
      alert(1, 112),
      emptyRecord,
      handshakeRecords(stream),
    ];
    for (const more of after) {
      assertShut(await feed([handshakeRecords(stream), more]), 'tls-protocol-error', 'later');
      assertShut(await feed([Buffer.concat([handshakeRecords(stream), more])]), 'tls-protocol-error', 'at once');
    }
    assertShut(
      await feed([handshakeRecords(Buffer.concat([stream, message(0, Buffer.alloc(0))]))]),
      'tls-protocol-error',
      'in the same record',
    );
  });

  it('takes no abbreviated handshake, NewSessionTicket or Finished', async () => {
    const hello = recording.messages[0] ?? Buffer.alloc(0);
    for (const more of [
      changeCipherSpec,
      record(22, message(4, Buffer.alloc(6))),
      record(22, message(20, Buffer.alloc(12))),
    ])
      assertShut(await feed([handshakeRecords(hello), more]), 'tls-protocol-error', 'abbreviated');
  });

  it('refuses a chain of 100 certificates, one of 100 KiB, and a flight of 10 MB, in bounded memory', async () => {
    const hello = recording.messages[0] ?? Buffer.alloc(0);
    const chainOf = (certificates: readonly Buffer[]): Buffer => {
      const sized = certificates.map((one) => Buffer.concat([length24(one.length), one]));
      const list = Buffer.concat(sized);
      return message(11, Buffer.concat([length24(list.length), list]));
    };
    const small = Buffer.alloc(500, 0x30);
    const flights: [string, Buffer][] = [
      ['100 certificates', Buffer.concat([hello, chainOf(Array(100).fill(small))])],
      ['11 certificates', Buffer.concat([hello, chainOf(Array(11).fill(small))])],
      ['110 KB', Buffer.concat([hello, chainOf([Buffer.alloc(110_000, 0x30)])])],
      ['no certificate', Buffer.concat([hello, chainOf([])])],
      ['an empty certificate', Buffer.concat([hello, chainOf([Buffer.alloc(0)])])],
      ['10 MB announced', Buffer.concat([hello, Buffer.from([11, 0x98, 0x96, 0x80])])],
    ];
    for (const [name, flight] of flights)
      assertShut(await feed([handshakeRecords(flight)]), 'tls-protocol-error', name);
    const megabytes = Buffer.alloc(10_000_000, handshakeRecords(stream.subarray(0, stream.length - 4)));
    assertShut(await feed([megabytes]), 'tls-protocol-error', '10 MB');
  });

  it('names what is no TLS, another version, and suites and groups that were not offered', async () => {
    assertShut(await feed([Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]), 'not-tls', 'HTTP');
    assertShut(await feed([Buffer.from([0x16, 0x01, 0x01])]), 'not-tls', 'another major version');
    assertShut(await feed([alert(2, 70)]), 'protocol-version', 'alert 70');
    assertShut(await feed([alert(2, 40)]), 'no-common-suite', 'alert 40 first');
    const hello = Buffer.from(recording.messages[0] ?? []);
    hello.writeUInt16BE(0x0302, 4);
    assertShut(await feed([handshakeRecords(hello)]), 'protocol-version', 'TLS 1.1');
    const suite = Buffer.from(recording.messages[0] ?? []);
    const suiteAt = 4 + 2 + 32 + 1 + (suite[38] ?? 0);
    suite.writeUInt16BE(0xc009, suiteAt);
    assertShut(await feed([handshakeRecords(suite)]), 'tls-protocol-error', 'a suite with CBC');
    const group = Buffer.from(stream);
    const keyExchangeAt = stream.indexOf(recording.messages[2] ?? Buffer.alloc(0));
    group.writeUInt16BE(30, keyExchangeAt + 5);
    assertShut(await feed([handshakeRecords(group)]), 'tls-protocol-error', 'X448');
  });

  it('opens for a verified path of the held chain only', async () => {
    const anchors = readAnchors(recording.anchorPem);
    assert.ok(anchors.ok);
    const pathFor = (flight: ServerFlight): VerifiedPath => {
      const target = {
        host: 'localhost',
        port: 443,
        connectTo: null,
        policy: tls12Six,
        anchors: anchors.anchors,
        allowPrivate: true,
        revocation: 'soft',
        clientCertificate: null,
        at: null,
        deadlineMilliseconds: defaultDeadlineMilliseconds,
      } as const;
      const { path } = judgeFlight(flight, target, utcInstant(Date.now()));
      assert.ok(path !== null);
      return path;
    };
    const first = await feed([handshakeRecords(stream)]);
    assert.ok(first.flight !== null);
    const path = pathFor(first.flight);
    const lookAlike = {
      certificates: path.certificates,
      anchor: path.anchor,
      at: path.at,
      firstNotAfter: path.firstNotAfter,
    };
    assert.throws(() => first.gate.open(lookAlike as unknown as VerifiedPath), TypeError);

    // Another server's chain under the same root would do as a path, but not for this chain.
    const other = await recordFlight({ requestCertificate: true, suite: 'ECDHE-ECDSA-AES128-GCM-SHA256' });
    const second = await feed([handshakeRecords(other.stream)]);
    assert.throws(() => second.gate.open(path), TypeError);
    assert.deepEqual([first.through, second.through], [[], []]);

    first.gate.open(path);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(Buffer.concat(first.through), handshakeRecords(stream));
  });

  it('lets nothing but one ClientHello out while it is shut', async () => {
    const hello = handshakeRecords(message(1, Buffer.alloc(100)));
    const seen = newGate();
    seen.gate.write(hello);
    await once(seen.far, 'data');
    assert.deepEqual(Buffer.concat(seen.left), hello);
    seen.gate.write(applicationData);
    await seen.gate.gone;
    assert.deepEqual(Buffer.concat(seen.left), hello);
    for (const bytes of [applicationData, changeCipherSpec, handshakeRecords(message(11, Buffer.alloc(3)))]) {
      const another = newGate();
      another.gate.write(bytes);
      await another.gate.gone;
      assert.deepEqual(another.left, []);
    }
  });

  it('tells the far side why it refuses, and closes', async () => {
    const seen = await feed([handshakeRecords(stream)]);
    await seen.gate.refuse(48);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(Buffer.concat(seen.left), alert(2, 48));
    assert.deepEqual(seen.through, []);
    assert.throws(() => seen.gate.open({} as VerifiedPath), TypeError);
  });

  it('reads the chain as it was sent', async () => {
    const seen = await feed([handshakeRecords(stream)]);
    const leaf = readCertificate(seen.flight?.chain[0] ?? new Uint8Array());
    assert.equal(leaf.subject.toString().includes('CN=Server'), true);
    assert.equal(readPem(recording.anchorPem).length, 1);
  });
});

function length24(length: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(length, 0, 3);
  return bytes;
}
