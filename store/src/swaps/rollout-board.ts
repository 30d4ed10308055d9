/** Rollouts for people: each with how many stand where, one with every connection and what each waits for, and whom to write to. */
import { sql } from 'kysely';
import { notTrusting, waitsFor, type SwapRefusal } from '@sallyport/lifecycle';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { rolloutMembers, type StoredRolloutMember } from './advance-rollout.ts';
import { rolloutById, rolloutsNewestFirst, type StoredRollout } from './rollouts.ts';
import { swapStatement, withFacts, type StoredSwap } from './swap-rows.ts';

/** How many connections of a rollout are alike in where they stand. */
export type MemberTally = Pick<StoredRolloutMember, 'cohort' | 'state' | 'blockedIn' | 'canary' | 'moved'> & {
  readonly rolloutId: string;
  readonly connections: number;
  /** Of the last of them, epoch milliseconds. */
  readonly stateSince: number;
};

export interface RolloutWithTallies {
  readonly rollout: StoredRollout;
  readonly tallies: readonly MemberTally[];
}

/** The newest first; 200 at most. Two statements, however many connections they have. */
export function listRolloutsWithTallies(store: Store, scope: Scope): Promise<RolloutWithTallies[]> {
  return inScope(store, scope, async (tx) => {
    const rollouts = await rolloutsNewestFirst(tx);
    const { rows } = await sql<MemberTally>`select rollout_id as "rolloutId", cohort, state, blocked_in as "blockedIn",
        canary ->> 'verdict' as canary, activated_at is not null as moved, count(*)::int as connections,
        floor(extract(epoch from max(state_since)) * 1000)::float8 as "stateSince"
      from swap where rollout_id = any(${rollouts.map(({ id }) => id)}::uuid[]) group by 1, 2, 3, 4, 5, 6`.execute(tx);
    return rollouts.map((rollout) => ({ rollout, tallies: rows.filter(({ rolloutId }) => rolloutId === rollout.id) }));
  });
}

export interface StoredRolloutBoard {
  readonly rollout: StoredRollout;
  readonly members: readonly StoredRolloutMember[];
  /** By the swap's id: of those that have not moved. */
  readonly waits: ReadonlyMap<string, SwapRefusal>;
}

/** Their guards are asked for so many; of more, the rest shows only where it stands. */
const mostAsked = 500;

/** Null where the scope sees none. */
export function readRolloutBoard(store: Store, scope: Scope, id: string): Promise<StoredRolloutBoard | null> {
  return inScope(store, scope, async (tx) => {
    const rollout = await rolloutById(tx, id);
    if (rollout === null) return null;
    const { rows } = await swapStatement(
      sql`s.rollout_id = ${id} and s.state in ('proposed', 'validated', 'trust-announced', 'canary', 'scheduled') order by s.rollout_place limit ${mostAsked}`,
    ).execute(tx);
    const waits = rows.map(withFacts).flatMap(({ id: swapId, facts }): [string, SwapRefusal][] => {
      const found = waitsFor(facts);
      return found === null ? [] : [[swapId, found]];
    });
    return { rollout, members: await rolloutMembers(tx, id), waits: new Map(waits) };
  });
}

/** A swap whose far side does not trust the next certificate yet, with those who are asked about it. */
export interface UntrustingSwap extends StoredSwap {
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
}

/** At most 1,000: more letters are no letters. */
const mostLetters = 1000;

/** @returns null where the scope sees no such rollout */
export function untrustingSwaps(store: Store, scope: Scope, id: string): Promise<UntrustingSwap[] | null> {
  return inScope(store, scope, async (tx) => {
    if ((await rolloutById(tx, id)) === null) return null;
    const untrusting = notTrusting(await rolloutMembers(tx, id)).slice(0, mostLetters);
    const { rows } = await swapStatement(sql`s.id = any(${untrusting.map(({ swapId }) => swapId)}::uuid[])
      order by s.rollout_place`).execute(tx);
    return rows.map((row) => ({ ...withFacts(row), contacts: contactsOf(row.terms.contacts) }));
  });
}

function contactsOf({
  owner,
  technical,
}: StoredSwap['terms']['contacts']): readonly { readonly name: string; readonly email: string }[] {
  const people = [technical, owner].map(({ name, email }) => ({ name, email }));
  return people.filter(({ email }, index) => people.findIndex((one) => one.email === email) === index);
}
