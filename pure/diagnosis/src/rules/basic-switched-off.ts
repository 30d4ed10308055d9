import type { Rule } from '../rule.ts';

export const basicSwitchedOff: Rule = {
  id: 'basic-switched-off',
  symptom: 'Basic authentication is refused by Jira 11 or later.',
  cause: 'Jira {version} has Basic authentication switched off, which is its default from version 11 on.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'Jira Data Center 11.0: Basic authentication off by default',
  whatToDo: 'make a personal access token for the service account and tell it to us in place of the password.',
  tellApart: 'A wrong password gets the same status; the version and X-Seraph-LoginReason tell them apart.',
  log: 'request',
  repeat: 'http',
  match: ({ observations, answers }) => {
    if (
      observations.authentication !== 'basic' ||
      !/^JIRA_(UNAUTHORIZED|FORBIDDEN)$/.test(observations.lastError?.code ?? '')
    )
      return null;
    const version = observations.http
      .map(({ json }) => String(json['version'] ?? ''))
      .find((text) => Number.parseInt(text, 10) >= 11);
    return version === undefined
      ? null
      : {
          probe: answers[0]?.probe ?? 'work',
          saw: `Jira says it is ${version}; the work was refused: ${observations.lastError?.message}`,
          fill: { version },
        };
  },
};
