/** What keeps a connection from working, by all that is known now: a dial says what was seen, and not whose certificate was at fault. */
import type { Finding } from '@sallyport/console-api';
import type { Connection } from '@sallyport/store';

/** With these a far side, or the proxy before it, says that it does not take our certificate. */
const refusals: readonly string[] = ['client-certificate-refused', 'JIRA_CERTIFICATE_REFUSED'];

export interface ConnectionFacts {
  readonly state: Connection['state'];
  /** What its connector wrote down. */
  readonly kept: Finding | null;
  /** How the last dial under these terms ended. */
  readonly dialled: { readonly finding: Finding | null; readonly at: Date } | null;
  /** The certificate that it presents. */
  readonly own: { readonly name: string; readonly notAfter: Date; readonly isRevoked: boolean } | null;
  /** When the last whole read ended. */
  readonly lastSweepAt: Date | null;
}

/** Null where nothing keeps it from working. @param now epoch milliseconds */
export function settledFinding(facts: ConnectionFacts, now: number): Finding | null {
  const { kept, dialled, own } = facts;
  const found = kept ?? (dialled === null || isOver(facts, now) ? null : dialled.finding);
  if (found === null || own === null || !refusals.includes(found.code)) return found;
  // Then no administrator of the far side can mend it: they were right to refuse.
  if (own.isRevoked)
    return {
      code: 'client-certificate-revoked',
      message: `Our client certificate '${own.name}' is revoked, and the far side has refused it.`,
      actor: 'operator',
    };
  if (own.notAfter.getTime() <= now)
    return {
      code: 'client-certificate-expired',
      message: `Our client certificate '${own.name}' has ended, and the far side has refused it.`,
      actor: 'operator',
    };
  return found;
}

/** A certificate was refused, a swap's new one or a canary's, and the connection has read again since: on open sockets no dial says so. */
function isOver({ state, dialled, own, lastSweepAt }: ConnectionFacts, now: number): boolean {
  // A socket from before may still read with what is refused for good.
  if (own !== null && (own.isRevoked || own.notAfter.getTime() <= now)) return false;
  return (
    state === 'active' &&
    dialled !== null &&
    dialled.finding !== null &&
    refusals.includes(dialled.finding.code) &&
    lastSweepAt !== null &&
    lastSweepAt > dialled.at
  );
}
