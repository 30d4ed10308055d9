import type { ConnectionState } from '@sallyport/console-api';
import type { Tone } from './tone.ts';

export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  /** What the state means, in one sentence. */
  readonly meaning: string;
}

const words: Readonly<Record<ConnectionState, StateWords>> = {
  draft: {
    word: 'Draft',
    tone: 'info',
    meaning: 'Not in use yet: it needs an accepted check, then it can be activated.',
  },
  checking: { word: 'Checking', tone: 'info', meaning: 'A connector is making a full handshake now.' },
  active: { word: 'Active', tone: 'ok', meaning: 'In use: issues are read and the five checks are proven every day.' },
  paused: {
    word: 'Paused',
    tone: 'idle',
    meaning: 'Held for maintenance: nothing is dialled by itself until it is resumed; a check by hand still is.',
  },
  failing: { word: 'Failing', tone: 'bad', meaning: 'The last attempt did not succeed: somebody must act.' },
  retired: { word: 'Retired', tone: 'idle', meaning: 'No longer used; its evidence is kept.' },
};

/** Word, tone and meaning of a state. */
export function connectionStateWords(state: ConnectionState): StateWords {
  return words[state];
}
