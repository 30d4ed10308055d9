import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectAnswerFault, ConnectAnswerReader, largestConnectAnswer } from './connect-answer.ts';
import type { ConnectAnswer } from './connect-answer.ts';

function read(text: string): ConnectAnswer | null {
  return new ConnectAnswerReader().take(Buffer.from(text, 'latin1'));
}

function faultOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConnectAnswerFault) return error.message;
    throw error;
  }
  return 'none';
}

describe('the answer to CONNECT', () => {
  it('is the same however it is cut, and what stands behind it is kept for the gate', () => {
    const text =
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nproxy-authenticate: Basic realm="a"\r\nX-Squid-Error: ERR_CACHE_ACCESS_DENIED 0\r\n\r\nbehind';
    const headEnd = text.length - 'behind'.length;
    for (let cut = 1; cut < text.length; cut++) {
      const reader = new ConnectAnswerReader();
      const first = reader.take(Buffer.from(text.slice(0, cut), 'latin1'));
      const answer = first ?? reader.take(Buffer.from(text.slice(cut), 'latin1'));
      assert.equal(first === null, cut < headEnd, `cut at ${cut}`);
      assert.equal(answer?.status, 407);
      assert.deepEqual(answer?.schemes, ['Negotiate', 'Basic']);
      assert.equal(answer?.reason, 'ERR_CACHE_ACCESS_DENIED 0');
      // The first call is given only what it was cut to.
      assert.equal(answer?.rest.toString(), first === null ? 'behind' : text.slice(headEnd, cut));
    }
  });

  it('may come after interim answers, and 101 is none of them', () => {
    assert.equal(read('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx')?.status, 200);
    assert.equal(read('HTTP/1.1 101 Switching Protocols\r\n\r\n')?.status, 101);
  });

  it('is refused at its first wrong byte', () => {
    assert.match(faultOf('\u0015\u0003\u0001\u0000\u0002'), /https/);
    assert.match(faultOf('HTTP/2'), /not HTTP\/1/);
    assert.match(faultOf('SSH-2.0-OpenSSH'), /not HTTP\/1/);
    assert.match(faultOf('\r\nHTTP/1.1 200 OK'), /not HTTP\/1/);
  });

  it('is refused with a malformed status line, field, folded line or bare line end', () => {
    for (const status of ['HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'HTTP/1.1  200', 'HTTP/1.1 200OK', 'HTTP/1.9 200 OK'])
      assert.match(faultOf(`${status}\r\n\r\n`), /status line/);
    for (const line of ['no colon', 'name : value', ' folded', 'name: a\nother: b', 'name: a\u0000b'])
      assert.match(faultOf(`HTTP/1.1 200 OK\r\n${line}\r\n\r\n`), /malformed line/);
  });

  it('has 16 KiB at most, whether it ends or not, and interim answers count', () => {
    const field = `x: ${'a'.repeat(1_000)}\r\n`;
    const head = `HTTP/1.1 200 OK\r\n${field.repeat(17)}`;
    assert.ok(head.length > largestConnectAnswer);
    assert.match(faultOf(head), /longer than 16384/);
    assert.match(faultOf(`${head}\r\n`), /longer than 16384/);
    assert.match(faultOf('HTTP/1.1 100 Continue\r\n\r\n'.repeat(700)), /longer than 16384/);
    // What is behind the answer is not part of it.
    assert.equal(read(`HTTP/1.1 200 OK\r\n\r\n${'b'.repeat(20_000)}`)?.rest.length, 20_000);
  });

  it('quotes no reason but a plain word with a number', () => {
    assert.equal(read('HTTP/1.1 503 x\r\nX-Squid-Error: <script>\r\n\r\n')?.reason, null);
    assert.equal(read('HTTP/1.1 503 x\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\n\r\n')?.reason, 'ERR_CONNECT_FAIL 111');
  });
});
