/** What people asked of a swap, answered by the guards: done, or refused with who can act. */
import { sql } from 'kysely';
import { judgeTransition, windowSound, type SwapRefusal, type TransitionName } from '@sallyport/lifecycle';
import type { Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { afterCanary, makeTransition, recordSwapEvent } from './make-transition.ts';
import { noReason } from './no-reason.ts';
import { swapById, type SwapAsk } from './propose-swap.ts';
import type { StoredSwap } from './swap-rows.ts';

interface Request {
  readonly id: string;
  readonly ask: SwapAsk;
  readonly detail: Readonly<Record<string, string | undefined>>;
  readonly by: string;
}

/** True where anything was answered. `made` gets the transitions. */
export async function answerRequests(
  tx: Tx,
  scope: Scope,
  first: StoredSwap,
  made: TransitionName[],
): Promise<boolean> {
  const { rows } = await sql<Request>`select id, ask, detail, by from swap_request
    where swap_id = ${first.id} and answered_at is null order by at, id limit 50`.execute(tx);
  for (const request of rows) {
    const swap = (await swapById(tx, first.id)) ?? first;
    const found = await answer(tx, scope, swap, request, made);
    await sql`update swap_request set answered_at = clock_timestamp(),
      refusal = ${found === null ? null : JSON.stringify(found)}::jsonb where id = ${request.id}`.execute(tx);
  }
  return rows.length > 0;
}

async function answer(
  tx: Tx,
  scope: Scope,
  swap: StoredSwap,
  { id, ask, detail, by }: Request,
  made: TransitionName[],
): Promise<SwapRefusal | null> {
  const note = (evidence: object): Promise<void> =>
    recordSwapEvent(tx, scope, swap, {
      to: swap.state,
      step: `asked-${ask}`,
      evidence: { by, requestId: id, ...evidence },
    });
  const move = async (name: TransitionName): Promise<SwapRefusal | null> => {
    const judged = judgeTransition(name, swap.facts);
    if (!judged.ok) return judged.refusal;
    const reason = { code: `asked-${ask}`, message: detail.reason ?? noReason, actor: null };
    await makeTransition(tx, scope, swap, name, reason);
    made.push(name);
    return null;
  };
  switch (ask) {
    case 'trusted':
      if (!isBefore(swap)) return tooLate(swap);
      if (isTrustKnown(swap)) return null;
      await sql`update swap set trusted_at = ${afterCanary}, trusted_by = ${by} where id = ${swap.id}`.execute(tx);
      await note({ note: detail.note ?? null });
      return null;
    case 'canary-at': {
      if (!isBefore(swap)) return tooLate(swap);
      await sql`update swap set canary_at = ${detail.at ?? null}::timestamptz where id = ${swap.id}`.execute(tx);
      await note({ at: detail.at });
      return null;
    }
    case 'canary':
      if (!isBefore(swap) || (swap.state !== 'trust-announced' && swap.blockedIn !== 'trust-announced'))
        return refused(
          'canary-not-due',
          'A canary is made once the customer trusts the next certificate, or at an agreed time.',
          'customer',
        );
      await sql`update swap set canary_asked_at = ${afterCanary} where id = ${swap.id}`.execute(tx);
      await note({});
      return null;
    case 'schedule':
      return schedule(tx, swap, detail, note);
    case 'finish':
      if (swap.state !== 'observed') return tooEarly(swap);
      await sql`update swap set finish_asked_at = clock_timestamp() where id = ${swap.id}`.execute(tx);
      await note({});
      return null;
    case 'resume':
      if (swap.state !== 'blocked') return refused('not-blocked', 'This swap is not blocked.', null);
      await sql`update swap set resume_asked_at = clock_timestamp() where id = ${swap.id}`.execute(tx);
      await note({});
      return null;
    case 'activate':
      return move('activate');
    case 'roll-back':
      return move('roll-back');
    case 'cancel':
      return move('cancel');
  }
}

/** A window can be changed until the activation; approvals of another one are void by themselves. */
async function schedule(
  tx: Tx,
  swap: StoredSwap,
  { windowStartsAt, windowEndsAt, changeNumber }: Request['detail'],
  note: (evidence: object) => Promise<void>,
): Promise<SwapRefusal | null> {
  if (!isBefore(swap)) return tooLate(swap);
  const window = { startsAt: Date.parse(windowStartsAt ?? ''), endsAt: Date.parse(windowEndsAt ?? '') };
  const found = windowSound({ ...swap.facts, window });
  if (found !== null) return found;
  await sql`update swap set window_starts_at = ${windowStartsAt}::timestamptz, window_ends_at = ${windowEndsAt}::timestamptz,
    change_number = coalesce(${changeNumber ?? null}::text, change_number) where id = ${swap.id}`.execute(tx);
  await note({ windowStartsAt, windowEndsAt, changeNumber: changeNumber ?? null });
  return null;
}

function isBefore({ state, activatedAt }: StoredSwap): boolean {
  return activatedAt === null && state !== 'cancelled' && state !== 'done' && state !== 'rolled-back';
}

/** Recorded, and nothing has spoken against it since: said again, it is the same word. */
function isTrustKnown({ trustedAt, canary }: StoredSwap): boolean {
  return trustedAt !== null && (canary === null || canary.verdict === 'accepted' || canary.at < trustedAt);
}

function tooLate({ state }: StoredSwap): SwapRefusal {
  return refused('state-does-not-allow', `This is not possible any more: the swap is ${state}.`, null);
}

function tooEarly({ state }: StoredSwap): SwapRefusal {
  return refused('state-does-not-allow', `This is not possible yet: the swap is ${state}.`, null);
}

function refused(code: string, message: string, actor: SwapRefusal['actor']): SwapRefusal {
  return { code, message, actor };
}
