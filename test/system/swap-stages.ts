/** Swaps of tests moved to a state as people and connectors move them, without a far side; and what the database's clock would say. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { recordHeartbeat, type Connection, type SwapSight } from '@sallyport/store';
import { withOwner } from './stored-connection.ts';
import { SwapWorld } from './swap-world.ts';

export type Stage = 'validated' | 'trust-announced' | 'canary' | 'scheduled' | 'active' | 'observed';

export interface Staged {
  readonly id: string;
  readonly connection: Connection;
  /** Id of the next certificate. */
  readonly next: string;
}

export class SwapStages {
  readonly world: SwapWorld;
  /** Id of the certificate that every connection begins with. */
  readonly first: string;

  private constructor(world: SwapWorld, first: string) {
    this.world = world;
    this.first = first;
  }

  static async start(): Promise<SwapStages> {
    const world = await SwapWorld.start();
    return new SwapStages(world, await world.certificate(world.authority.client(), true));
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  /** Moves a swap up to a state, as people and connectors do. */
  async upTo(state: Stage, hours = 4): Promise<Staged> {
    const { world } = this;
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
    await this.probe(id);
    if (state === 'active') return { id, connection, next };
    await until(async () => {
      const { step, swap } = await world.advance(id);
      if (step.do === 'probe') await this.probe(id);
      return swap.state === 'observed';
    });
    return { id, connection, next };
  }
  /** What a connector would have seen in its observation. */
  probe(id: string, accepted = true): Promise<unknown> {
    return this.world.advance(id, {
      kind: 'probe',
      accepted,
      message: accepted ? null : 'connect-timeout',
      evidence: {},
    });
  }

  /** What a connector would have seen. */
  async canarySight(id: string): Promise<SwapSight> {
    const { next, termsSha256 } = await this.world.facts(id);
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
  async shiftInstants(id: string, milliseconds: number): Promise<void> {
    await withOwner(this.world.database, async (owner) => {
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

  async setStatus(certificateId: string, status: 'good' | 'revoked'): Promise<void> {
    await withOwner(this.world.database, async (owner) => {
      await sql`insert into sallyport.client_certificate_status (customer_id, client_certificate_id, status, code, message, judged_at, since)
      select customer_id, id, ${status}, 'x', 'x', now(), now() from sallyport.client_certificate where id = ${certificateId}
      on conflict (client_certificate_id) do update set status = excluded.status`.execute(owner.db);
    });
  }

  async beat(id: string): Promise<void> {
    await recordHeartbeat(this.world.connector, { id, egressGroup: 'default', startedAt: new Date(), counters: {} });
  }
}

export async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, 'it was not reached');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
