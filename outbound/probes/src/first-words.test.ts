import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeClientHello } from './hello/client-hello.ts';
import { readFirstWords } from './hello/first-words.ts';
import { suiteNumbers } from './hello/suite-numbers.ts';

const record = (type: number, ...payload: number[]): Buffer =>
  Buffer.from([type, 3, 3, payload.length >> 8, payload.length & 255, ...payload]);

function serverHello(version: number, suite: number, extensions: readonly number[]): number[] {
  const body = [
    version >> 8,
    version & 255,
    ...Array.from({ length: 32 }, () => 7),
    0,
    suite >> 8,
    suite & 255,
    0,
    extensions.length >> 8,
    extensions.length & 255,
    ...extensions,
  ];
  return [2, 0, body.length >> 8, body.length & 255, ...body];
}

const renegotiationInfo = [0xff, 1, 0, 1, 0];

describe('the first words of a far side', () => {
  it('tell the version and the suite, also in pieces, and whether renegotiation is secure', () => {
    const bytes = Buffer.concat([
      record(22, ...serverHello(0x0303, 0xc02f, renegotiationInfo)),
      record(22, 14, 0, 0, 0),
    ]);
    for (let length = 0; length < bytes.length; length++)
      assert.equal(readFirstWords(bytes.subarray(0, length)).done, false);
    const words = readFirstWords(bytes);
    assert.deepEqual([words.version, words.suite, words.secureRenegotiation, words.done], [0x0303, 0xc02f, true, true]);
  });

  it('tell a server without secure renegotiation', () => {
    assert.equal(readFirstWords(record(22, ...serverHello(0x0303, 0xc02f, []))).secureRenegotiation, false);
  });

  it('end with ServerHello where TLS 1.3 was chosen, as all else is encrypted', () => {
    const words = readFirstWords(record(22, ...serverHello(0x0303, 0x1301, [0, 43, 0, 2, 3, 4])));
    assert.deepEqual([words.version, words.done], [0x0304, true]);
  });

  it('tell an alert, and the version of the record that bore it', () => {
    const words = readFirstWords(Buffer.from([21, 3, 2, 0, 2, 2, 40]));
    assert.deepEqual([words.alert, words.alertVersion, words.done, words.notTls], [40, 0x0302, true, false]);
  });

  it('tell what is no TLS', () => {
    for (const text of ['HTTP/1.1 400 Bad Request\r\n', 'SSH-2.0-OpenSSH_9.2\r\n', '220 mail ready\r\n'])
      assert.equal(readFirstWords(Buffer.from(text)).notTls, true, text);
  });

  it('take bytes of chance without a fault', () => {
    let seed = 1;
    const chance = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    for (let round = 0; round < 2_000; round++) {
      const bytes = Buffer.from(Array.from({ length: chance() % 80 }, () => chance() & 255));
      if (bytes.length > 6 && round % 2 === 0) bytes.set([22, 3, 3, 0, bytes.length - 5]);
      assert.equal(typeof readFirstWords(bytes).done, 'boolean');
    }
  });
});

describe('a hello of our own', () => {
  const offer = {
    version: 0x0303,
    offersTls13: false,
    suites: suiteNumbers(['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']),
    serverName: 'jira.example.com',
  };

  it('is one record with one ClientHello that fills it', () => {
    const bytes = writeClientHello(offer);
    assert.deepEqual([bytes[0], bytes[5]], [22, 1]);
    assert.equal(bytes.readUInt16BE(3), bytes.length - 5);
    assert.equal(bytes.readUIntBE(6, 3), bytes.length - 9);
  });

  it('names the server only where it shall', () => {
    assert.equal(writeClientHello(offer).includes('jira.example.com'), true);
    assert.equal(writeClientHello({ ...offer, serverName: null }).includes('jira.example.com'), false);
  });
});
