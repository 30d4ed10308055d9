import type { Swap, SwapCertificate } from '@sallyport/console-api';

export type SwapRole = 'brings-it' | 'takes-it-away';

export function roleOf(swap: Pick<Swap, 'next'>, certificateId: string): SwapRole {
  return swap.next.id === certificateId ? 'brings-it' : 'takes-it-away';
}

export interface Successor {
  readonly certificate: Pick<SwapCertificate, 'id' | 'name'>;
  /** How many connections went over, and how many are on their way. */
  readonly done: number;
  readonly underWay: number;
}

const over: readonly Swap['state'][] = ['active', 'observed', 'done'];
const ended: readonly Swap['state'][] = ['cancelled', 'rolled-back'];

/** What this certificate replaces, and what replaces it, by the swaps that were not given up. */
export function succession(
  swaps: readonly Swap[],
  certificateId: string,
): { readonly replaces: readonly Successor[]; readonly replacedBy: readonly Successor[] } {
  const kept = swaps.filter(({ state }) => !ended.includes(state));
  const others = (role: SwapRole): readonly Successor[] => {
    const found = new Map<string, Successor>();
    for (const swap of kept) {
      if (roleOf(swap, certificateId) !== role) continue;
      const certificate = role === 'brings-it' ? swap.current : swap.next;
      if (certificate === null) continue;
      const before = found.get(certificate.id) ?? { certificate, done: 0, underWay: 0 };
      const isOver = over.includes(swap.state);
      found.set(certificate.id, {
        ...before,
        done: before.done + (isOver ? 1 : 0),
        underWay: before.underWay + (isOver ? 0 : 1),
      });
    }
    return [...found.values()];
  };
  return { replaces: others('brings-it'), replacedBy: others('takes-it-away') };
}

/** `on 3 connections, 1 under way` */
export function successorWords({ done, underWay }: Successor): string {
  const connections = (count: number): string => `${count} ${count === 1 ? 'connection' : 'connections'}`;
  if (done === 0) return `under way on ${connections(underWay)}`;
  return underWay === 0 ? `on ${connections(done)}` : `on ${connections(done)}, under way on ${underWay} more`;
}
