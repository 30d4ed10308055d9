/** What a rollout would be, asked before it is proposed; and the board's words while no connector runs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ProblemDocument, Rollout, RolloutBoard, RolloutLetters, RolloutPreview } from '@sallyport/console-api';
import type { Connection } from '@sallyport/store';
import { startWeb, type RunningWeb } from './running-web.ts';
import { SwapWorld } from './swap-world.ts';

let world: SwapWorld;
let web: RunningWeb;
let current: string;
let next: string;
let plain: Connection;
let pinned: Connection;
let frozen: Connection;
let numbered: Connection;
let busy: Connection;

const freeze = { from: '2020-01-01T00:00', until: '2099-01-01T00:00', reason: 'For good' };
const hour = 3_600_000;
const window = {
  windowStartsAt: new Date(Date.now() + hour).toISOString(),
  windowEndsAt: new Date(Date.now() + 3 * hour).toISOString(),
};

before(async () => {
  world = await SwapWorld.start();
  current = await world.certificate(world.authority.client(), true);
  next = await world.certificate();
  plain = await world.connection();
  pinned = await world.connection({ swaps: { matching: 'leaf', noticeDays: { 'leaf-pinned': 2 } } });
  frozen = await world.connection({ swaps: { calendar: { timeZone: 'Europe/Berlin', freezes: [freeze] } } });
  numbered = await world.connection({ swaps: { changeNumberRequired: true } });
  busy = await world.connection();
  await world.propose({ connectionId: busy.id, certificateId: next });
  // On another certificate: in no preview that replaces the default one.
  await world.connection({}, await world.certificate());
  web = await startWeb(world.database, { SALLYPORT_LOG: 'silent' });
});
after(async () => {
  await web?.stop();
  await world?.stop();
});

async function ask<T>(method: string, path: string, body?: unknown, status = 200): Promise<T> {
  const answer = await web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  assert.equal(answer.status, status, answer.text);
  return answer.body as T;
}
const preview = (wish: object = {}): Promise<RolloutPreview> =>
  ask('POST', '/rollouts/preview', { certificateId: next, ...wish });
const verdicts = ({ connections }: RolloutPreview): Record<string, string> =>
  Object.fromEntries(
    connections.map(({ connectionId, verdict, obstacle }) => [
      connectionId,
      obstacle === null ? verdict : `${verdict}: ${obstacle.code}`,
    ]),
  );

describe('the preview of a rollout', () => {
  it('takes what most connections use, and names for each what would keep it waiting', async () => {
    const shown = await preview(window);
    assert.equal(shown.replaces, current);
    assert.deepEqual(verdicts(shown), {
      [plain.id]: 'moves',
      [pinned.id]: 'waits: notice-too-short',
      [frozen.id]: 'waits: customer-freeze',
      [numbered.id]: 'waits: change-number-missing',
      [busy.id]: 'left-out: swap-open',
    });
    assert.deepEqual(shown.counts, { connections: 5, moves: 1, waits: 3, leftOut: 1, customerMustApprove: 1 });
    const ofPinned = shown.connections.find(({ connectionId }) => connectionId === pinned.id);
    assert.deepEqual([ofPinned?.class, ofPinned?.noticeDays, ofPinned?.customerMustApprove], ['leaf-pinned', 2, true]);
  });

  it('judges only the window that is asked for, and the change number that is given', async () => {
    const shown = verdicts(await preview({ changeNumber: 'CHG-1' }));
    assert.deepEqual([shown[pinned.id], shown[frozen.id], shown[numbered.id]], ['moves', 'moves', 'moves']);
    const ofOne = await preview({ ...window, connectionIds: [pinned.id] });
    assert.deepEqual(verdicts(ofOne), { [pinned.id]: 'waits: notice-too-short' });
  });

  it('proposes windows in our hours and outside of our freeze periods, with how many could move in each', async () => {
    const calendar = {
      timeZone: 'America/Chicago',
      freezes: [],
      hours: { days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', until: '18:00' },
    };
    await ask('PUT', '/swap-calendar', calendar);
    const shown = await preview({ changeNumber: 'CHG-1', hours: 2 });
    assert.equal(shown.operatorTimeZone, 'America/Chicago');
    assert.deepEqual([shown.times[0]?.fits, shown.times.at(-1)?.fits], [2, 3]);
    for (const { operatorLocal } of shown.times) assert.match(operatorLocal, /T(0[6-9]|1[0-7]):/);
    await ask('PUT', '/swap-calendar', { ...calendar, freezes: [freeze] });
    assert.deepEqual((await preview({ changeNumber: 'CHG-1' })).times, []);
    assert.equal(verdicts(await preview(window))[plain.id], 'waits: operator-freeze');
    await ask('PUT', '/swap-calendar', { timeZone: 'UTC', freezes: [] });
  });

  it('says where an emergency is none', async () => {
    assert.equal(verdicts(await preview({ ...window, emergency: true }))[plain.id], 'waits: no-emergency');
  });

  it('is refused for a window that ends before it begins, a certificate that is not there, and strangers', async () => {
    const { windowStartsAt, windowEndsAt } = window;
    const turned = { certificateId: next, windowStartsAt: windowEndsAt, windowEndsAt: windowStartsAt };
    await ask('POST', '/rollouts/preview', turned, 422);
    await ask('POST', '/rollouts/preview', { certificateId: plain.id }, 404);
    const { status } = await web.ask('POST', '/api/v1/rollouts/preview', {
      body: { certificateId: next },
      token: null,
    });
    assert.equal(status, 401);
  });

  it('writes nothing', async () => {
    const { items } = await ask<{ items: Rollout[] }>('GET', '/rollouts');
    assert.deepEqual(items, []);
  });
});

describe('a rollout that is proposed', () => {
  const wish = (more: object) => ({ certificateId: next, connectionIds: [plain.id], ...window, ...more });
  const refusedField = async (more: object): Promise<string> => {
    const { fields } = await ask<{ fields: { path: string }[] }>('POST', '/rollouts', wish(more), 422);
    return fields.map(({ path }) => path).join();
  };
  it('is refused where one that moves first is not among those that move, or one is named twice', async () => {
    assert.equal(await refusedField({ first: [frozen.id] }), 'first');
    assert.equal(await refusedField({ first: [next] }), 'first');
    assert.equal(await refusedField({ first: [plain.id, plain.id] }), 'first');
    assert.equal(await refusedField({ connectionIds: [plain.id, plain.id] }), 'connectionIds');
    const { items } = await ask<{ items: Rollout[] }>('GET', '/rollouts');
    assert.deepEqual(items, []);
  });
});

describe('a rollout without a connector', () => {
  it('moves those of the preview, names what it replaces and waits for, and has a letter for each customer', async () => {
    const wish = { certificateId: next, replaces: current, ...window };
    const board = await ask<RolloutBoard>('POST', '/rollouts', wish, 201);
    assert.deepEqual(
      [board.counts.connections, board.leftOut.length, board.waitsFor?.code],
      [4, 1, 'canaries-under-way'],
    );
    assert.deepEqual(
      board.replaces.map(({ certificateId, connections }) => [certificateId, connections]),
      [[current, 4]],
    );
    assert.deepEqual(new Set(board.notTrusting.map(({ tried }) => tried)), new Set([false]));
    const refused = await ask<ProblemDocument>('POST', `/rollouts/${board.id}/begin`, {}, 409);
    assert.deepEqual([refused.seen?.code, refused.actor], ['rollout-approval-missing', 'operator']);
    const approved = { sha256: board.sha256, windowStartsAt: board.windowStartsAt, windowEndsAt: board.windowEndsAt };
    await ask('POST', `/rollouts/${board.id}/approve`, approved);
    await ask('POST', `/rollouts/${board.id}/begin`, {});
    const letters = await ask<RolloutLetters>('GET', `/rollouts/${board.id}/letters`);
    assert.equal(letters.items.length, 4);
    const file = await web.ask('GET', `/api/v1/client-certificates/${next}/trust.pem`);
    assert.match(String(file.headers['content-disposition']), /attachment; filename=".*\.pem"/);
    assert.equal(
      file.text.match(/BEGIN CERTIFICATE/g)?.length,
      2,
      'the certificate, and the authority that was agreed on',
    );
    assert.doesNotMatch(file.text, /PRIVATE/);
    const [letter] = letters.items.filter(({ customerId }) => customerId === pinned.customerId);
    assert.deepEqual(letter?.to, [{ name: 'A', email: 'a@example.org' }]);
    assert.match(letter?.text ?? '', /You recognise our certificate itself/);
    assert.match(letter?.text ?? '', /comes with this text as a PEM file/);
    assert.doesNotMatch(letter?.text ?? '', /What we saw/);
    const { items } = await ask<{ items: Rollout[] }>('GET', '/rollouts');
    assert.deepEqual(
      items.map(({ id, counts, cohorts }) => [id, counts.waiting, cohorts.length]),
      [[board.id, 4, 2]],
    );
  });
});
