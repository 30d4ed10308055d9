/** A swap of a connection that a person pauses, resumes or retires. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { setConnectionState, type Connection } from '@sallyport/store';
import { operator, withOwner } from './stored-connection.ts';
import { SwapStages, until, type Stage } from './swap-stages.ts';
import type { SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

const become = (connection: Connection, ...states: ('active' | 'paused' | 'retired')[]): Promise<void> =>
  states.reduce(
    (before, state) => before.then(() => setConnectionState(world.web, operator, connection.id, state)),
    Promise.resolve(),
  );
async function isDue(id: string): Promise<boolean> {
  let due = false;
  await withOwner(world.database, async ({ db }) => {
    const { rows } = await sql<{
      due: boolean;
    }>`select next_look_at <= now() as due from swap where id = ${id}`.execute(db);
    due = rows[0]?.due === true;
  });
  return due;
}

describe('the swap of a paused connection', () => {
  it('dials nothing for a canary, says why it waits, and goes on as soon as the connection does', async () => {
    const { id, connection } = await stages.upTo('validated');
    await become(connection, 'active', 'paused');
    await world.ask(id, 'trusted');
    const { step } = await world.advance(id);
    assert.deepEqual(step.do === 'wait' && [step.for.code, step.for.actor], ['connection-paused', 'operator']);
    assert.equal(await isDue(id), false);
    await become(connection, 'active');
    assert.ok(await isDue(id), 'it is looked at at once');
    assert.equal((await world.advance(id)).step.do, 'canary');
  });

  it('moves no pointer in its window, whoever asks', async () => {
    const { id, connection } = await stages.upTo('canary');
    await become(connection, 'active', 'paused');
    const { startsAt, endsAt } = world.window();
    await world.ask(id, 'schedule', { windowStartsAt: startsAt.toISOString(), windowEndsAt: endsAt.toISOString() });
    await world.advance(id);
    await world.approve(id);
    await world.advance(id);
    await world.ask(id, 'activate');
    const { swap, step } = await world.advance(id);
    assert.deepEqual([swap.state, step.do === 'wait' && step.for.code], ['scheduled', 'connection-paused']);
    assert.equal((await world.swap(id)).requests.at(-1)?.refusal?.code, 'connection-paused');
    assert.equal((await world.slot(connection)).generation, 1);
    await become(connection, 'active');
    await until(async () => (await world.advance(id)).swap.state === 'active');
  });

  it('makes no handshake for the observation, and can be taken back', async () => {
    const { id, connection } = await stages.upTo('active');
    await become(connection, 'active', 'paused');
    const { step } = await world.advance(id);
    assert.equal(step.do === 'wait' && step.for.code, 'connection-paused');
    await world.ask(id, 'roll-back');
    assert.equal((await world.advance(id)).swap.state, 'rolled-back');
  });
});

describe('the swap of a retired connection', () => {
  const ends: readonly (readonly [Stage, string])[] = [
    ['validated', 'cancelled'],
    ['scheduled', 'cancelled'],
    ['active', 'cancelled'],
    ['observed', 'done'],
  ];
  for (const [stage, end] of ends)
    it(`is ${end} at once from ${stage}, and no certificate is kept ready for it`, async () => {
      const { id, connection } = await stages.upTo(stage);
      await become(connection, 'retired');
      assert.ok(await isDue(id));
      const { swap } = await world.advance(id);
      assert.deepEqual([swap.state, swap.reason?.code], [end, 'connection-retired']);
      const { nextId, previousId } = await world.slot(connection);
      assert.deepEqual([nextId, previousId], [null, null]);
    });

  it('is cancelled where it is blocked', async () => {
    const connection = await world.connection();
    const certificateId = await world.certificate();
    await stages.setStatus(certificateId, 'revoked');
    const id = await world.propose({ connectionId: connection.id, certificateId });
    assert.equal((await world.advance(id)).swap.state, 'blocked');
    await become(connection, 'retired');
    assert.equal((await world.advance(id)).swap.state, 'cancelled');
  });
});
