/** The queue's runner with a database that goes away under it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { requestJob, taskName } from '@sallyport/store';
import { runJobs } from '../../programs/connector/src/job-runner.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { operator } from './stored-connection.ts';
import { SwapWorld } from './swap-world.ts';

let world: SwapWorld;
before(async () => {
  world = await SwapWorld.start();
  await world.certificate(undefined, true);
});
after(() => world?.stop());

describe('a database that is gone as a job ends', { timeout: 60_000 }, () => {
  it('does not end the connector: the next job is done', async ({ signal }) => {
    const { pool } = world.connector;
    let isLost = false;
    const watched = new WeakSet<object>();
    // As when the server is killed just then: the client learns of it with its next write.
    pool.on('acquire', (client) => {
      if (watched.has(client)) return;
      watched.add(client);
      const send = client.query.bind(client) as (...given: unknown[]) => unknown;
      (client as { query: unknown }).query = (...given: unknown[]) => {
        const [asked] = given as [string | { text?: string }];
        const text = typeof asked === 'string' ? asked : (asked.text ?? '');
        if (isLost || !/delete from [^ ]*_private_jobs/.test(text)) return send(...given);
        isLost = true;
        return Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      };
    });
    const connection = await world.connection();
    const other = await world.connection();
    const done = Promise.withResolvers<void>();
    const runner = runJobs({
      store: world.connector,
      connectorId: 'test',
      concurrency: 1,
      tasks: {
        [taskName('sync', 'default')]: async (payload) => {
          if ((payload as { connectionId: string }).connectionId === other.id) done.resolve();
        },
      },
      releaseLocks: async () => undefined,
      log: openLog('silent', 'test'),
    });
    signal.addEventListener('abort', () => done.reject(signal.reason));
    try {
      await requestJob(world.web, operator, 'sync', connection.id);
      while (!isLost && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 20));
      await requestJob(world.web, operator, 'sync', other.id);
      // A rejection that nobody awaits ends this process, as it ended the connector.
      await done.promise;
    } finally {
      await runner.stop();
    }
    assert.ok(isLost);
  });
});
