/** Swaps in the database: each step in one transaction with its pointer, whoever asks twice, whoever may not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  approveSwap,
  claimSwaps,
  listAuditEvents,
  operatorId,
  recordJudgement,
  releaseSwaps,
  type Store,
} from '@sallyport/store';
import { operator, withOwner } from './stored-connection.ts';
import { SwapStages } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

let stages: SwapStages;
let world: SwapWorld;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
});
after(() => stages?.stop());

const forgetJudgement = (id: string): Promise<void> =>
  withOwner(world.database, async ({ db }) => {
    await sql`update client_certificate set judgement = null, judged_at = null where id = ${id}`.execute(db);
  });
const isDue = async (id: string): Promise<boolean> => {
  let due = false;
  await withOwner(world.database, async ({ db }) => {
    const { rows } = await sql<{
      due: boolean;
    }>`select next_look_at <= now() as due from swap where id = ${id}`.execute(db);
    due = rows[0]?.due === true;
  });
  return due;
};
const attempt = (store: Store, statement: string): Promise<unknown> =>
  store.db.transaction().execute(async (tx) => {
    await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
    return sql.raw(statement).execute(tx);
  });

describe('a swap in the database', () => {
  it('goes from proposal to the end, with evidence and audit of each step, and moves the pointer once', async () => {
    const { id, connection, next } = await stages.upTo('observed');
    const before = await world.slot(connection);
    assert.deepEqual(
      [before.currentId, before.previousId, before.nextId, before.generation],
      [next, stages.first, null, 2],
      'the old one stays ready',
    );
    await world.ask(id, 'finish');
    await world.advance(id);
    const { swap, events, requests } = await world.swap(id);
    assert.equal(swap.state, 'done');
    const steps = events.filter(({ from, to }) => from !== to).map(({ step }) => step);
    assert.deepEqual(steps, ['validate', 'announce-trust', 'pass-canary', 'schedule', 'activate', 'observe', 'finish']);
    assert.ok(requests.every(({ answeredAt, refusal }) => answeredAt !== null && refusal === null));
    assert.equal((await world.slot(connection)).previousId, null);
    const audit = await listAuditEvents(world.web, operator, { limit: 200 });
    for (const step of steps)
      assert.ok(
        audit.some(({ action, subject }) => action === `swap.${step}` && subject === `swap:${id}`),
        step,
      );
  });

  it('waits while nobody has judged its next certificate, with nobody to act, and is looked at when that is done', async () => {
    const connection = await world.connection();
    const next = await world.certificate();
    await forgetJudgement(next);
    const id = await world.propose({ connectionId: connection.id, certificateId: next });
    const { swap, step, made } = await world.advance(id);
    assert.deepEqual([swap.state, made, step.do], ['proposed', [], 'wait']);
    assert.deepEqual(step.do === 'wait' && [step.for.code, step.for.actor], ['next-not-judged', null]);
    assert.deepEqual(await isDue(id), false);
    await recordJudgement(
      world.connector,
      connectorScope,
      { id: next, customerId: operatorId, judgement: null },
      { findings: [] },
    );
    assert.deepEqual(await isDue(id), true);
    assert.equal((await world.advance(id)).swap.state, 'validated');
  });

  it('is blocked by what the stages.first judgement of its next certificate says', async () => {
    const connection = await world.connection();
    const next = await world.certificate();
    await forgetJudgement(next);
    const id = await world.propose({ connectionId: connection.id, certificateId: next });
    await world.advance(id);
    const finding = { code: 'key-weak', severity: 'blocks', message: 'Too weak.', actor: 'operator' };
    await recordJudgement(
      world.connector,
      connectorScope,
      { id: next, customerId: operatorId, judgement: null },
      { findings: [finding] },
    );
    const { swap } = await world.advance(id);
    assert.deepEqual([swap.state, swap.reason?.code], ['blocked', 'key-weak']);
  });

  it('is refused beside another of the same connection', async () => {
    const { connection } = await stages.upTo('validated');
    const certificateId = await world.certificate();
    await assert.rejects(world.propose({ connectionId: connection.id, certificateId }), { code: 'swap-open' });
    const wishes = await Promise.allSettled(
      [1, 2, 3].map(async () => {
        const other = await world.connection();
        return Promise.all([1, 2].map(() => world.propose({ connectionId: other.id, certificateId })));
      }),
    );
    for (const wish of wishes) assert.equal(wish.status === 'rejected' && wish.reason.code, 'swap-open');
  });

  it('takes no approval of anything but what is proposed, and a changed window voids one that was given', async () => {
    const { id } = await stages.upTo('scheduled');
    assert.equal((await world.swap(id)).swap.state, 'scheduled');
    const facts = await world.facts(id);
    const end = new Date((facts.window?.endsAt ?? 0) + 60_000);
    await world.ask(id, 'schedule', {
      windowStartsAt: new Date(facts.window?.startsAt ?? 0).toISOString(),
      windowEndsAt: end.toISOString(),
    });
    const { made, step } = await world.advance(id);
    assert.deepEqual(made, ['void-schedule']);
    assert.ok(step.do === 'wait' && step.for.code === 'approval-operator-void' && step.for.actor === 'operator');
    await assert.rejects(
      approveSwap(world.web, operator, id, {
        side: 'operator',
        byName: null,
        sha256: facts.next.sha256,
        windowStartsAt: facts.window?.startsAt ?? 0,
        windowEndsAt: facts.window?.endsAt ?? 0,
        termsSha256: facts.termsSha256,
      }),
      { code: 'approval-not-of-this' },
    );
    await world.approve(id);
    assert.deepEqual((await world.advance(id)).made, ['schedule']);
  });

  it('is worked on by one connector, and by the next when that one is silent', async () => {
    const { id } = await stages.upTo('validated');
    await world.ask(id, 'trusted');
    const claim = async (name: string): Promise<boolean> => {
      const claimed = await claimSwaps(
        world.connector,
        connectorScope,
        { id: name, egressGroup: 'default' },
        { limit: 500, except: [] },
      );
      await releaseSwaps(
        world.connector,
        connectorScope,
        name,
        claimed.filter((one) => one.id !== id).map((one) => one.id),
      );
      return claimed.some((one) => one.id === id);
    };
    await stages.beat('one');
    assert.equal(await claim('one'), true);
    await stages.beat('two');
    assert.equal(await claim('two'), false);
    await withOwner(world.database, async (owner) => {
      await sql`update sallyport.connector set heartbeat_at = now() - interval '1 minute' where id = 'one'`.execute(
        owner.db,
      );
    });
    assert.equal(await claim('two'), true);
    assert.equal(await claim('elsewhere'), false);
  });

  it('does not let the web tier move a state, a pointer or evidence, or name another connection’s slot', async () => {
    const { id } = await stages.upTo('validated');
    for (const statement of [
      `update swap set state = 'active' where id = '${id}'`,
      `insert into swap_event (customer_id, swap_id, to_state, step, actor) select customer_id, id, 'active', 'activate', 'x' from swap`,
      `update swap_request set answered_at = now()`,
      `update swap_approval set at = now()`,
      `update rollout set state = 'moving'`,
      `insert into swap (customer_id, connection_id, slot_id, generation, next_owner_id, next_id, proposed_by, state)
        select customer_id, connection_id, slot_id, 1, next_owner_id, next_id, 'x', 'active' from swap limit 1`,
      `update certificate_slot set current_id = next_id`,
    ])
      await assert.rejects(attempt(world.web, statement), { code: '42501' }, statement);
    const other = await world.connection();
    await assert.rejects(
      attempt(
        world.web,
        `insert into swap (customer_id, connection_id, slot_id, generation, next_owner_id, next_id, proposed_by)
        select s.customer_id, s.connection_id, '${other.slotId}', 1, s.next_owner_id, s.next_id, 'x' from swap s where s.id = '${id}'`,
      ),
      { code: '23503' },
    );
  });
});
