import type { Actor, RolloutBoard, RolloutMember, RolloutState } from '@sallyport/console-api';
import { connectionsWords } from './rollout-preview.ts';
import type { Tone } from './tone.ts';

const words: Readonly<Record<RolloutState, { readonly word: string; readonly tone: Tone; readonly sentence: string }>> =
  {
    canaries: {
      word: 'Canaries',
      tone: 'info',
      sentence: 'Every connection is tried with the next certificate first; nothing has moved.',
    },
    ready: { word: 'Ready', tone: 'info', sentence: 'The canaries are made. It begins when it is approved.' },
    moving: { word: 'Moving', tone: 'info', sentence: 'It goes on by itself, cohort by cohort.' },
    stopped: { word: 'Stopped', tone: 'bad', sentence: 'No further connection is moved until somebody resumes it.' },
    done: { word: 'Done', tone: 'ok', sentence: 'It is over.' },
    cancelled: { word: 'Cancelled', tone: 'idle', sentence: 'Nothing further is moved.' },
  };

export function rolloutStateWords(state: RolloutState) {
  return words[state];
}

/** Where it stands in one sentence; at its end, whether all have come along. */
export function rolloutVerdict({ state, counts, waitsFor }: Pick<RolloutBoard, 'state' | 'counts' | 'waitsFor'>): {
  readonly tone: Tone;
  readonly sentence: string;
} {
  const { tone, sentence } = words[state];
  if (state === 'moving' && (waitsFor?.actor ?? null) !== null)
    return { tone: 'warn', sentence: 'It goes on when somebody has acted.' };
  if (state !== 'done') return { tone, sentence };
  const { connections, moved, wentBack } = counts;
  const left = connections - moved - wentBack;
  if (left + wentBack <= 0)
    return {
      tone,
      sentence: connections === 1 ? 'The connection has moved.' : `All ${connectionsWords(connections)} have moved.`,
    };
  const behind = [
    ...(wentBack > 0 ? [`${wentBack} went back or ${wentBack === 1 ? 'is' : 'are'} blocked`] : []),
    ...(left > 0 ? [`${left} ended without moving`] : []),
  ];
  return {
    tone: 'warn',
    sentence: `${moved} of ${connectionsWords(connections)} ${connections === 1 ? 'has' : 'have'} moved; ${behind.join(', ')}.`,
  };
}

const line = ['canaries', 'ready', 'moving', 'done'] as const;

export interface RolloutLineState {
  readonly name: string;
  readonly when: 'past' | 'now' | 'ahead' | 'stopped';
}

/** Canaries, ready, moving, done: where it stands, or where it was stopped or cancelled. */
export function rolloutLine({
  state,
  cohort,
  counts,
}: Pick<RolloutBoard, 'state' | 'cohort' | 'counts'>): readonly RolloutLineState[] {
  const ended = state === 'stopped' || state === 'cancelled';
  const reached = ended ? (cohort > 0 ? 'moving' : counts.waiting > 0 ? 'canaries' : 'ready') : state;
  const here = line.indexOf(reached);
  return line.map((name, index) => ({
    name: words[name].word,
    when:
      index < here || (state === 'done' && index === here)
        ? 'past'
        : index > here
          ? 'ahead'
          : ended
            ? 'stopped'
            : 'now',
  }));
}

export const memberBaskets = ['needs', 'waiting', 'moving', 'there', 'out'] as const;
/** Where a connection of a rollout stands, as people sort them. */
export type MemberBasket = (typeof memberBaskets)[number];

export const memberBasketWords: Readonly<Record<MemberBasket, { readonly word: string; readonly tone: Tone }>> = {
  needs: { word: 'need somebody', tone: 'bad' },
  waiting: { word: 'wait for their turn', tone: 'idle' },
  moving: { word: 'move or are observed', tone: 'info' },
  there: { word: 'have moved', tone: 'ok' },
  out: { word: 'were taken out', tone: 'idle' },
};

type Member = Pick<RolloutMember, 'state' | 'canary' | 'cohort' | 'reason' | 'waitsFor'>;

/** Our approval is asked for once, for the whole rollout: it is no connection's trouble. */
const ofTheRollout: readonly string[] = ['approval-operator-missing', 'approval-operator-void', 'cohort-not-yet'];

export function memberBasket(member: Member): MemberBasket {
  const { state, canary, cohort } = member;
  if (state === 'observed' || state === 'done') return 'there';
  if (state === 'cancelled') return 'out';
  if (state === 'blocked' || state === 'rolled-back') return 'needs';
  if (state === 'active' || (state === 'scheduled' && cohort !== null)) return 'moving';
  if (canary === 'refused' || canary === 'failed' || memberActor(member) !== null) return 'needs';
  return 'waiting';
}

/** Who must act for this connection to go on; null: nobody, or the rollout as a whole waits. */
export function memberActor({ reason, waitsFor }: Member): Actor | null {
  if (reason !== null) return reason.actor;
  return waitsFor === null || ofTheRollout.includes(waitsFor.code) ? null : waitsFor.actor;
}

/** What is to be said of it besides its state; empty where its state says all. */
export function memberSentence(member: Member): string {
  const { state, canary, cohort, reason, waitsFor } = member;
  if (reason !== null) return reason.message;
  if (state === 'active') return 'It has moved and is being observed.';
  if (state === 'observed' || state === 'done') return '';
  if (waitsFor !== null) return waitsFor.message;
  if (canary === null) return 'Its canary is still to be made.';
  if (state === 'scheduled') return cohort === null ? 'It waits for its cohort.' : 'It is about to move.';
  return '';
}
