/** The switchable faults of the whole far side: those of the enforcer and those of Jira. */
import { jiraFaults, type JiraFault } from '../simulated-jira/faults.ts';

/** `expired`, `wrong-name`: the server's certificate. `refuses-us`: the enforcer trusts a stranger's CA instead of ours. */
export const enforcerFaults = ['expired', 'wrong-name', 'refuses-us'] as const;
export type EnforcerFault = (typeof enforcerFaults)[number];
export type Fault = EnforcerFault | JiraFault;

export const allFaults: readonly Fault[] = [...enforcerFaults, ...jiraFaults];

export function isFault(text: string): text is Fault {
  return allFaults.some((fault) => fault === text);
}

export function isEnforcerFault(text: string): text is EnforcerFault {
  return enforcerFaults.some((fault) => fault === text);
}
