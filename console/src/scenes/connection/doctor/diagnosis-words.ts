import type { Diagnosis, DiagnosisFinding, EnforcementProof } from '@sallyport/console-api';
import { sentence } from '../../../words/sentence.ts';
import type { Tone } from '../../../words/tone.ts';

export const verdictWords: Readonly<Record<Diagnosis['verdict'], { word: string; tone: Tone }>> = {
  works: { word: 'Works', tone: 'ok' },
  weak: { word: 'Works, with a weakness', tone: 'warn' },
  fails: { word: 'Does not work', tone: 'bad' },
};

export const severityTones: Readonly<Record<DiagnosisFinding['severity'], Tone>> = {
  failure: 'bad',
  weakness: 'warn',
  note: 'info',
};

export const severityWords: Readonly<Record<DiagnosisFinding['severity'], string>> = {
  failure: 'Stops the work',
  weakness: 'Weakness',
  note: 'Worth knowing',
};

export const certaintyWords: Readonly<Record<DiagnosisFinding['certainty'], string>> = {
  certain: 'Certain',
  likely: 'Likely',
  possible: 'Possible',
};

type Probe = Diagnosis['probes'][number];

export const probeOutcomeWords: Readonly<Record<Probe['outcome'], string>> = {
  ran: 'ran',
  'not-needed': 'not needed',
  'not-allowed': 'not allowed by the terms',
  'no-budget': 'left out: the limit was reached',
  stopped: 'stopped',
};

type IdentityOutcome = EnforcementProof['seen']['withoutCertificate'];

export const identityOutcomeWords: Readonly<Record<IdentityOutcome, { word: string; tone: Tone }>> = {
  refused: { word: 'refused', tone: 'ok' },
  accepted: { word: 'let in', tone: 'bad' },
  unknown: { word: 'could not be told', tone: 'warn' },
  'not-tried': { word: 'not tried', tone: 'idle' },
};

/** What follows “Please”, as a sentence of its own. */
export function pleaseSentence(whatToDo: string): string {
  const text = whatToDo.trim();
  return text === '' ? '' : sentence(`Please ${text}`);
}
