/** What a rollout would be, in sentences: what changes for whom, who could not move and why. */
import type { Actor, RolloutCandidate, SwapClass } from '@sallyport/console-api';

export interface WaitingGroup {
  readonly code: string;
  readonly message: string;
  readonly actor: Actor | null;
  readonly names: readonly string[];
  readonly connectionIds: readonly string[];
}

export interface PreviewWords {
  readonly connections: number;
  readonly moves: number;
  /** `288 connections: nothing changes for the far side`, one for each class and notice. */
  readonly classes: readonly string[];
  /** Those that could not move in this window, by their reason. */
  readonly waiting: readonly WaitingGroup[];
  readonly customerMustApprove: number;
}

const classWords: Readonly<Record<SwapClass, string>> = {
  'no-change': 'nothing changes for the far side',
  'new-intermediate': 'another intermediate signs it',
  'new-ca': 'a new authority or name, which the far side must trust first',
  'leaf-pinned': 'the far side pins our certificate itself, and must enter the next one first',
};

/** @param chosen those that would be in the rollout; what is left out is not among them */
export function previewWords(chosen: readonly RolloutCandidate[]): PreviewWords {
  const byClass = new Map<string, { count: number; words: string }>();
  const byReason = new Map<string, WaitingGroup & { names: string[]; connectionIds: string[] }>();
  for (const candidate of chosen) {
    const notice = candidate.noticeDays === 0 ? '' : `; ${daysOfNotice(candidate.noticeDays)}`;
    const words = `${classWords[candidate.class]}${notice}`;
    const known = byClass.get(words);
    if (known === undefined) byClass.set(words, { count: 1, words });
    else known.count += 1;
    if (candidate.verdict !== 'waits' || candidate.obstacle === null) continue;
    const { code, message, actor } = candidate.obstacle;
    const group = byReason.get(message) ?? { code, message, actor, names: [], connectionIds: [] };
    group.names.push(`${candidate.customerName}: ${candidate.connectionName}`);
    group.connectionIds.push(candidate.connectionId);
    byReason.set(message, group);
  }
  return {
    connections: chosen.length,
    moves: chosen.filter(({ verdict }) => verdict === 'moves').length,
    classes: [...byClass.values()]
      .toSorted((one, other) => other.count - one.count)
      .map(({ count, words }) => `${connectionsWords(count)}: ${words}`),
    waiting: [...byReason.values()].toSorted((one, other) => other.names.length - one.names.length),
    customerMustApprove: chosen.filter(({ customerMustApprove }) => customerMustApprove).length,
  };
}

/** `1 connection`, `12 connections`. */
export function connectionsWords(count: number): string {
  return count === 1 ? '1 connection' : `${count.toLocaleString('en-GB')} connections`;
}

function daysOfNotice(days: number): string {
  return days === 1 ? '1 day’s notice' : `${days} days’ notice`;
}
