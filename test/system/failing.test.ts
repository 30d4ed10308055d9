import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sandboxFaults } from '@sallyport/console-api/sandbox-faults';
import { eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

interface ShownConnection {
  readonly state: string;
  readonly lastError: { readonly code: string; readonly actor: string | null } | null;
}

describe('a connection in use', () => {
  let sallyport: RunningSallyport;
  let id: string;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await sallyport.call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const shown = async (): Promise<ShownConnection> => (await call('GET', `/connections/${id}`)) as ShownConnection;

  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '200' });
    ({ id } = (await call('POST', '/sandbox/connection')) as { id: string });
    await call('POST', `/connections/${id}/check`);
    await call('POST', `/connections/${id}/activate`);
  });
  after(async () => sallyport?.stop());

  it('can be made to fail in every way that the table of faults names', async () => {
    const { faults, faultList } = (await call('GET', '/sandbox')) as {
      faults: Record<string, boolean>;
      faultList: { name: string; label: string; shows: string }[];
    };
    assert.deepEqual(
      faultList.map(({ name }) => name),
      sandboxFaults.map(({ name }) => name),
    );
    assert.deepEqual(new Set(Object.keys(faults)), new Set(faultList.map(({ name }) => name)));
    for (const { label, shows } of faultList) assert.ok(label.length > 3 && shows.endsWith('.'), label);
  });

  it('is failing once a check refuses the far side, although sockets from before are still open', async () => {
    await eventually('issues arrive', async () => {
      const { total } = (await call('GET', `/connections/${id}/issues?limit=1`)) as { total: number };
      return total === 200 ? true : null;
    });
    await call('POST', '/sandbox/faults', { fault: 'expired', on: true });
    await call('POST', `/connections/${id}/check`);
    const { state, lastError } = await shown();
    assert.deepEqual([state, lastError?.actor], ['failing', 'customer']);
    assert.match(String(lastError?.code), /EXPIRED|validity|refused/i);
  });

  it('is active again by itself once the far side is mended', async () => {
    await call('POST', '/sandbox/faults', { fault: 'expired', on: false });
    await call('POST', `/connections/${id}/check`);
    await eventually(
      'the connection is active again',
      async () => ((await shown()).state === 'active' ? true : null),
      60_000,
    );
    assert.equal((await shown()).lastError, null);
  });
});
