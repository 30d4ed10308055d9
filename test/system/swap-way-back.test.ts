/** The way back of a swap, and swaps that skip waiting: in the database, with the pointer. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  activateStatement,
  fallBack,
  inScopeAtOnce,
  nameNextStatement,
  operatorId,
  ProposalRefusedError,
  type Connection,
} from '@sallyport/store';
import { SwapStages } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

describe('the way back of a swap', () => {
  it('goes back with the pointer when a far side refuses, once, whoever of several says so', async () => {
    const { id, connection, next } = await stages.upTo('active');
    const slot = await world.slot(connection);
    const refused = { id: slot.id, generation: slot.generation };
    const seen = { code: 'client-certificate-refused', message: 'TLS alert 46.' };
    const answers = await Promise.all([1, 2, 3].map(() => fallBack(world.connector, connectorScope, refused, seen)));
    assert.deepEqual(
      answers.filter((answer) => answer !== null),
      [3],
    );
    const { swap, events } = await world.swap(id);
    assert.equal(swap.state, 'rolled-back');
    assert.equal(swap.reason?.message, 'TLS alert 46.');
    assert.equal(events.filter(({ to }) => to === 'rolled-back').length, 1);
    const now = await world.slot(connection);
    assert.deepEqual([now.currentId, now.previousId, now.refusedGenerations], [stages.first, null, [2]]);
    assert.equal((await world.advance(id)).step.do, 'nothing', 'it is never tried again by itself');
    const again = await world.propose({ connectionId: connection.id, certificateId: next });
    await world.ask(again, 'trusted');
    assert.equal((await world.advance(again)).step.do, 'canary', 'only by a new canary');
  });

  it('has no way back to a certificate that is revoked meanwhile: it is blocked, and the pointer stays', async () => {
    const { id, connection } = await stages.upTo('active');
    await stages.setStatus(stages.first, 'revoked');
    try {
      const slot = await world.slot(connection);
      assert.equal(await fallBack(world.connector, connectorScope, { id: slot.id, generation: slot.generation }), null);
      const { swap } = await world.swap(id);
      assert.deepEqual([swap.state, swap.blockedIn, swap.reason?.actor], ['blocked', 'active', 'customer']);
      assert.equal((await world.slot(connection)).currentId, slot.currentId);
    } finally {
      await stages.setStatus(stages.first, 'good');
    }
  });

  it('is left to people where reads fail on good handshakes: it is blocked, with the rates, and nothing goes back by itself', async () => {
    const { id, connection } = await stages.upTo('active');
    for (let count = 0; count < 3; count++) await stages.probe(id, false);
    const { swap } = await world.swap(id);
    assert.deepEqual([swap.state, swap.reason?.code, swap.reason?.actor], ['blocked', 'observation-worse', 'customer']);
    assert.deepEqual(swap.facts.observation?.reads.after, { made: 4, failed: 3 });
    assert.equal((await world.slot(connection)).generation, 2);
    await world.ask(id, 'roll-back');
    assert.equal((await world.advance(id)).swap.state, 'rolled-back');
  });

  it('skips waiting, and neither checks nor the window that was approved, where the current certificate is revoked', async () => {
    const connection = await world.connection();
    const certificateId = await world.certificate();
    await assert.rejects(
      world.propose({ connectionId: connection.id, certificateId, emergency: true }),
      (error) => error instanceof ProposalRefusedError && error.refusal.code === 'no-emergency',
    );
    await stages.setStatus(stages.first, 'revoked');
    try {
      const window = { startsAt: new Date(Date.now() + 3_600_000), endsAt: new Date(Date.now() + 2 * 3_600_000) };
      const id = await world.propose({ connectionId: connection.id, certificateId, emergency: true, window });
      assert.equal((await world.advance(id)).step.do, 'canary');
      const canary = await world.canary(id);
      assert.ok(canary.step.do === 'wait' && canary.step.for.code === 'approval-operator-missing');
      await world.approve(id);
      const early = await world.advance(id);
      assert.deepEqual(early.made, ['schedule']);
      assert.ok(early.step.do === 'wait' && early.step.for.code === 'window-not-open');
      await world.ask(id, 'activate');
      assert.deepEqual((await world.advance(id)).made, [], 'not by a person either');
      await stages.shiftInstants(id, 3_600_000);
      assert.deepEqual((await world.advance(id)).made, ['activate']);
      assert.equal((await world.slot(connection)).previousId, null, 'nobody goes back to a revoked one');
    } finally {
      await stages.setStatus(stages.first, 'good');
    }
  });

  for (const state of ['scheduled', 'active', 'observed'] as const)
    it(`goes back from ${state} when somebody asks, with the pointer as it was`, async () => {
      const { id, connection } = await stages.upTo(state);
      await world.ask(id, state === 'scheduled' ? 'cancel' : 'roll-back', { reason: 'A test' });
      await world.advance(id);
      assert.equal((await world.swap(id)).swap.state, state === 'scheduled' ? 'cancelled' : 'rolled-back');
      const after = await world.slot(connection);
      assert.deepEqual([after.currentId, after.nextId, after.previousId], [stages.first, null, null]);
    });

  it('where none leads back any more, the swap can be ended and another proposed, and the pointer stays', async () => {
    const { id, connection, next } = await stages.upTo('active');
    await stages.setStatus(stages.first, 'revoked');
    try {
      await world.ask(id, 'roll-back');
      await world.advance(id);
      const { requests } = await world.swap(id);
      assert.equal(requests.at(-1)?.refusal?.code, 'no-way-back');
      await world.ask(id, 'cancel');
      assert.equal((await world.advance(id)).swap.state, 'cancelled');
      assert.equal((await world.slot(connection)).currentId, next);
      await world.propose({ connectionId: connection.id, certificateId: await world.certificate() });
    } finally {
      await stages.setStatus(stages.first, 'good');
    }
  });

  for (const state of ['scheduled', 'active', 'observed'] as const)
    it(`moves nothing where somebody moved the pointer by hand while it was ${state}, and can be ended`, async () => {
      const { id, connection } = await stages.upTo(state);
      const other = await world.certificate();
      await movedByHand(connection, other);
      if (state === 'scheduled') await stages.shiftInstants(id, 3_700_000);
      const { swap } = await world.advance(id);
      if (state !== 'observed') assert.deepEqual([swap.state, swap.reason?.code], ['blocked', 'pointer-moved']);
      await world.ask(id, 'roll-back');
      await world.ask(id, 'cancel');
      assert.equal((await world.advance(id)).swap.state, 'cancelled');
      const { currentId, generation } = await world.slot(connection);
      assert.deepEqual([currentId, generation], [other, state === 'scheduled' ? 2 : 3]);
    });
});

/** Not by a swap: the fenced write itself. */
async function movedByHand(connection: Connection, certificateId: string): Promise<void> {
  const { id, generation } = await world.slot(connection);
  const slot = { id, generation };
  await inScopeAtOnce(world.connector, connectorScope, [
    nameNextStatement(slot, { ownerId: operatorId, id: certificateId }),
    activateStatement(slot, new Date(Date.now() + 3_600_000)),
  ]);
}
