/** A connector that dies in a step of a swap: nothing half is written, and another makes the step. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { advanceSwap, openStore, type Store } from '@sallyport/store';
import { SwapStages, type Stage } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

describe('a step of a swap whose connector dies before its commit', () => {
  /** What makes each next step possible, and where it leads. */
  const pending: Record<Stage, { ready: (id: string) => Promise<unknown>; next: string }> = {
    validated: { ready: (id) => world.ask(id, 'trusted'), next: 'trust-announced' },
    'trust-announced': { ready: async () => undefined, next: 'canary' },
    canary: {
      ready: async (id) => {
        const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
        await world.ask(id, 'schedule', { windowStartsAt: later(1), windowEndsAt: later(2) });
      },
      next: 'canary',
    },
    scheduled: { ready: (id) => stages.shiftInstants(id, 3_700_000), next: 'active' },
    active: {
      ready: async (id) => {
        await stages.shiftInstants(id, 60_000);
        await stages.probe(id);
      },
      next: 'observed',
    },
    observed: { ready: (id) => world.ask(id, 'finish'), next: 'done' },
  };
  for (const [state, { ready, next }] of Object.entries(pending) as [Stage, (typeof pending)['canary']][])
    it(`loses nothing when a connector dies in the step after ${state}: nothing half is written, and another makes it`, async () => {
      const { id, connection } = await stages.upTo(state);
      if (state !== 'active') await ready(id);
      else await stages.shiftInstants(id, 60_000);
      const sight =
        state === 'trust-announced'
          ? await stages.canarySight(id)
          : state === 'active'
            ? ({ kind: 'probe', accepted: true, message: null, evidence: {} } as const)
            : null;
      const before = await world.slot(connection);
      await killedIn(async (store) => void (await advanceSwap(store, connectorScope, id, sight)));
      assert.deepEqual(await world.slot(connection), before);
      const { swap } = await world.swap(id);
      assert.equal(swap.state, state);
      const serves = state === 'active' || state === 'observed';
      assert.ok(before.currentId !== null && serves === (before.previousId !== null), 'both, or one and nothing moved');
      await world.advance(id, sight);
      assert.equal((await world.swap(id)).swap.state, next);
    });
});

/** Runs the work on a connection of its own whose server process is ended before it can commit. */
async function killedIn(work: (store: Store) => Promise<void>): Promise<void> {
  const store = openStore({ url: world.database.connector, applicationName: 'test-killed', maximumConnections: 1 });
  const query = store.pool.connect.bind(store.pool);
  const client = await query();
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  // The commit never leaves: the process is gone.
  (client as { query: unknown }).query = (...given: unknown[]) => {
    const [text] = given as [string | { text?: string }];
    const statement = typeof text === 'string' ? text : (text.text ?? '');
    if (statement === 'commit') {
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      return Promise.reject(new Error('killed'));
    }
    return send(...given);
  };
  client.release();
  await assert.rejects(work(store));
  await store.close().catch(() => undefined);
}
