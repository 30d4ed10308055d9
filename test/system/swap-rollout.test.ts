/** A rollout in the database: all canaries first, then cohort by cohort. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  advanceRollout,
  approveRollout,
  askRollout,
  fallBack,
  findRollout,
  listSwaps,
  ProposalRefusedError,
  proposeRollout,
  type Connection,
} from '@sallyport/store';
import { operator } from './stored-connection.ts';
import { SwapStages, until } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

describe('a rollout in the database', () => {
  it('is made once, whoever proposes it twice at the same time or after', async () => {
    const old = await world.certificate();
    await Promise.all(Array.from({ length: 3 }, () => world.connection({}, old)));
    const window = world.window();
    const wish = {
      certificateId: await world.certificate(),
      connectionIds: null,
      replaces: old,
      first: [],
      cohorts: [{ percent: 100 }],
      matching: null,
      emergency: false,
      canaryAt: new Date(),
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      observationSeconds: 1,
      changeNumber: null,
      note: null,
    };
    const answers = await Promise.allSettled([1, 2, 3].map(() => proposeRollout(world.web, operator, wish)));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    assert.deepEqual(refused, ['swap-open', 'swap-open']);
    await assert.rejects(proposeRollout(world.web, operator, wish), { code: 'swap-open' });
  });

  it('is no emergency where one of its connections is in none: it is refused, with its name', async () => {
    const old = await world.certificate();
    const connections = await Promise.all([1, 2].map(() => world.connection({}, old)));
    const fine = await world.connection({}, await world.certificate());
    await stages.setStatus(old, 'revoked');
    const window = world.window();
    const wish = (connectionIds: readonly string[]) => ({
      certificateId: next,
      connectionIds,
      replaces: null,
      first: [],
      cohorts: [{ percent: 100 }],
      matching: null,
      emergency: true,
      canaryAt: new Date(),
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      observationSeconds: 1,
      changeNumber: null,
      note: null,
    });
    const next = await world.certificate();
    const ids = connections.map(({ id }) => id);
    await assert.rejects(
      proposeRollout(world.web, operator, wish([...ids, fine.id])),
      (error) =>
        error instanceof ProposalRefusedError &&
        error.refusal.code === 'no-emergency' &&
        error.message.includes(`${fine.customerName}: Jira`),
    );
    assert.ok(await proposeRollout(world.web, operator, wish(ids)));
  });

  it('tries all first, moves cohort by cohort, stops at the first that goes back, and goes on when somebody resumes', async () => {
    const old = await world.certificate();
    const connections = await Promise.all(Array.from({ length: 4 }, () => world.connection({}, old)));
    const certificateId = await world.certificate();
    const window = world.window();
    const id = await proposeRollout(world.web, operator, {
      certificateId,
      connectionIds: null,
      replaces: old,
      first: [connections[2]?.id ?? ''],
      cohorts: [{ connections: 1 }, { percent: 50 }],
      matching: null,
      emergency: false,
      canaryAt: new Date(0),
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      observationSeconds: 1,
      changeNumber: null,
      note: null,
    });
    const board = async () => {
      await advanceRollout(world.connector, connectorScope, id);
      const found = await findRollout(world.web, operator, id);
      assert.ok(found !== null);
      return found;
    };
    const members = (await board()).members;
    assert.equal(members.length, 4);
    assert.equal(members[0]?.connectionId, connections[2]?.id, 'the chosen one is first');
    for (const { swapId } of members) await world.advance(swapId);
    for (const { swapId } of members.slice(1)) await world.canary(swapId);
    assert.equal((await board()).rollout.state, 'canaries');
    await world.canary(members[0]?.swapId ?? '');
    assert.equal((await board()).rollout.state, 'ready');
    const { rollout } = await board();
    const { sha256, windowStartsAt, windowEndsAt } = rollout;
    await assert.rejects(
      approveRollout(world.web, operator, id, { byName: null, sha256, windowStartsAt, windowEndsAt: new Date() }),
      { code: 'approval-not-of-this' },
    );
    assert.equal(
      await approveRollout(world.web, operator, id, { byName: null, sha256, windowStartsAt, windowEndsAt }),
      4,
    );
    for (const { swapId } of members) await world.advance(swapId);
    const moving = await board();
    assert.deepEqual([moving.rollout.state, moving.rollout.cohort], ['moving', 1]);
    assert.deepEqual(
      moving.members.map(({ cohort }) => cohort),
      [1, null, null, null],
    );
    const [one] = moving.members;
    await until(async () => (await world.advance(one?.swapId ?? '')).swap.state === 'active');
    for (const { swapId } of members.slice(1))
      assert.equal((await world.advance(swapId)).swap.state, 'scheduled', 'not their turn');
    const slot = await world.slot(connections[2] as Connection);
    await fallBack(
      world.connector,
      connectorScope,
      { id: slot.id, generation: slot.generation },
      { code: 'x', message: 'TLS alert 48.' },
    );
    const stopped = await board();
    assert.equal(stopped.rollout.state, 'stopped');
    assert.match(stopped.rollout.reason?.message ?? '', /went back .*TLS alert 48/);
    assert.equal(await askRollout(world.web, operator, id, 'begin', null), false);
    assert.equal(await askRollout(world.web, operator, id, 'resume', 'Known'), true);
    const resumed = await board();
    assert.deepEqual([resumed.rollout.state, resumed.rollout.cohort], ['moving', 2]);
    assert.deepEqual(
      resumed.members.map(({ cohort }) => cohort),
      [1, 2, null, null],
    );
    assert.equal(await askRollout(world.web, operator, id, 'cancel', null), true);
    for (const { swapId } of members) await world.advance(swapId);
    const ended = await board();
    assert.equal(ended.rollout.state, 'cancelled');
    assert.deepEqual(
      ended.members.map(({ state }) => state),
      ['rolled-back', 'cancelled', 'cancelled', 'cancelled'],
    );
  });

  it('leaves no blocked swap behind unseen when it is over: the list of what stands still has it', async () => {
    const old = await world.certificate();
    const connection = await world.connection({}, old);
    const window = world.window();
    const id = await proposeRollout(world.web, operator, {
      certificateId: await world.certificate(),
      connectionIds: [connection.id],
      replaces: old,
      first: [],
      cohorts: [{ percent: 100 }],
      matching: null,
      emergency: false,
      canaryAt: new Date(0),
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      observationSeconds: 1,
      changeNumber: null,
      note: null,
    });
    const board = async () => {
      await advanceRollout(world.connector, connectorScope, id);
      const found = await findRollout(world.web, operator, id);
      assert.ok(found !== null);
      return found;
    };
    const stranded = async () => (await listSwaps(world.web, operator, { stranded: true })).map((swap) => swap.id);
    const swapId = (await board()).members[0]?.swapId ?? '';
    await world.advance(swapId);
    await world.canary(swapId);
    const { sha256, windowStartsAt, windowEndsAt } = (await board()).rollout;
    await approveRollout(world.web, operator, id, { byName: null, sha256, windowStartsAt, windowEndsAt });
    await world.advance(swapId);
    await board();
    await until(async () => (await world.advance(swapId)).swap.state === 'active');
    await stages.setStatus(old, 'revoked');
    const { id: slotId, generation } = await world.slot(connection);
    const seen = { code: 'x', message: 'TLS alert 48.' };
    assert.equal(await fallBack(world.connector, connectorScope, { id: slotId, generation }, seen), null);
    assert.equal((await world.swap(swapId)).swap.state, 'blocked', 'there is nothing to go back to');
    assert.equal((await board()).rollout.state, 'stopped');
    assert.ok(!(await stranded()).includes(swapId), 'its rollout looks after it');
    await askRollout(world.web, operator, id, 'resume', 'Known');
    await board();
    assert.equal((await board()).rollout.state, 'done');
    assert.ok((await stranded()).includes(swapId));
  });
});
