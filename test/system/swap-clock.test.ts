/** The database's clock is the only one of a swap: what a jump of it does. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { claimSwaps } from '@sallyport/store';
import { withOwner } from './stored-connection.ts';
import { SwapStages } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

describe('a clock that jumps during a window', () => {
  it('past the end: what was scheduled is not activated, and waits for another window', async () => {
    const { id, connection } = await stages.upTo('scheduled');
    // The database's clock is the only one; what it would say later is what the instants of the swap say earlier.
    await stages.shiftInstants(id, 10 * 3_600_000);
    const { made, step } = await world.advance(id);
    assert.deepEqual(made, ['void-schedule']);
    assert.ok(step.do === 'wait' && step.for.code === 'window-missed');
    assert.equal((await world.slot(connection)).currentId, stages.first);
  });

  it('past the observation: nothing is observed without handshakes that were accepted at its end', async () => {
    const { id, connection } = await stages.upTo('active');
    await stages.shiftInstants(id, 2 * 3_600_000);
    const { swap, step } = await world.advance(id);
    assert.deepEqual([swap.state, step.do], ['active', 'probe']);
    assert.equal((await world.slot(connection)).previousId, stages.first, 'the old one is still ready');
  });

  it('back: it waits, and the old one stays ready', async () => {
    const { id, connection } = await stages.upTo('active');
    await stages.shiftInstants(id, -2 * 3_600_000);
    const { swap } = await world.advance(id);
    assert.equal(swap.state, 'active');
    assert.equal((await world.slot(connection)).previousId, stages.first);
  });

  it('by a day forward and back again: what was put off to a time ahead is looked at now, whoever held it', async () => {
    const { id } = await stages.upTo('validated');
    await stages.beat('dead');
    await set(
      id,
      "next_look_at = now() + interval '1 day', worked_by = 'dead', worked_until = now() + interval '1 day'",
    );
    await withOwner(world.database, async (owner) => {
      await sql`update sallyport.connector set heartbeat_at = now() + interval '1 day' where id = 'dead'`.execute(
        owner.db,
      );
    });
    const claimed = await claimSwaps(
      world.connector,
      connectorScope,
      { id: 'living', egressGroup: 'default' },
      { limit: 500, except: [] },
    );
    assert.ok(claimed.some((one) => one.id === id));
  });

  it('back after a refused canary: whoever asks for another is heard, and nobody else brings one about', async () => {
    const { id } = await stages.upTo('trust-announced');
    assert.equal((await world.canary(id, 'refused')).swap.state, 'blocked');
    await set(id, "canary = jsonb_set(canary, '{at}', to_jsonb((canary ->> 'at')::float8 + 86400000))");
    assert.equal((await world.advance(id)).swap.state, 'blocked');
    await world.ask(id, 'canary');
    assert.equal((await world.advance(id)).step.do, 'canary');
    await world.canary(id, 'refused');
    await set(id, "canary = jsonb_set(canary, '{at}', to_jsonb((canary ->> 'at')::float8 + 86400000))");
    await world.ask(id, 'trusted');
    assert.equal((await world.advance(id)).step.do, 'canary', 'so is the customer who says that it is trusted now');
  });

  it('back while it is blocked: whoever resumes is heard', async () => {
    const { id } = await stages.upTo('active');
    await set(id, "state = 'blocked', blocked_in = 'active', state_since = now() + interval '1 day', reason = '{}'");
    await world.ask(id, 'resume');
    assert.equal((await world.advance(id)).swap.state, 'active');
  });
});

/** As it would stand in the database, had the clock been ahead when it was written. */
async function set(id: string, what: string): Promise<void> {
  await withOwner(world.database, async (owner) => {
    await sql`update sallyport.swap set ${sql.raw(what)} where id = ${id}`.execute(owner.db);
  });
}
