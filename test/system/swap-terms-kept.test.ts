/** What a proposal may not do: weaken what the customer agreed to, whoever writes it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { ProposalRefusedError, proposeRollout, type NewRollout } from '@sallyport/store';
import { operator, withOwner } from './stored-connection.ts';
import { SwapStages } from './swap-stages.ts';
import type { SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

const refusedWith =
  (code: string, names = '') =>
  (error: unknown): boolean =>
    error instanceof ProposalRefusedError && error.refusal.code === code && error.message.includes(names);
/** As a web tier would that was taken over: past everything that judges a proposal. */
const written = (id: string, set: string): Promise<void> =>
  withOwner(
    world.database,
    async ({ db }) => void (await sql.raw(`update swap set ${set} where id = '${id}'`).execute(db)),
  );
const rollout = (members: Partial<NewRollout>): NewRollout => ({
  certificateId: stages.first,
  connectionIds: [],
  replaces: null,
  first: [],
  cohorts: [{ percent: 100 }],
  matching: null,
  emergency: false,
  canaryAt: new Date(),
  windowStartsAt: new Date(),
  windowEndsAt: new Date(Date.now() + 3_600_000),
  observationSeconds: 1,
  changeNumber: null,
  note: null,
  ...members,
});

describe('a proposal of a swap', () => {
  it('may treat the certificate as pinned where the terms do not, and not the other way round', async () => {
    const certificateId = await world.certificate();
    const pinned = await world.connection({ swaps: { matching: 'leaf' } });
    const weaker = { connectionId: pinned.id, certificateId, matching: 'ca-and-name' } as const;
    await assert.rejects(world.propose(weaker), refusedWith('matching-weaker'));
    const id = await world.propose({ connectionId: pinned.id, certificateId });
    assert.equal((await world.facts(id)).swapClass, 'leaf-pinned');
    const plain = await world.connection();
    const stricter = await world.propose({ connectionId: plain.id, certificateId, matching: 'leaf' });
    assert.equal((await world.facts(stricter)).swapClass, 'leaf-pinned');
  });

  it('is judged by the terms where it was written past them: notice and the customer’s word stay', async () => {
    const pinned = await world.connection({ swaps: { matching: 'leaf' } });
    const id = await world.propose({ connectionId: pinned.id, certificateId: await world.certificate() });
    await written(id, "matching = 'ca-and-name'");
    const { swapClass, rules } = await world.facts(id);
    assert.deepEqual([swapClass, rules.noticeDays[swapClass]], ['leaf-pinned', 30]);
    await world.ask(id, 'trusted');
    await world.advance(id);
    await world.canary(id);
    await world.ask(id, 'schedule', {
      windowStartsAt: new Date().toISOString(),
      windowEndsAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await world.advance(id);
    assert.equal((await world.swap(id)).requests.at(-1)?.refusal?.code, 'notice-too-short');
  });

  it('cannot name another certificate as the one that serves, to pass for an emergency or for no change', async () => {
    const connection = await world.connection();
    const other = await world.certificate();
    await stages.setStatus(other, 'revoked');
    const id = await world.propose({ connectionId: connection.id, certificateId: await world.certificate() });
    await written(id, `current_id = '${other}', emergency = true`);
    const { swap } = await world.advance(id);
    assert.deepEqual([swap.state, swap.reason?.code], ['blocked', 'pointer-moved']);
  });

  it('is an emergency only as long as it is one', async () => {
    const connection = await world.connection({}, await world.certificate());
    const current = (await world.slot(connection)).currentId ?? '';
    await stages.setStatus(current, 'revoked');
    const id = await world.propose({
      connectionId: connection.id,
      certificateId: await world.certificate(),
      emergency: true,
      window: world.window(),
    });
    await world.advance(id);
    await world.canary(id);
    await stages.setStatus(current, 'good');
    await world.approve(id);
    const { swap } = await world.advance(id);
    assert.deepEqual([swap.state, swap.reason?.code], ['blocked', 'no-emergency']);
  });

  it('gives no change number by a blank one', async () => {
    const connection = await world.connection({ swaps: { changeNumberRequired: true } });
    const certificateId = await world.certificate();
    const window = world.window();
    const id = await world.propose({ connectionId: connection.id, certificateId, window, changeNumber: 'CHG-1' });
    await written(id, "change_number = ' '");
    await world.ask(id, 'trusted');
    await world.advance(id);
    await world.canary(id);
    await world.approve(id);
    const { step } = await world.advance(id);
    assert.equal(step.do === 'wait' && step.for.code, 'change-number-missing');
  });

  it('of a certificate that serves already is refused at once', async () => {
    const connection = await world.connection();
    await assert.rejects(
      world.propose({ connectionId: connection.id, certificateId: stages.first }),
      refusedWith('next-is-current'),
    );
  });
});

describe('a proposal of a rollout', () => {
  it('is refused where it is weaker than the terms of a connection, which it names', async () => {
    const certificateId = await world.certificate();
    const connections = [await world.connection(), await world.connection({ swaps: { matching: 'leaf' } })];
    const connectionIds = connections.map(({ id }) => id);
    const wish = rollout({ certificateId, connectionIds, matching: 'ca-and-name' });
    await assert.rejects(proposeRollout(world.web, operator, wish), refusedWith('matching-weaker', ': Jira'));
    await proposeRollout(world.web, operator, rollout({ certificateId, connectionIds }));
  });
});
