/** Three connectors that serve one connection, as processes: all follow its pointer, heard or not, and all leave what was refused. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { fallBack, type Connection } from '@sallyport/store';
import { serialOf, startJiraFarSide, type JiraFarSide } from './jira-far-side.ts';
import { ServingConnectors } from './serving-connectors.ts';
import { withOwner } from './stored-connection.ts';
import { until } from './swap-stages.ts';
import { connectorScope, SwapWorld } from './swap-world.ts';

let world: SwapWorld;
let farSide: JiraFarSide;
let connectors: ServingConnectors | null = null;
before(async () => {
  world = await SwapWorld.start();
  farSide = await startJiraFarSide(world.authority);
  await world.certificate(undefined, true);
});
afterEach(() => connectors?.stop());
after(async () => {
  await farSide?.close();
  await world?.stop();
});

const connect = (): Promise<Connection> =>
  world.connection({
    baseUrl: `https://localhost:${farSide.port}`,
    anchors: { kind: 'pem', pem: world.authority.root.certificatePem },
    allowPrivate: true,
    revocation: 'off',
  });

describe('three connectors that serve one connection', { timeout: 120_000 }, () => {
  it('follow when they hear of it, when whoever listens was cut off, and when nothing was said at all', async () => {
    const connection = await connect();
    connectors = await ServingConnectors.start(world, connection, 3);
    await connectors.reach((await connectors.move(await world.certificate())).slot.generation);
    await withOwner(world.database, async (owner) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sallyport-notifications'`.execute(
        owner.db,
      );
    });
    await connectors.reach((await connectors.move(await world.certificate())).slot.generation);
    await connectors.reach((await connectors.move(await world.certificate(), 'lost')).slot.generation);
  });

  it('leave a refused certificate together, whoever was refused, and never dial with it again', async () => {
    const connection = await connect();
    connectors = await ServingConnectors.start(world, connection, 3);
    const next = world.authority.client();
    const { slot } = await connectors.move(await world.certificate(next));
    await connectors.reach(slot.generation);
    farSide.refuse(next);
    const back = await fallBack(world.connector, connectorScope, slot);
    assert.equal(back, slot.generation + 1);
    await connectors.reach(slot.generation + 1);
    const asked = farSide.asked.length;
    connectors.send(50, 'after');
    await until(async () => farSide.asked.length > asked + 60);
    assert.ok((await connectors.stopSending()).every(([, failure]) => failure === null));
    assert.ok(farSide.asked.slice(asked).every(({ serial }) => serial !== serialOf(next)));
  });

  it('take one swap on together: each step is made once, and the pointer moves once', async () => {
    const connection = await connect();
    connectors = await ServingConnectors.start(world, connection, 3);
    const id = await world.propose({
      connectionId: connection.id,
      certificateId: await world.certificate(),
      window: world.window(),
      observationSeconds: 1,
    });
    await world.ask(id, 'trusted');
    await until(async () => (await world.swap(id)).swap.state === 'canary');
    await world.approve(id);
    await connectors.reach(2);
    await until(async () => (await world.swap(id)).swap.state === 'observed');
    const { events, swap } = await world.swap(id);
    assert.equal(swap.slot.generation, 2);
    assert.deepEqual(
      events.filter(({ from, to }) => from !== to).map(({ step }) => step),
      ['validate', 'announce-trust', 'pass-canary', 'schedule', 'activate', 'observe'],
    );
  });

  it('send nothing twice and lose nothing silently where the database is killed between activation and following', async () => {
    const connection = await connect();
    connectors = await ServingConnectors.start(world, connection, 3);
    const next = world.authority.client();
    const certificateId = await world.certificate(next);
    const heard = farSide.heard.length;
    // 200 a second in all.
    connectors.send(67, 'mark');
    await until(async () => farSide.heard.length > heard + 100);
    // Nobody can follow before the database is back: the far side leaves the first handshake's read unanswered.
    farSide.hold(next);
    const { slot } = await connectors.move(certificateId);
    await until(async () => farSide.held(next).length > 0);
    const { dataDirectory } = world.database;
    const [file = ''] = globSync('database/**/postmaster.pid', { cwd: dataDirectory });
    process.kill(Number(readFileSync(join(dataDirectory, file), 'utf8').split('\n')[0]), 'SIGKILL');
    farSide.serve(next);
    await connectors.reach(slot.generation);
    const before = farSide.heard.length;
    await until(async () => farSide.heard.length > before + 100);
    const sent = await connectors.stopSending();
    const text = farSide.heard.slice(heard).join('\n');
    for (const [mark, failure] of sent) {
      const times = text.split(`\\"${mark}\\"`).length - 1;
      assert.ok(failure === null || /^[A-Z][A-Z_]+$/.test(failure), `${mark}: ${failure}`);
      assert.ok(
        failure === null ? times === 1 : times <= 1,
        `${mark} was sent ${times} times: ${failure ?? 'answered'}`,
      );
    }
    assert.ok(sent.length > 200);
  });
});
