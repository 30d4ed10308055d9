/** What follows a certificate: nothing, a later one that is there, or swaps and rollouts under way; and what of these does not go well. */
import type { ClientCertificate, Rollout, Swap } from '@sallyport/console-api';
import { actorWords } from '../../words/actor.ts';

export type Renewal =
  /** Nothing is there that could follow. */
  | { readonly state: 'none' }
  /** A later certificate of the same name is in the inventory; nothing is planned with it. */
  | { readonly state: 'there'; readonly name: string; readonly to: string }
  /** Swaps or a rollout take its connections to another. */
  | { readonly state: 'under-way'; readonly words: string; readonly to: string }
  /** Nothing presents it, and nothing new is bound to it. */
  | { readonly state: 'not-needed' };

export type PlannedSwap = Pick<
  Swap,
  | 'id'
  | 'state'
  | 'connectionId'
  | 'rolloutId'
  | 'connectionName'
  | 'customerName'
  | 'current'
  | 'next'
  | 'reason'
  | 'windowStartsAt'
  | 'windowEndsAt'
>;
export type PlannedRollout = Pick<
  Rollout,
  'id' | 'certificateId' | 'certificateName' | 'replaces' | 'state' | 'windowStartsAt' | 'windowEndsAt' | 'counts'
>;

/** The swaps and rollouts that would take one certificate away, and those that were tried last and went back. */
export interface GoingAway {
  readonly swaps: readonly PlannedSwap[];
  readonly rollouts: readonly PlannedRollout[];
  readonly wentBack: readonly PlannedSwap[];
}

/** Whether a connection presents it now, or a new one would. */
export function isNeeded({ usages, isDefault }: Pick<ClientCertificate, 'usages' | 'isDefault'>): boolean {
  return isDefault || usages.some(({ pointer }) => pointer === 'current');
}

export function renewalOf(
  certificate: ClientCertificate,
  all: readonly ClientCertificate[],
  away: GoingAway,
  now: number,
): Renewal {
  const [rollout] = away.rollouts;
  const [swap] = away.swaps;
  const left = leftBehind(certificate, away);
  const behind = left === 0 ? '' : `; ${left === 1 ? '1 connection is' : `${left} connections are`} in none`;
  if (rollout !== undefined)
    return {
      state: 'under-way',
      words: `Rollout to ${rollout.certificateName}${rollout.state === 'stopped' ? ', stopped' : ''}: ${rollout.counts.moved} of ${rollout.counts.connections} moved${behind}`,
      to: `/rollouts/${rollout.id}`,
    };
  if (swap !== undefined) {
    const blocked = away.swaps.filter(({ state }) => state === 'blocked').length;
    const words =
      away.swaps.length === 1
        ? `Swap to ${swap.next.name}${blocked === 0 ? '' : ', blocked'}`
        : `${away.swaps.length} swaps${blocked === 0 ? '' : `, ${blocked} blocked`}`;
    return { state: 'under-way', words: `${words}${behind}`, to: `/swaps/${swap.id}` };
  }
  if (!isNeeded(certificate)) return { state: 'not-needed' };
  const successor = all.find((one) => couldFollow(one, certificate, now));
  return successor === undefined
    ? { state: 'none' }
    : { state: 'there', name: successor.name, to: `/client-certificates/${successor.id}` };
}

/** Whether the one can stand in the other's place: of the same owner and name, for longer, and nothing stands against it. */
export function couldFollow(one: ClientCertificate, certificate: ClientCertificate, now: number): boolean {
  return (
    one.id !== certificate.id &&
    one.customerId === certificate.customerId &&
    (one.subject === certificate.subject || (one.domain !== null && one.domain === certificate.domain)) &&
    one.notAfter > certificate.notAfter &&
    one.blocking === 0 &&
    one.revocation?.status !== 'revoked' &&
    Date.parse(one.notBefore) <= now
  );
}

/** What of its swaps and rollouts stands still until somebody acts, each the end of a sentence that begins with its name. */
export function swapTroubles(
  certificate: Pick<ClientCertificate, 'id' | 'usages'>,
  away: GoingAway,
): readonly string[] {
  const blocked = away.swaps.filter(({ state }) => state === 'blocked');
  const left = leftBehind(certificate, away);
  return [
    ...swapsWords(blocked, 'blocked'),
    ...away.rollouts.flatMap(rolloutTroubles),
    ...swapsWords(stillBack(certificate, away), 'rolled back'),
    // Nothing is left behind where nothing has set out.
    ...(left === 0 || away.swaps.length + away.rollouts.length === 0
      ? []
      : [
          `leaves ${left === 1 ? '1 connection' : `${left} connections`} in no swap. We, the operator, must propose ${left === 1 ? 'it' : 'theirs'}.`,
        ]),
  ];
}

function swapsWords(swaps: readonly PlannedSwap[], what: 'blocked' | 'rolled back'): readonly string[] {
  const [only] = swaps;
  if (only === undefined) return [];
  const is = what === 'blocked' ? 'is blocked' : 'was rolled back';
  const are = what === 'blocked' ? 'are blocked' : 'were rolled back';
  return [
    swaps.length === 1
      ? `has a swap that ${is}: ${only.customerName}, ${only.connectionName}. ${actorWords(only.reason?.actor ?? 'operator')} must act.`
      : `has ${swaps.length} swaps that ${are}. Each says who must act.`,
  ];
}

function rolloutTroubles({ state, certificateName, counts }: PlannedRollout): readonly string[] {
  const refused = counts.wentBack + counts.canaryRefused;
  return [
    ...(state === 'stopped'
      ? [`has a rollout to ${certificateName} that has stopped. We, the operator, must look.`]
      : []),
    ...(refused === 0
      ? []
      : [
          `has a rollout in which ${refused === 1 ? '1 connection refuses' : `${refused} connections refuse`} the next one. Its board says who must act.`,
        ]),
  ];
}

/** Those that went back and still present it, where no other swap has been proposed for them; those of an open rollout are told with it. */
function stillBack(
  { usages }: Pick<ClientCertificate, 'usages'>,
  { swaps, rollouts, wentBack }: GoingAway,
): readonly PlannedSwap[] {
  const using = new Set(usingIds(usages));
  const again = new Set(swaps.map(({ connectionId }) => connectionId));
  return wentBack.filter(
    ({ connectionId, rolloutId }) =>
      using.has(connectionId) && !again.has(connectionId) && !rollouts.some(({ id }) => id === rolloutId),
  );
}

/** Those of a rollout that went back or were left out, and all that no swap was proposed for. */
function leftBehind({ id, usages }: Pick<ClientCertificate, 'id' | 'usages'>, { swaps, rollouts }: GoingAway): number {
  const moving = new Set(swaps.map(({ connectionId }) => connectionId));
  const alone = usingIds(usages).filter((connectionId) => !moving.has(connectionId)).length;
  return Math.max(0, alone - rollouts.reduce((sum, one) => sum + stillIn(one, id), 0));
}

function usingIds(usages: ClientCertificate['usages']): readonly string[] {
  return usages.filter(({ pointer }) => pointer === 'current').map(({ connectionId }) => connectionId);
}

/** Of a rollout, those that present this certificate and are still to move. */
function stillIn({ replaces, counts }: PlannedRollout, certificateId: string): number {
  const inIt = replaces.find((one) => one.certificateId === certificateId)?.connections ?? 0;
  return Math.min(inIt, counts.connections - counts.moved - counts.wentBack);
}
