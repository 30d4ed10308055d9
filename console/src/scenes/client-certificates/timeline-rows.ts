/** From certificates, swaps and rollouts to the rows of the timeline: when each ends, what replaces it, and until when somebody should act. */
import type {
  ClientCertificate,
  ClientCertificateKind,
  Rollout,
  ServerCertificate,
  Swap,
} from '@sallyport/console-api';
import { day, expiryTone } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';

/** A window in which a swap or rollout changes who presents the certificate. */
export interface TimelinePlan {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  /** `rollout to *.operator.example, 320 connections`. */
  readonly words: string;
  readonly to: string;
}

export type Renewal =
  /** Nothing is there that could follow. */
  | { readonly state: 'none' }
  /** A later certificate of the same name is in the inventory; nothing is planned with it. */
  | { readonly state: 'there'; readonly name: string; readonly to: string }
  /** Swaps or a rollout take its connections to another. */
  | {
      readonly state: 'under-way';
      readonly words: string;
      readonly to: string;
      /** It stopped, is blocked, or leaves connections behind: without somebody it is not enough. */
      readonly needsSomebody: boolean;
    }
  /** Nothing presents it, and nothing new is bound to it. */
  | { readonly state: 'not-needed' };

export interface TimelineRow {
  readonly id: string;
  readonly name: string;
  readonly to: string;
  /** Null: of the web tier itself. */
  readonly kind: ClientCertificateKind | null;
  readonly owner: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly issuer: string;
  /** Null: of the web tier itself. */
  readonly certificate: ClientCertificate | null;
  readonly renewal: Renewal;
  readonly plans: readonly TimelinePlan[];
  /** What it takes over from, where that is under way. */
  readonly follows: readonly { readonly name: string; readonly to: string }[];
  /** The last sensible day to act, epoch milliseconds; null where nobody has to. */
  readonly actBy: number | null;
  readonly tone: Tone;
}

type PlannedSwap = Pick<
  Swap,
  'id' | 'state' | 'connectionName' | 'customerName' | 'current' | 'next' | 'windowStartsAt' | 'windowEndsAt'
>;
type PlannedRollout = Pick<
  Rollout,
  'id' | 'certificateId' | 'certificateName' | 'replaces' | 'state' | 'windowStartsAt' | 'windowEndsAt' | 'counts'
>;

export interface TimelineSources {
  readonly certificates: readonly ClientCertificate[];
  readonly swaps: readonly PlannedSwap[];
  readonly rollouts: readonly PlannedRollout[];
}

/** What ends first above; what has ended and nothing needs is left to its own filter. */
export function timelineRows({ certificates, swaps, rollouts }: TimelineSources, now: number): readonly TimelineRow[] {
  const open = rollouts.filter(({ state }) => state !== 'done' && state !== 'cancelled');
  return certificates
    .toSorted((one, other) => one.notAfter.localeCompare(other.notAfter))
    .map((certificate) => {
      const away = swaps.filter(({ current }) => current?.id === certificate.id);
      const awayRollouts = open.filter(({ replaces }) => replaces.some((one) => one.certificateId === certificate.id));
      const renewal = renewalOf(certificate, certificates, away, awayRollouts, now);
      const plans = [
        ...awayRollouts.map((rollout) => planOfRollout(rollout, `to ${rollout.certificateName}`)),
        ...open
          .filter(({ certificateId }) => certificateId === certificate.id)
          .map((rollout) => planOfRollout(rollout, `from ${rollout.replaces.map(({ name }) => name).join(', ')}`)),
        ...away.flatMap((swap) => planOfSwap(swap, `to ${swap.next.name}`)),
        ...swaps
          .filter(({ next }) => next.id === certificate.id)
          .flatMap((swap) => planOfSwap(swap, `from ${swap.current?.name ?? 'none'}`)),
      ];
      return {
        id: certificate.id,
        name: certificate.name,
        to: `/client-certificates/${certificate.id}`,
        kind: certificate.kind,
        owner: certificate.customerName ?? 'ours',
        notBefore: certificate.notBefore,
        notAfter: certificate.notAfter,
        issuer: certificate.issuer,
        certificate,
        renewal,
        plans,
        follows: followed(certificate, swaps, open),
        actBy: hasToAct(renewal) ? lastDayToAct(certificate) : null,
        tone: toneOf(certificate, renewal, now),
      };
    });
}

/** The web tier's own: whoever keeps its files brings the next one, so nothing is planned here. */
export function serverRows(servers: readonly ServerCertificate[], now: number): readonly TimelineRow[] {
  return servers.slice(0, 1).map((server) => ({
    id: server.sha256,
    name: server.names[0]?.replace(/^dns:/u, '') ?? server.subject,
    to: '/custody',
    kind: null,
    owner: 'the web tier',
    notBefore: server.notBefore,
    notAfter: server.notAfter,
    issuer: server.issuer,
    certificate: null,
    renewal: { state: 'none' },
    plans: [],
    follows: [],
    actBy: lastDayToAct(server),
    tone: expiryTone(server, now),
  }));
}

/** The longest notice that terms ask for unless they say otherwise; of a short life, its last third. */
const longestNotice = 30 * day;

/** After it a swap that needs notice would come too late. */
export function lastDayToAct({
  notBefore,
  notAfter,
}: {
  readonly notBefore: string;
  readonly notAfter: string;
}): number {
  const end = Date.parse(notAfter);
  return end - Math.min(longestNotice, (end - Date.parse(notBefore)) / 3);
}

function hasToAct(renewal: Renewal): boolean {
  if (renewal.state === 'under-way') return renewal.needsSomebody;
  return renewal.state !== 'not-needed';
}

function isNeeded({ usages, isDefault }: ClientCertificate): boolean {
  return isDefault || usages.some(({ pointer }) => pointer === 'current');
}

function renewalOf(
  certificate: ClientCertificate,
  all: readonly ClientCertificate[],
  away: readonly PlannedSwap[],
  rollouts: readonly PlannedRollout[],
  now: number,
): Renewal {
  const using = certificate.usages.filter(({ pointer }) => pointer === 'current').length;
  const [rollout] = rollouts;
  const [swap] = away;
  // Those of a rollout that went back or were left out, and all that no swap was proposed for.
  const left = Math.max(0, using - away.length - rollouts.reduce((sum, one) => sum + stillIn(one, certificate.id), 0));
  const behind = left === 0 ? '' : `; ${left === 1 ? '1 connection is' : `${left} connections are`} in none`;
  if (rollout !== undefined)
    return {
      state: 'under-way',
      words: `Rollout to ${rollout.certificateName}${rollout.state === 'stopped' ? ', stopped' : ''}: ${rollout.counts.moved} of ${rollout.counts.connections} moved${behind}`,
      to: `/rollouts/${rollout.id}`,
      needsSomebody: rollout.state === 'stopped' || left > 0,
    };
  if (swap !== undefined)
    return {
      state: 'under-way',
      words: `${away.length === 1 ? `Swap to ${swap.next.name}` : `${away.length} swaps`}${swap.state === 'blocked' ? ', blocked' : ''}${behind}`,
      to: `/swaps/${swap.id}`,
      needsSomebody: away.every(({ state }) => state === 'blocked') || left > 0,
    };
  if (!isNeeded(certificate)) return { state: 'not-needed' };
  const successor = all.find(
    (one) =>
      one.id !== certificate.id &&
      one.customerId === certificate.customerId &&
      (one.subject === certificate.subject || (one.domain !== null && one.domain === certificate.domain)) &&
      one.notAfter > certificate.notAfter &&
      one.blocking === 0 &&
      one.revocation?.status !== 'revoked' &&
      Date.parse(one.notBefore) <= now,
  );
  return successor === undefined
    ? { state: 'none' }
    : { state: 'there', name: successor.name, to: `/client-certificates/${successor.id}` };
}

/** Of a rollout, those that present this certificate and are still to move. */
function stillIn({ replaces, counts }: PlannedRollout, certificateId: string): number {
  const inIt = replaces.find((one) => one.certificateId === certificateId)?.connections ?? 0;
  return Math.min(inIt, counts.connections - counts.moved - counts.wentBack);
}

/** Who has taken care alarms less: one step, and never for what has ended already. */
function toneOf(certificate: ClientCertificate, renewal: Renewal, now: number): Tone {
  const tone = expiryTone(certificate, now);
  const ended = Date.parse(certificate.notAfter) <= now;
  if (renewal.state === 'not-needed') return ended || tone !== 'ok' ? 'idle' : tone;
  if (ended || renewal.state === 'none' || (renewal.state === 'under-way' && renewal.needsSomebody)) return tone;
  return tone === 'bad' ? 'warn' : tone === 'warn' ? 'info' : tone;
}

function followed(
  { id }: ClientCertificate,
  swaps: readonly PlannedSwap[],
  rollouts: readonly PlannedRollout[],
): TimelineRow['follows'] {
  const found = new Map<string, string>();
  for (const { certificateId, replaces } of rollouts)
    if (certificateId === id) for (const one of replaces) found.set(one.certificateId, one.name);
  for (const { next, current } of swaps) if (next.id === id && current !== null) found.set(current.id, current.name);
  return [...found].map(([certificateId, name]) => ({ name, to: `/client-certificates/${certificateId}` }));
}

function planOfRollout(rollout: PlannedRollout, words: string): TimelinePlan {
  return {
    id: rollout.id,
    from: Date.parse(rollout.windowStartsAt),
    until: Date.parse(rollout.windowEndsAt),
    words: `rollout ${words}, ${rollout.counts.connections} connections`,
    to: `/rollouts/${rollout.id}`,
  };
}

function planOfSwap(swap: PlannedSwap, words: string): TimelinePlan[] {
  const { id, windowStartsAt, windowEndsAt, customerName, connectionName } = swap;
  if (windowStartsAt === null || windowEndsAt === null) return [];
  return [
    {
      id,
      from: Date.parse(windowStartsAt),
      until: Date.parse(windowEndsAt),
      words: `swap of ${customerName}: ${connectionName} ${words}`,
      to: `/swaps/${id}`,
    },
  ];
}
