import type { Rule } from '../rule.ts';

export const unexplained: Rule = {
  id: 'unexplained',
  symptom: 'A failure that no other rule explains.',
  cause: '{saw}',
  severity: 'failure',
  certainty: 'possible',
  actor: 'network-team',
  citation: 'The code of the dial',
  whatToDo: 'look at the evidence of this run together with the far side’s log.',
  tellApart: 'No rule fits; the observations are kept with the run.',
  log: 'connection-only',
  repeat: 'handshake-without-certificate',
  onlyAlone: true,
  match: ({ main }) => {
    const error = main?.error ?? null;
    return error === null
      ? null
      : { probe: 'ours', saw: error.message, fill: { saw: error.message }, actor: error.actor ?? 'network-team' };
  },
};
