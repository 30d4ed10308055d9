import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { sandboxFaults } from '@sallyport/console-api/sandbox-faults';
import { isLoopbackUrl, switchSandboxFault } from './index.ts';

describe("switching the sandbox's faults", () => {
  it('asks the sandbox on this machine and tells which are on', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => asked.push(`${request.url} ${chunk.toString()}`));
      request.on('end', () => response.end(JSON.stringify({ faults: ['expired'] })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const outcome = await switchSandboxFault(`http://127.0.0.1:${port}`, 'expired', true);
    server.close();
    assert.ok(outcome.ok);
    assert.equal(Object.keys(outcome.faults).length, sandboxFaults.length);
    assert.deepEqual(
      Object.keys(outcome.faults).filter((name) => outcome.faults[name]),
      ['expired'],
    );
    assert.deepEqual(asked, ['/faults {"fault":"expired","on":true}']);
    assert.deepEqual(await switchSandboxFault(`http://127.0.0.1:${port}`, 'expired', true), {
      ok: false,
      code: 'SANDBOX_UNREACHABLE',
    });
  });

  for (const url of ['https://127.0.0.1', 'http://localhost', 'http://10.0.0.1', 'http://127.0.0.1.example', 'x'])
    it(`never calls ${url}`, async () => {
      assert.equal(isLoopbackUrl(url), false);
      assert.deepEqual(await switchSandboxFault(url, 'expired', true), { ok: false, code: 'SANDBOX_NOT_LOOPBACK' });
    });
});
