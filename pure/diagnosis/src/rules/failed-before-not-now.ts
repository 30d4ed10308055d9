import type { Rule } from '../rule.ts';

export const failedBeforeNotNow: Rule = {
  id: 'failed-before-not-now',
  symptom: 'The connection’s work broke on the way there, and now the same way works.',
  cause: 'It failed a moment ago ({saw}), and works now: something on the way comes and goes.',
  severity: 'note',
  certainty: 'possible',
  actor: 'network-team',
  citation: 'The last error of the connection’s work',
  whatToDo: 'watch whether it comes again, and at which times.',
  tellApart: 'If it comes again at one address only, a node is at fault.',
  log: 'connection-only',
  repeat: 'handshake',
  match: ({ observations: { lastError }, answered }) =>
    answered && lastError !== null && !lastError.code.startsWith('JIRA_')
      ? {
          probe: 'work',
          saw: lastError.message,
          fill: { saw: lastError.message },
          actor: lastError.actor ?? 'network-team',
        }
      : null,
};
