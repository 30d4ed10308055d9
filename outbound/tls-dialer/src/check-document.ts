/** The document of a one-off check: what `sallyport check --json` prints, and what it means for the exit. */
import type { Actor, FiveChecks } from '@sallyport/tls-policy';
import type { DialTimings, ProxyEvidence, RevocationAnswer, TlsEvidence } from './dial-evidence.ts';
import type { ShownDialError } from './dial-error.ts';
import type { FetchedSource } from './revocation-data.ts';

/** What became of our certificate at the enforcer. `unknown` is never a success. */
export type ClientCertificateOutcome = 'accepted' | 'refused' | 'not-requested' | 'unknown';

export interface CheckedClientCertificate {
  readonly requested: boolean;
  readonly sent: boolean;
  readonly acceptedIssuers: readonly string[];
  readonly outcome: ClientCertificateOutcome;
  /** What decided: an alert, an HTTP status, words for people, and who can act. */
  readonly evidence: Readonly<Record<string, string | number | boolean | null>>;
}

export interface CheckDocument {
  /** `accepted`: the five checks accepted, and the server proved its key. `none`: no handshake came about. */
  readonly verdict: 'accepted' | 'refused' | 'none';
  readonly checks: FiveChecks;
  readonly clientCertificate: CheckedClientCertificate;
  /** Nulls where the far side chose nothing. */
  readonly tls: { readonly [member in keyof TlsEvidence]: string | null };
  readonly http: { readonly status: number | null };
  /** Which source answered for which certificate of the path, and what was fetched for that; absent where neither happened. */
  readonly revocation?: {
    readonly answers: readonly RevocationAnswer[];
    readonly fetched: readonly FetchedSource[];
  };
  /** Why no handshake came about, or how the enforcer refused; a refusal by a check stands in `checks` alone. */
  readonly error: ShownDialError | null;
  /** Milliseconds since the start; `total` is the end of the handshake, `http` the end of the request. */
  readonly timings: DialTimings & { readonly http: number | null };
  /** The forward proxy on the way; absent where none is. */
  readonly proxy?: ProxyEvidence;
}

export interface ExitRule {
  /** Ask that the enforcer took our certificate too. */
  readonly expectMutual: boolean;
}

/** 0 accepted, 1 refused by a check (or by the enforcer, where mutual TLS is expected), 3 no handshake. */
export function exitCodeOf(document: CheckDocument, rule: ExitRule): 0 | 1 | 3 {
  if (document.verdict === 'none') return 3;
  if (document.verdict === 'refused') return 1;
  return rule.expectMutual && document.clientCertificate.outcome !== 'accepted' ? 1 : 0;
}

/** One sentence that says that it works, or who must act. */
export function closingSentence(document: CheckDocument, host: string, rule: ExitRule): string {
  const { verdict, error, clientCertificate } = document;
  if (verdict === 'refused') {
    const failing =
      Object.values(document.checks).find(({ status }) => status === 'fail') ?? document.checks.revocation;
    return `${actorWords(failing.actor ?? error?.actor ?? null)} must act: ${lowerFirst(failing.message)}`;
  }
  if (error !== null) return `${actorWords(error.actor)} must act: ${lowerFirst(error.message)}`;
  if (clientCertificate.outcome === 'refused' || (rule.expectMutual && clientCertificate.outcome !== 'accepted')) {
    const { actor, message } = clientCertificate.evidence;
    return `${actorWords(asActor(actor))} must act: ${lowerFirst(String(message ?? 'the client certificate was not accepted.'))}`;
  }
  switch (clientCertificate.outcome) {
    case 'accepted':
      return clientCertificate.sent
        ? `It works: ${host} passed the checks and accepted our client certificate.`
        : `It works, but ${host} asked for a client certificate and served us without one: it is not enforced.`;
    case 'not-requested':
      return `It works: ${host} passed the checks, but it did not ask for a client certificate.`;
    default:
      return `${host} passed the checks, but what it did with the client certificate is not known.`;
  }
}

/** An actor as people call it, at the start of a sentence. */
export function actorWords(actor: Actor | null): string {
  switch (actor) {
    case 'operator':
      return 'The operator of Sallyport';
    case 'customer':
      return "The customer's administrator of Jira or of the proxy in front of it";
    case 'network-team':
      return "The customer's network team";
    case 'certificate-authority':
      return 'The certificate authority';
    default:
      return 'Somebody';
  }
}

function asActor(value: unknown): Actor | null {
  return value === 'operator' || value === 'customer' || value === 'network-team' || value === 'certificate-authority'
    ? value
    : null;
}

function lowerFirst(text: string): string {
  // Names and abbreviations keep their capitals.
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
