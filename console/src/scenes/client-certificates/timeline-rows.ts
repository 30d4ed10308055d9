/** From certificates, swaps and rollouts to the rows of the timeline: when each ends, what replaces it, and until when somebody should act. */
import type { ClientCertificate, ClientCertificateKind, ServerCertificate } from '@sallyport/console-api';
import { day, expiryTone } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';
import { lifeTone, needsLook, type Look } from './needs-look.ts';
import { renewalOf, swapTroubles, type PlannedRollout, type PlannedSwap, type Renewal } from './renewal.ts';

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
  /** What has to be acted on now, and by whom; null where nobody has to. */
  readonly look: Look | null;
  readonly tone: Tone;
}

export interface TimelineSources {
  readonly certificates: readonly ClientCertificate[];
  readonly swaps: readonly PlannedSwap[];
  readonly rollouts: readonly PlannedRollout[];
  /** Swaps at which nothing goes on: the last of a connection that was rolled back, and what a rollout that is over left blocked. */
  readonly stranded: readonly PlannedSwap[];
}

/** What ends first above; what has ended and nothing needs is left to its own filter. */
export function timelineRows(
  { certificates, swaps: alone, rollouts, stranded }: TimelineSources,
  now: number,
): readonly TimelineRow[] {
  const [swaps, wentBack] = [
    [...alone, ...stranded.filter(({ state }) => state === 'blocked')],
    stranded.filter(({ state }) => state === 'rolled-back'),
  ];
  const open = rollouts.filter(({ state }) => state !== 'done' && state !== 'cancelled');
  return certificates
    .toSorted((one, other) => one.notAfter.localeCompare(other.notAfter))
    .map((certificate) => {
      const away = swaps.filter(({ current }) => current?.id === certificate.id);
      const awayRollouts = open.filter(({ replaces }) => replaces.some((one) => one.certificateId === certificate.id));
      const going = {
        swaps: away,
        rollouts: awayRollouts,
        wentBack: wentBack.filter(({ current }) => current?.id === certificate.id),
      };
      const renewal = renewalOf(certificate, certificates, going, now);
      const look = needsLook(certificate, { renewal, troubles: swapTroubles(certificate, going) }, now);
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
        actBy:
          look === null && (renewal.state === 'under-way' || renewal.state === 'not-needed')
            ? null
            : lastDayToAct(certificate),
        look,
        tone: lifeTone(certificate, renewal, look, now),
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
    look: null,
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
