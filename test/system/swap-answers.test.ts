/** What people are told of swaps that cannot be, or should not: windows beside the hours, after the end of the current certificate, and verbs on what has ended. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Swap, SwapDetail, SwapPreview } from '@sallyport/console-api';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';
import { SwapStages } from './swap-stages.ts';
import type { SwapWorld } from './swap-world.ts';

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();

let stages: SwapStages;
let world: SwapWorld;
let web: RunningWeb;
before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
  web = await startWeb(world.database, { SALLYPORT_LOG: 'silent' });
});
after(async () => {
  await web?.stop();
  await stages?.stop();
});

async function ask<T>(method: string, path: string, body?: unknown, status = 200): Promise<T> {
  const answer: WebAnswer = await web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  assert.equal(answer.status, status, answer.text);
  return answer.body as T;
}
const refusal = async (path: string, body: unknown = {}): Promise<string> => {
  const { code, seen } = await ask<{ code: string; seen?: { code?: string } }>('POST', path, body, 409);
  return `${code} ${seen?.code ?? ''}`;
};

describe('a window beside the hours of a side', () => {
  it('is taken, and said before anybody approves; hours may go past midnight', async () => {
    const night = {
      timeZone: 'UTC',
      freezes: [],
      hours: { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '04:00' },
    };
    await ask('PUT', '/swap-calendar', night);
    try {
      const connection = await world.connection({ swaps: { calendar: night } });
      const noon = `${inDays(2).slice(0, 10)}T12:00:00.000Z`;
      const wish = {
        connectionId: connection.id,
        certificateId: await world.certificate(),
        windowStartsAt: noon,
        windowEndsAt: `${noon.slice(0, 10)}T13:00:00.000Z`,
      };
      const swap = await ask<Swap>('POST', '/swaps', wish, 201);
      assert.deepEqual(
        swap.warnings.map(({ code, actor }) => [code, actor]),
        [
          ['outside-operator-hours', 'operator'],
          ['outside-customer-hours', 'customer'],
        ],
      );
      const { items } = await ask<{ items: { startsAt: string }[] }>('GET', `/swaps/${swap.id}/times`);
      assert.equal(items.length, 10);
      for (const { startsAt } of items)
        assert.ok(Number(startsAt.slice(11, 13)) >= 22 || Number(startsAt.slice(11, 13)) < 4);
    } finally {
      await ask('PUT', '/swap-calendar', { timeZone: 'UTC', freezes: [] });
    }
  });
});

describe('a window after the end of the current certificate', () => {
  const ending = async (swaps = {}) => {
    const current = await world.certificate(world.authority.client({ until: 20 }));
    const connection = await world.connection({ swaps }, current);
    return { connectionId: connection.id, certificateId: await world.certificate() };
  };

  it('is refused, and none is proposed', async () => {
    const wish = await ending();
    const late = { windowStartsAt: inDays(21), windowEndsAt: inDays(21.1) };
    assert.equal(await refusal('/swaps', { ...wish, ...late }), 'swap-refused current-ends-before-window');
    const swap = await ask<Swap>('POST', '/swaps', wish, 201);
    const { items } = await ask<{ items: { endsAt: string }[] }>('GET', `/swaps/${swap.id}/times`);
    assert.ok(items.length > 0);
    for (const { endsAt } of items) assert.ok(endsAt < inDays(20));
  });

  it('is what a long notice leaves: that is said as it is proposed, with who can shorten it', async () => {
    const wish = await ending({ matching: 'leaf', noticeDays: { 'leaf-pinned': 40 } });
    const query = `connectionId=${wish.connectionId}&certificateId=${wish.certificateId}`;
    const preview = await ask<SwapPreview>('GET', `/swaps/preview?${query}`);
    assert.deepEqual(
      preview.warnings.map(({ code, actor }) => [code, actor]),
      [['current-ends-before-earliest', 'customer']],
    );
    assert.deepEqual(preview.times.items, []);
  });
});

describe('a swap that has ended', () => {
  it('refuses every verb at once', async () => {
    const { id } = await stages.upTo('active');
    const { next, windowStartsAt, windowEndsAt, termsSha256 } = await ask<SwapDetail>('GET', `/swaps/${id}`);
    await world.ask(id, 'roll-back');
    await world.advance(id);
    const window = { windowStartsAt, windowEndsAt };
    const verbs = ['trusted', 'canary', 'activate', 'roll-back', 'finish', 'resume', 'cancel'];
    for (const verb of verbs)
      assert.equal(await refusal(`/swaps/${id}/${verb}`), 'swap-refused state-does-not-allow', verb);
    assert.equal(await refusal(`/swaps/${id}/schedule`, window), 'swap-refused state-does-not-allow');
    const approval = { side: 'operator', sha256: next.sha256, ...window, termsSha256 };
    assert.equal(await refusal(`/swaps/${id}/approve`, approval), 'swap-refused state-does-not-allow');
    assert.equal((await world.swap(id)).requests.filter(({ answeredAt }) => answeredAt === null).length, 0);
  });
});

describe('a proposal of the certificate that serves', () => {
  it('is refused at once', async () => {
    const connection = await world.connection();
    const wish = { connectionId: connection.id, certificateId: stages.first };
    assert.equal(await refusal('/swaps', wish), 'swap-refused next-is-current');
  });
});

describe('an approval by a token', () => {
  it('is shown by the token’s name', async () => {
    const { id } = await stages.upTo('canary');
    const { startsAt, endsAt } = world.window();
    await world.ask(id, 'schedule', { windowStartsAt: startsAt.toISOString(), windowEndsAt: endsAt.toISOString() });
    await world.advance(id);
    const { next, windowStartsAt, windowEndsAt, termsSha256 } = await ask<SwapDetail>('GET', `/swaps/${id}`);
    const body = { side: 'operator', sha256: next.sha256, windowStartsAt, windowEndsAt, termsSha256 };
    const { approvals, names } = await ask<SwapDetail>('POST', `/swaps/${id}/approve`, body);
    const [approval] = approvals;
    assert.ok(approval !== undefined && approval.by.startsWith('token:'));
    assert.ok(approval.byName !== null && !approval.byName.includes(approval.by));
    assert.equal(names[approval.by], approval.byName);
  });
});

describe('the agreed time of a canary', () => {
  const fault = async (path: string, body: object): Promise<(string | undefined)[]> => {
    const { code, fields } = await ask<{ code: string; fields: { path: string; code: string }[] }>(
      'POST',
      path,
      body,
      422,
    );
    return [code, fields[0]?.path, fields[0]?.code];
  };

  it('is refused where it is over, whoever agrees on it: nothing stands in for the customer’s word by itself', async () => {
    const connection = await world.connection();
    const certificateId = await world.certificate();
    const past = new Date(Date.now() - 60_000).toISOString();
    const proposal = { connectionId: connection.id, certificateId };
    assert.deepEqual(await fault('/swaps', { ...proposal, canaryAt: past }), [
      'request-invalid',
      'canaryAt',
      'in-the-past',
    ]);
    const window = { windowStartsAt: inDays(1), windowEndsAt: inDays(2) };
    const rollout = { certificateId, connectionIds: [connection.id], canaryAt: past, ...window };
    assert.deepEqual(await fault('/rollouts', rollout), ['request-invalid', 'canaryAt', 'in-the-past']);
    const { id } = await ask<Swap>('POST', '/swaps', proposal, 201);
    assert.deepEqual(await fault(`/swaps/${id}/canary`, { at: past }), ['request-invalid', 'at', 'in-the-past']);
    const { requests } = await ask<SwapDetail>('GET', `/swaps/${id}`);
    assert.deepEqual(requests, []);
  });
});

describe('a wish that is asked twice', () => {
  it('is one, and a customer’s word that is recorded is recorded once', async () => {
    const { id } = await stages.upTo('validated');
    const asked = await Promise.all([1, 2, 3].map(() => world.ask(id, 'trusted', { note: 'By telephone' })));
    assert.equal(new Set(asked).size, 1);
    assert.notEqual(await world.ask(id, 'trusted', { note: 'By mail' }), asked[0], 'other words are another wish');
    await world.advance(id);
    await world.ask(id, 'trusted', { note: 'By telephone' });
    await world.advance(id);
    const { events, requests } = await world.swap(id);
    assert.equal(events.filter(({ step }) => step === 'asked-trusted').length, 1);
    assert.ok(requests.every(({ answeredAt, refusal: found }) => answeredAt !== null && found === null));
  });
  it('is answered as the first where that has ended the swap', async () => {
    const { id } = await stages.upTo('validated');
    const asked = await Promise.all([1, 2].map(() => world.ask(id, 'cancel')));
    assert.equal(asked[0], asked[1]);
    await world.advance(id);
    const { requests, swap } = await world.swap(id);
    assert.deepEqual([swap.state, requests.length, requests[0]?.refusal], ['cancelled', 1, null]);
  });
});
