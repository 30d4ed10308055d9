/** Swaps in the database: each step in one transaction with its pointer, whoever is killed, whoever asks twice. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  advanceRollout,
  advanceSwap,
  approveRollout,
  approveSwap,
  askRollout,
  claimSwaps,
  fallBack,
  findRollout,
  listAuditEvents,
  openStore,
  operatorId,
  proposeRollout,
  recordHeartbeat,
  recordJudgement,
  releaseSwaps,
  type Connection,
  type Store,
  type SwapSight,
} from '@sallyport/store';
import { operator, withOwner } from './stored-connection.ts';
import { connectorScope, SwapWorld } from './swap-world.ts';

let world: SwapWorld;
let first: string;

before(async () => {
  world = await SwapWorld.start();
  first = await world.certificate(world.authority.client(), true);
});
after(() => world?.stop());

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

/** Moves a swap up to a state, as people and connectors do. */
async function upTo(
  state: 'validated' | 'trust-announced' | 'canary' | 'scheduled' | 'active' | 'observed',
  hours = 4,
): Promise<{ id: string; connection: Connection; next: string }> {
  const connection = await world.connection();
  const next = await world.certificate();
  const id = await world.propose({ connectionId: connection.id, certificateId: next, observationSeconds: 1 });
  await world.advance(id);
  if (state === 'validated') return { id, connection, next };
  await world.ask(id, 'trusted');
  await world.advance(id);
  if (state === 'trust-announced') return { id, connection, next };
  await world.canary(id);
  if (state === 'canary') return { id, connection, next };
  const { startsAt, endsAt } = world.window(hours);
  const late = state === 'scheduled' ? 3_600_000 : 0;
  await world.ask(id, 'schedule', {
    windowStartsAt: new Date(startsAt.getTime() + late).toISOString(),
    windowEndsAt: new Date(endsAt.getTime() + late).toISOString(),
  });
  await world.advance(id);
  await world.approve(id);
  if (state === 'scheduled') {
    await world.advance(id);
    return { id, connection, next };
  }
  await until(async () => (await world.advance(id)).swap.state === 'active');
  await probe(id);
  if (state === 'active') return { id, connection, next };
  await until(async () => {
    const { step, swap } = await world.advance(id);
    if (step.do === 'probe') await probe(id);
    return swap.state === 'observed';
  });
  return { id, connection, next };
}
const probe = (id: string, accepted = true): Promise<unknown> =>
  world.advance(id, { kind: 'probe', accepted, message: accepted ? null : 'connect-timeout', evidence: {} });
async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, 'it was not reached');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const attempt = (store: Store, statement: string): Promise<unknown> =>
  store.db.transaction().execute(async (tx) => {
    await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
    return sql.raw(statement).execute(tx);
  });

describe('a swap in the database', () => {
  it('goes from proposal to the end, with evidence and audit of each step, and moves the pointer once', async () => {
    const { id, connection, next } = await upTo('observed');
    const before = await world.slot(connection);
    assert.deepEqual(
      [before.currentId, before.previousId, before.nextId, before.generation],
      [next, first, null, 2],
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

  it('is blocked by what the first judgement of its next certificate says', async () => {
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
    const { connection } = await upTo('validated');
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
    const { id } = await upTo('scheduled');
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

  it('goes back with the pointer when a far side refuses, once, whoever of several says so', async () => {
    const { id, connection, next } = await upTo('active');
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
    assert.deepEqual([now.currentId, now.previousId, now.refusedGenerations], [first, null, [2]]);
    assert.equal((await world.advance(id)).step.do, 'nothing', 'it is never tried again by itself');
    const again = await world.propose({ connectionId: connection.id, certificateId: next });
    await world.ask(again, 'trusted');
    assert.equal((await world.advance(again)).step.do, 'canary', 'only by a new canary');
  });

  it('has no way back to a certificate that is revoked meanwhile: it is blocked, and the pointer stays', async () => {
    const { id, connection } = await upTo('active');
    await setStatus(first, 'revoked');
    try {
      const slot = await world.slot(connection);
      assert.equal(await fallBack(world.connector, connectorScope, { id: slot.id, generation: slot.generation }), null);
      const { swap } = await world.swap(id);
      assert.deepEqual([swap.state, swap.blockedIn, swap.reason?.actor], ['blocked', 'active', 'customer']);
      assert.equal((await world.slot(connection)).currentId, slot.currentId);
    } finally {
      await setStatus(first, 'good');
    }
  });

  it('skips waiting and not checks where the current certificate is revoked', async () => {
    const connection = await world.connection();
    const certificateId = await world.certificate();
    const quiet = await world.propose({ connectionId: connection.id, certificateId, emergency: true });
    const none = await world.advance(quiet);
    assert.equal(none.swap.reason?.code, 'no-emergency');
    await world.ask(quiet, 'cancel');
    await world.advance(quiet);
    await setStatus(first, 'revoked');
    try {
      const window = { startsAt: new Date(Date.now() + 3_600_000), endsAt: new Date(Date.now() + 2 * 3_600_000) };
      const id = await world.propose({ connectionId: connection.id, certificateId, emergency: true, window });
      assert.equal((await world.advance(id)).step.do, 'canary');
      const canary = await world.canary(id);
      assert.ok(canary.step.do === 'wait' && canary.step.for.code === 'approval-operator-missing');
      await world.approve(id);
      const advance = await world.advance(id);
      assert.deepEqual(advance.made, ['schedule', 'activate']);
      assert.equal((await world.slot(connection)).previousId, null, 'nobody goes back to a revoked one');
    } finally {
      await setStatus(first, 'good');
    }
  });

  /** What makes each next step possible, and where it leads. */
  const pending: Record<Parameters<typeof upTo>[0], { ready: (id: string) => Promise<unknown>; next: string }> = {
    validated: { ready: (id) => world.ask(id, 'trusted'), next: 'trust-announced' },
    'trust-announced': { ready: async () => undefined, next: 'canary' },
    canary: {
      ready: async (id) => {
        const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
        await world.ask(id, 'schedule', { windowStartsAt: later(1), windowEndsAt: later(2) });
      },
      next: 'canary',
    },
    scheduled: { ready: (id) => shiftInstants(id, 3_700_000), next: 'active' },
    active: {
      ready: async (id) => {
        await shiftInstants(id, 60_000);
        await probe(id);
      },
      next: 'observed',
    },
    observed: { ready: (id) => world.ask(id, 'finish'), next: 'done' },
  };
  for (const [state, { ready, next }] of Object.entries(pending) as [
    Parameters<typeof upTo>[0],
    (typeof pending)['canary'],
  ][])
    it(`loses nothing when a connector dies in the step after ${state}: nothing half is written, and another makes it`, async () => {
      const { id, connection } = await upTo(state);
      if (state !== 'active') await ready(id);
      else await shiftInstants(id, 60_000);
      const sight =
        state === 'trust-announced'
          ? await canarySight(id)
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

  for (const state of ['scheduled', 'active', 'observed'] as const)
    it(`goes back from ${state} when somebody asks, with the pointer as it was`, async () => {
      const { id, connection } = await upTo(state);
      await world.ask(id, state === 'scheduled' ? 'cancel' : 'roll-back', { reason: 'A test' });
      await world.advance(id);
      assert.equal((await world.swap(id)).swap.state, state === 'scheduled' ? 'cancelled' : 'rolled-back');
      const after = await world.slot(connection);
      assert.deepEqual([after.currentId, after.nextId, after.previousId], [first, null, null]);
    });

  it('is worked on by one connector, and by the next when that one is silent', async () => {
    const { id } = await upTo('validated');
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
    await beat('one');
    assert.equal(await claim('one'), true);
    await beat('two');
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
    const { id } = await upTo('validated');
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

describe('a clock that jumps during a window', () => {
  it('past the end: what was scheduled is not activated, and waits for another window', async () => {
    const { id, connection } = await upTo('scheduled');
    // The database's clock is the only one; what it would say later is what the instants of the swap say earlier.
    await shiftInstants(id, 10 * 3_600_000);
    const { made, step } = await world.advance(id);
    assert.deepEqual(made, ['void-schedule']);
    assert.ok(step.do === 'wait' && step.for.code === 'window-missed');
    assert.equal((await world.slot(connection)).currentId, first);
  });

  it('past the observation: nothing is observed without handshakes that were accepted at its end', async () => {
    const { id, connection } = await upTo('active');
    await shiftInstants(id, 2 * 3_600_000);
    const { swap, step } = await world.advance(id);
    assert.deepEqual([swap.state, step.do], ['active', 'probe']);
    assert.equal((await world.slot(connection)).previousId, first, 'the old one is still ready');
  });

  it('back: it waits, and the old one stays ready', async () => {
    const { id, connection } = await upTo('active');
    await shiftInstants(id, -2 * 3_600_000);
    const { swap } = await world.advance(id);
    assert.equal(swap.state, 'active');
    assert.equal((await world.slot(connection)).previousId, first);
  });
});

describe('a rollout in the database', () => {
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
});

/** What a connector would have seen. */
async function canarySight(id: string): Promise<SwapSight> {
  const { next, termsSha256 } = await world.facts(id);
  const seen = {
    connectorId: 'test',
    verdict: 'accepted',
    code: null,
    message: null,
    addresses: [],
    differences: [],
  } as const;
  return { kind: 'canary', result: { ...seen, sha256: next.sha256, termsSha256 } };
}

/** As if the database's clock were that much later. */
async function shiftInstants(id: string, milliseconds: number): Promise<void> {
  await withOwner(world.database, async (owner) => {
    const by = sql`make_interval(secs => ${milliseconds / 1000})`;
    await sql`update sallyport.swap set window_starts_at = window_starts_at - ${by}, window_ends_at = window_ends_at - ${by},
      activated_at = activated_at - ${by}, proposed_at = proposed_at - ${by}, observation = observation
        || jsonb_build_object('lastAcceptedAt', (observation ->> 'lastAcceptedAt')::float8 - ${milliseconds}::float8,
          'lastTriedAt', (observation ->> 'lastTriedAt')::float8 - ${milliseconds}::float8) where id = ${id}`.execute(
      owner.db,
    );
    await sql`update sallyport.swap_approval set window_starts_at = window_starts_at - ${by}, window_ends_at = window_ends_at - ${by}
      where swap_id = ${id}`.execute(owner.db);
  });
}

async function setStatus(certificateId: string, status: 'good' | 'revoked'): Promise<void> {
  await withOwner(world.database, async (owner) => {
    await sql`insert into sallyport.client_certificate_status (customer_id, client_certificate_id, status, code, message, judged_at, since)
      select customer_id, id, ${status}, 'x', 'x', now(), now() from sallyport.client_certificate where id = ${certificateId}
      on conflict (client_certificate_id) do update set status = excluded.status`.execute(owner.db);
  });
}

async function beat(id: string): Promise<void> {
  await recordHeartbeat(world.connector, { id, egressGroup: 'default', startedAt: new Date(), counters: {} });
}

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
