import type { Rule } from '../rule.ts';

export const createMetadataRemoved: Rule = {
  id: 'create-metadata-removed',
  symptom: '404 "Issue Does Not Exist" for /issue/createmeta.',
  cause: 'This Jira no longer has /issue/createmeta, which version 9.0 removed.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'operator',
  citation: 'Jira 9.0: createmeta removed; /issue/createmeta/{project}/issuetypes',
  whatToDo: 'ask for /issue/createmeta/{project}/issuetypes instead, which versions from 8.4 on have.',
  tellApart: 'The same words with another path mean an issue that is not there.',
  log: 'request',
  repeat: 'http',
  match: ({ observations: { http } }) => {
    const answer = http.find(
      ({ path, status, words }) =>
        /\/issue\/createmeta(?:\?|$)/.test(path) && status === 404 && /Issue Does Not Exist/i.test(words),
    );
    return answer === undefined
      ? null
      : { probe: answer.probe, saw: `HTTP 404 for ${answer.path}.`, fill: { project: '{project}' } };
  },
};
