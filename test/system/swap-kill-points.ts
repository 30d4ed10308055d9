/** The points at which a process is killed under a swap, and what holds after: it goes on or back by itself, nothing is lost or doubled. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CheckAnswer, SwapDetail } from '@sallyport/console-api';
import type { Identity } from '@sallyport/sandbox';
import { auditFault, listAuditEvents, operatorId, type Connection } from '@sallyport/store';
import { serialOf } from './jira-far-side.ts';
import { operator } from './stored-connection.ts';
import { KillWorld, until, type Victim } from './swap-kill-world.ts';

let world: KillWorld;

/** A swap that is to be held at one point while a process is killed. */
interface Held {
  readonly point: Point;
  readonly connection: Connection;
  readonly next: Identity;
  readonly nextId: string;
  readonly firstId: string | null;
}

interface Point {
  readonly name: string;
  /** Seconds of observation. */
  readonly observation?: number;
  /** Before anybody has said anything. */
  readonly before?: (swap: Held) => Promise<void> | void;
  /** Just before the operator approves, and so before the activation. */
  readonly beforeApproval?: (swap: Held) => Promise<void> | void;
  /** Once the next certificate serves. */
  readonly whenActive?: (swap: Held, id: string) => Promise<void> | void;
  readonly isHeld: (swap: Held) => Promise<boolean>;
  readonly end: 'done' | 'rolled-back';
}

const atGate = (step: string): Pick<Point, 'before' | 'isHeld'> => ({
  before: ({ nextId }) => world.closeGate(nextId, step),
  isHeld: ({ nextId }) => world.isHeldAtGate(nextId),
});
const holds = ({ next }: Held): void => world.farSide.hold(next);
const heldWith = ({ next }: Held, what: string): boolean =>
  world.farSide.held(next).some((one) => one.what.endsWith(what));
const reads = { byProbe: '/rest/api/2/myself', byFollower: '/rest/api/2/serverInfo' };

const forward: readonly Point[] = [
  { name: 'proposed, in the step to validated', ...atGate('validate'), end: 'done' },
  { name: 'validated, in the step to trust announced', ...atGate('announce-trust'), end: 'done' },
  {
    name: 'trust announced, the canary on its way',
    before: holds,
    isHeld: async (swap) => heldWith(swap, reads.byProbe),
    end: 'done',
  },
  { name: 'trust announced, the canary being passed', ...atGate('pass-canary'), end: 'done' },
  { name: 'canary, being scheduled', ...atGate('schedule'), end: 'done' },
  { name: 'scheduled, the pointer written and not committed', ...atGate('activate'), end: 'done' },
];
const afterwards: readonly Point[] = [
  {
    name: 'active, the pointer written and followed by nobody',
    beforeApproval: holds,
    isHeld: async (swap) => heldWith(swap, reads.byProbe) && heldWith(swap, reads.byFollower),
    end: 'done',
  },
  {
    name: 'active and followed, the first handshake being kept',
    ...atGate('handshake-accepted'),
    isHeld: async (swap) => (await world.isHeldAtGate(swap.nextId)) && followed(swap),
    end: 'done',
  },
  { name: 'active, being observed', ...atGate('observe'), end: 'done' },
  { name: 'observed, in the step to done', ...atGate('finish'), end: 'done' },
  {
    name: 'active, rolled back by hand',
    observation: 3_600,
    ...atGate('roll-back'),
    whenActive: async (_swap, id) => void (await api('POST', `/swaps/${id}/roll-back`, {})),
    end: 'rolled-back',
  },
  {
    name: 'active, falling back since the far side refuses',
    ...atGate('roll-back'),
    whenActive: ({ next }) => world.farSide.refuse(next),
    end: 'rolled-back',
  },
];

/** Whether requests of the connection go out with the next certificate: who follows has asked with it, and was answered. */
const followed = ({ next }: Held): boolean =>
  world.farSide.asked.some(({ serial, what }) => serial === serialOf(next) && what.endsWith(reads.byFollower));

const api = async (method: 'GET' | 'POST', path: string, body?: object): Promise<SwapDetail> => {
  const {
    status,
    text,
    body: answer,
  } = await world.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${text}`);
  return answer as SwapDetail;
};

async function prepared(point: Point): Promise<Held> {
  const connection = await world.connect();
  const next = world.swaps.authority.client();
  const nextId = await world.swaps.certificate(next);
  const { currentId: firstId } = await world.swaps.slot(connection);
  const swap = { point, connection, next, nextId, firstId };
  await point.before?.(swap);
  return swap;
}

/** People, by the API: each says once what the swap waits for, and again where the web tier or the database died under it. */
async function bringToItsEnd({ point, ...held }: Held): Promise<string> {
  const swap = { point, ...held };
  const id = await world.swaps.propose({
    connectionId: held.connection.id,
    certificateId: held.nextId,
    window: world.swaps.window(),
    observationSeconds: point.observation ?? 1,
  });
  const said = new Set<string>();
  const once = async (word: string, say: () => Promise<unknown> | void): Promise<void> => {
    if (said.has(word)) return;
    said.add(word);
    await say();
  };
  await until(
    `${point.name}: its end`,
    async () => {
      const now = await api('GET', `/swaps/${id}`);
      if (now.state === 'validated') await once('trusted', () => api('POST', `/swaps/${id}/trusted`, {}));
      if (now.state === 'canary')
        await once('approve', async () => {
          await point.beforeApproval?.(swap);
          const { sha256 } = now.next;
          const { windowStartsAt, windowEndsAt, termsSha256 } = now;
          await api('POST', `/swaps/${id}/approve`, {
            side: 'operator',
            sha256,
            windowStartsAt,
            windowEndsAt,
            termsSha256,
          });
        });
      if (now.state === 'active') await once('active', () => point.whenActive?.(swap, id));
      if (now.state === 'observed') await once('finish', () => api('POST', `/swaps/${id}/finish`, {}));
      return now.state === point.end;
    },
    60_000,
  );
  return id;
}

/** What holds after any kill: one certificate that opens and serves, each step made once, all of it in the audit chain. */
async function isWhole({ point, connection, next, nextId, firstId }: Held, id: string): Promise<void> {
  const { swap, events } = await world.swaps.swap(id);
  const slot = await world.swaps.slot(connection);
  const went = point.end === 'done';
  assert.deepEqual(
    {
      state: swap.state,
      current: slot.currentId,
      previous: slot.previousId,
      next: slot.nextId,
      generation: slot.generation,
    },
    { state: point.end, current: went ? nextId : firstId, previous: null, next: null, generation: went ? 2 : 3 },
    point.name,
  );
  const steps = [
    'validate',
    'announce-trust',
    'pass-canary',
    'schedule',
    'activate',
    ...(went ? ['observe', 'finish'] : ['roll-back']),
  ];
  assert.deepEqual(
    events.filter(({ from, to }) => from !== to).map(({ step }) => step),
    steps,
    `${point.name}: each once`,
  );
  assert.equal(events.filter(({ step }) => step === 'canary-accepted').length, 1, point.name);
  const audited = (await listAuditEvents(world.swaps.web, operator, { limit: 5_000 })).filter(
    ({ subject, action }) => subject === `swap:${id}` && !/^swap\.(proposed|approved|asked\.)/.test(action),
  );
  assert.deepEqual(
    audited.map(({ action }) => action).toReversed(),
    events.map(({ step }) => `swap.${step}`),
    point.name,
  );
  const asked = world.farSide.asked.length;
  const { handshake } = (await api('POST', `/connections/${connection.id}/check`)) as unknown as CheckAnswer;
  const shown = new Set(world.farSide.asked.slice(asked).map(({ serial }) => serial));
  assert.equal(shown.has(serialOf(next)), went, `${point.name}: requests go out with the certificate that is current`);
  assert.deepEqual([handshake.verdict, handshake.error], ['accepted', null], point.name);
}

/** Each point of both ways, twice six swaps at once, with one kill for each six. */
export function describeKillsOf(victim: Victim): void {
  describe(`kill -9 of the ${victim} with a swap at each step`, { timeout: 240_000 }, () => {
    before(async () => void (world = await KillWorld.start()));
    after(() => world?.stop());
    for (const [way, points] of [
      ['the way to the activation', forward],
      ['the way after it, on and back', afterwards],
    ] as const)
      it(`on ${way}: each goes on or back by itself, with one certificate that serves`, async () => {
        const swaps: Held[] = [];
        for (const point of points) swaps.push(await prepared(point));
        await Promise.all(swaps.map(({ connection }) => world.isServed(connection)));
        const ends = swaps.map((swap) => bringToItsEnd(swap));
        // Whoever fails early is told of below, once all are held.
        for (const end of ends) end.catch(() => undefined);
        for (const [index, swap] of swaps.entries())
          await Promise.race([
            until(`${swap.point.name}: held`, () => swap.point.isHeld(swap)),
            ends[index]?.then(() => assert.fail(`${swap.point.name}: it went by without being held`)),
          ]);
        await world.killAndStartAgain(victim);
        for (const { next, point } of swaps) if (point.end === 'done') world.farSide.serve(next);
        await world.openGates();
        for (const [index, end] of ends.entries()) await isWhole(swaps[index] as Held, await end);
        for (const customerId of [operatorId, ...swaps.map(({ connection }) => connection.customerId)])
          assert.equal(await auditFault(world.swaps.connector, operator, customerId), null);
      });
  });
}
