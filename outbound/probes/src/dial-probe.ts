/** One whole handshake through the gate, as the rules see it. */
import { isIPv6 } from 'node:net';
import type { Identity, ObservedCheck, ObservedDial } from '@sallyport/diagnosis';
import { dial } from '@sallyport/tls-dialer';
import type { ClientCertificate, DialOutcome, DialTarget } from '@sallyport/tls-dialer';
import { certificateFacts } from './certificate-facts.ts';
import { HttpSession } from './http/http-session.ts';
import type { ProbeBudget } from './probe-budget.ts';

/** Milliseconds for one dial: a slow far side must leave time for the other questions. */
const dialMilliseconds = 6_000;

export interface ProbedDial {
  readonly dial: ObservedDial;
  /** The chain as sent. */
  readonly chain: readonly Uint8Array[];
  readonly session: HttpSession | null;
}

/** Null when the run has had its share. */
export async function probeDial(
  probe: string,
  identity: Identity,
  target: DialTarget,
  certificate: ClientCertificate | null,
  budget: ProbeBudget,
): Promise<ProbedDial | null> {
  const once = async (): Promise<DialOutcome | null> => {
    if (!budget.takeHandshake()) return null;
    const deadlineMilliseconds = Math.max(1, Math.min(dialMilliseconds, target.deadlineMilliseconds, budget.left));
    const outcome = await dial({ ...target, clientCertificate: certificate, deadlineMilliseconds });
    if (outcome.evidence.address === null) budget.giveBackHandshake();
    return outcome;
  };
  const outcome = await once();
  if (outcome === null) return null;
  const observed = observeDial(probe, identity, outcome);
  const chain = outcome.evidence.chain.map((der) => Buffer.from(der, 'base64'));
  if (outcome.verdict !== 'accepted') return { dial: observed, chain, session: null };
  const host = isIPv6(target.host) ? `[${target.host}]` : target.host;
  const session = new HttpSession(outcome, `https://${host}:${target.port}`, identity, budget, async () => {
    const again = await once();
    if (again === null) return null;
    if (again.verdict !== 'accepted') throw again.error;
    return again;
  });
  return { dial: observed, chain, session };
}

function observeDial(probe: string, identity: Identity, { verdict, evidence, ...rest }: DialOutcome): ObservedDial {
  const { clientCertificate, tls } = evidence;
  return {
    probe,
    identity,
    at: evidence.at,
    address: evidence.address,
    sourceAddress: evidence.sourceAddress,
    sourcePort: evidence.sourcePort ?? null,
    verdict,
    error: evidence.error,
    alert: 'error' in rest ? rest.error.alert : null,
    protocol: tls?.protocol ?? null,
    suite: tls?.suite ?? null,
    keyExchange: tls?.keyExchange ?? null,
    requested: clientCertificate.requested,
    sent: clientCertificate.sent,
    certificateRequest: clientCertificate.requested
      ? {
          types: clientCertificate.types ?? [],
          schemes: clientCertificate.signatureSchemes ?? [],
          authorities: clientCertificate.acceptedIssuers,
        }
      : null,
    chain: evidence.chain.flatMap((der) => certificateFacts(Buffer.from(der, 'base64')) ?? []),
    stapled: evidence.stapled ?? false,
    checks: Object.fromEntries(
      Object.entries(evidence.report.checks).map(([name, { status, code, message, actor, evidence: seen }]) => [
        name,
        { status, code, message, actor, source: sourceOf(seen) },
      ]),
    ),
    renegotiationAsked: false,
    milliseconds: Math.round(evidence.timings.total),
  };
}

/** What `withFailures` of the dial wrote beside the check. */
function sourceOf(seen: Readonly<Record<string, unknown>>): ObservedCheck['source'] {
  const { sourceCode: code, sourceKind: kind, sourceUrl: url } = seen;
  return typeof code === 'string' ? { code, kind: String(kind), url: String(url) } : null;
}
