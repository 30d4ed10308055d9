import type { RolloutState } from '@sallyport/console-api';
import type { Tone } from './tone.ts';

const words: Readonly<Record<RolloutState, { readonly word: string; readonly tone: Tone; readonly sentence: string }>> =
  {
    canaries: {
      word: 'Canaries',
      tone: 'info',
      sentence: 'Every connection is tried with the next certificate first.',
    },
    ready: { word: 'Ready', tone: 'ok', sentence: 'The canaries are made. Somebody must begin.' },
    moving: { word: 'Moving', tone: 'info', sentence: 'It goes on by itself, cohort by cohort.' },
    stopped: { word: 'Stopped', tone: 'bad', sentence: 'No further connection is moved until somebody resumes it.' },
    done: { word: 'Done', tone: 'ok', sentence: 'Every connection that trusts the certificate has moved.' },
    cancelled: { word: 'Cancelled', tone: 'idle', sentence: 'Nothing further is moved.' },
  };

export function rolloutStateWords(state: RolloutState) {
  return words[state];
}
