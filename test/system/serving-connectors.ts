/** Connector processes that serve one connection together: for tests and measurements of what all of them do at once. */
import { fork, type ChildProcess } from 'node:child_process';
import {
  activateStatement,
  inScopeAtOnce,
  nameNextStatement,
  operatorId,
  type Connection,
  type SlotPointer,
} from '@sallyport/store';
import { sql } from 'kysely';
import { withOwner } from './stored-connection.ts';
import type { FromConnector, Sent, ToConnector } from './swap-connector-process.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

/** Forks one; resolves when it runs. */
export async function startSwapConnector(world: SwapWorld, name: string): Promise<ChildProcess> {
  const { id, publicKey, privateKey } = world.sealKey;
  const key = JSON.stringify({
    id,
    publicKey: Buffer.from(publicKey).toString('base64'),
    privateKey: Buffer.from(privateKey).toString('base64'),
  });
  const child = fork(new URL('swap-connector-process.ts', import.meta.url), [world.database.connector, name, key], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  return child;
}

export class ServingConnectors {
  readonly #world: SwapWorld;
  readonly #connection: Connection;
  readonly #children: readonly ChildProcess[];
  /** By process: the generation that its requests go out with, and when it was heard of, by `performance.now()`. */
  readonly #generations = new Map<ChildProcess, { readonly generation: number; readonly at: number }>();
  readonly #changed = new Set<() => void>();
  readonly #sent: Sent[] = [];
  #answered = 0;

  private constructor(world: SwapWorld, connection: Connection, children: readonly ChildProcess[]) {
    this.#world = world;
    this.#connection = connection;
    this.#children = children;
    for (const child of children)
      child.on('message', (message: FromConnector) => {
        if (typeof message === 'string') return;
        if ('generation' in message) this.#generations.set(child, { ...message, at: performance.now() });
        else {
          this.#sent.push(...message.sent);
          this.#answered += 1;
        }
        for (const look of this.#changed) look();
      });
  }

  static async start(world: SwapWorld, connection: Connection, count: number): Promise<ServingConnectors> {
    const names = Array.from({ length: count }, (_, index) => `serving-${index + 1}`);
    const children = await Promise.all(names.map((name) => startSwapConnector(world, name)));
    const all = new ServingConnectors(world, connection, children);
    all.#tell({ serve: { connectionId: connection.id, customerId: connection.customerId } });
    const { generation } = await world.slot(connection);
    await all.reach(generation);
    return all;
  }

  /** Until requests of all go out with this generation; gives the moment of the last, by `performance.now()`. */
  async reach(generation: number): Promise<number> {
    const isThere = (): boolean =>
      this.#children.every((child) => this.#generations.get(child)?.generation === generation);
    await this.#until(isThere);
    return Math.max(...[...this.#generations.values()].map(({ at }) => at));
  }

  /** One write of the pointer, with its notification or without; gives what the slot is then, and the moment before the write. */
  async move(
    certificateId: string,
    notification: 'told' | 'lost' = 'told',
  ): Promise<{ readonly slot: SlotPointer; readonly at: number }> {
    const { id, generation } = await this.#world.slot(this.#connection);
    const slot = { id, generation };
    const windowEndsAt = new Date(Date.now() + 3_600_000);
    const at = performance.now();
    if (notification === 'told')
      await inScopeAtOnce(this.#world.connector, connectorScope, [
        nameNextStatement(slot, { ownerId: operatorId, id: certificateId }),
        activateStatement(slot, windowEndsAt),
      ]);
    else
      await withOwner(this.#world.database, async (owner) => {
        await sql`update sallyport.certificate_slot set previous_owner_id = current_owner_id, previous_id = current_id,
          current_owner_id = ${operatorId}, current_id = ${certificateId}, generation = generation + 1, moved_at = now(),
          window_ends_at = ${windowEndsAt} where id = ${id}`.execute(owner.db);
      });
    return { slot: await this.#world.slot(this.#connection), at };
  }

  /** Each sends so many searches a second; every one bears a mark that begins with `mark`. */
  send(perSecond: number, mark: string): void {
    for (const [index, child] of this.#children.entries())
      child.send({ send: { perSecond, mark: `${mark}-${index}` } } satisfies ToConnector);
  }

  /** Ends it, and gives what came of all. */
  async stopSending(): Promise<readonly Sent[]> {
    this.#tell({ stopSending: true });
    await this.#until(() => this.#answered === this.#children.length);
    return this.#sent;
  }

  stop(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #tell(message: ToConnector): void {
    for (const child of this.#children) child.send(message);
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#changed.delete(look);
        resolve();
      };
      this.#changed.add(look);
      look();
    });
  }
}
