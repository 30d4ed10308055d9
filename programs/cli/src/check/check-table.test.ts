import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { runCheck } from './run.ts';

describe('a check that came to no handshake', () => {
  it('says that nothing was negotiated, and not what nothing is made of', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let shown = '';
    const code = await runCheck([`https://127.0.0.1:${port}/`, '--allow-private', '--revocation', 'off'], {
      out: (text) => (shown += text),
      error: (text) => (shown += text),
    });
    server.close();
    assert.equal(code, 3);
    assert.match(shown, / TLS +nothing negotiated\n/);
    assert.doesNotMatch(shown, /null/);
  });
});
