/** Whether the far side was seen to enforce mutual TLS: what each identity got, and what that proves. */
import type { Identity, Observations } from './observations.ts';

/** `unknown`: asked, and neither a refusal nor an answer came. */
export type IdentityOutcome = 'refused' | 'accepted' | 'unknown' | 'not-tried';

export interface Enforcement {
  /** Without any certificate; with one that signed itself; with one of the same authority under another name. */
  readonly withoutCertificate: IdentityOutcome;
  readonly throwAway: IdentityOutcome;
  readonly otherName: IdentityOutcome;
  /** True: both without and with a wrong certificate were refused. False: one of them got in. Null: not known. */
  readonly enforces: boolean | null;
  /** True: also another name of the same authority was refused. */
  readonly identityProven: boolean | null;
  /** One sentence for people. */
  readonly statement: string;
}

export function enforcementOf(observations: Observations): Enforcement {
  const withoutCertificate = outcomeOf(observations, 'without-certificate', 'none');
  const throwAway = outcomeOf(observations, 'throw-away', 'throw-away');
  const otherName = outcomeOf(observations, 'other-name', 'other-name');
  const asked = observations.dials.find(({ probe }) => probe === 'ours');
  const neverAsks =
    asked !== undefined &&
    asked.verdict === 'accepted' &&
    !asked.requested &&
    !asked.renegotiationAsked &&
    answered(observations, 'ours');
  const letIn = withoutCertificate === 'accepted' || throwAway === 'accepted' || neverAsks;
  const enforces = letIn ? false : withoutCertificate === 'refused' && throwAway === 'refused' ? true : null;
  const identityProven =
    enforces !== true
      ? letIn
        ? false
        : null
      : otherName === 'refused'
        ? true
        : otherName === 'accepted'
          ? false
          : null;
  return {
    withoutCertificate,
    throwAway,
    otherName,
    enforces,
    identityProven,
    statement: statementOf(enforces, otherName, withoutCertificate, throwAway, neverAsks),
  };
}

function outcomeOf({ dials, http }: Observations, probe: string, identity: Identity): IdentityOutcome {
  const dial = dials.find((one) => one.probe === probe && one.identity === identity);
  if (dial === undefined) return 'not-tried';
  if (dial.error?.code === 'client-certificate-refused') return 'refused';
  if (dial.error?.code === 'peer-closed' && dial.requested) return 'refused';
  if (dial.verdict !== 'accepted') return 'unknown';
  const answer = http.find((one) => one.probe === probe);
  if (answer === undefined) return 'unknown';
  if (answer.refusal !== null) return 'refused';
  if (answer.status === null) return answer.alert === null ? 'unknown' : 'refused';
  // What a gateway itself refuses proves neither: it may be its way to refuse the certificate.
  return answer.status === 403 && answer.kind !== 'json' ? 'refused' : 'accepted';
}

function answered({ http }: Observations, probe: string): boolean {
  return http.some((one) => one.probe === probe && one.status !== null && one.refusal === null);
}

function statementOf(
  enforces: boolean | null,
  otherName: IdentityOutcome,
  none: IdentityOutcome,
  throwAway: IdentityOutcome,
  neverAsks: boolean,
): string {
  if (neverAsks) return 'The far side never asks for a client certificate.';
  if (none === 'accepted') return 'The far side lets in whoever has no certificate.';
  if (throwAway === 'accepted') return 'The far side asks for a certificate and does not verify it.';
  if (enforces === null) return 'Not proven: the negative probes were not made, or brought no answer.';
  if (otherName === 'refused')
    return 'The far side refuses no certificate, a wrong one, and another name of the same authority.';
  if (otherName === 'accepted') return 'The far side takes any certificate of this authority, whatever its name.';
  return 'The far side requires some certificate of this authority; identity not proven.';
}
