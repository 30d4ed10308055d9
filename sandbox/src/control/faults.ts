/** The switchable faults of the whole far side, by who shows them. */
import {
  isSandboxFault,
  sandboxFaults,
  type SandboxFaultGroup,
  type SandboxFaultName,
} from '@sallyport/console-api/sandbox-faults';
import type { SourceFault } from '../demo-pki/faulty-answer.ts';
import type { JiraFault } from '../simulated-jira/faults.ts';

export type Fault = SandboxFaultName;
/** Of the server's certificate and TLS, and of what the enforcer thinks of ours. */
export type EnforcerFault = Exclude<Fault, JiraFault | SourceFault>;

export const allFaults: readonly Fault[] = sandboxFaults.map(({ name }) => name);
export const isFault = isSandboxFault;

const groups = new Map<string, SandboxFaultGroup>(sandboxFaults.map(({ name, group }) => [name, group]));

export function isJiraFault(fault: Fault): fault is JiraFault {
  return groups.get(fault) === 'jira';
}

export function isSourceFault(fault: Fault): fault is SourceFault {
  return groups.get(fault) === 'revocation-source';
}
