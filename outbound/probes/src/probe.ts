/** What a probe is, what it is given, and what is told of it. */
import type {
  Identity,
  ObservedDial,
  ObservedHello,
  ObservedHttp,
  ObservedIssuerFetch,
  ObservedOwnIssuer,
  ShownError,
} from '@sallyport/diagnosis';
import type { ClientCertificate, DialTarget } from '@sallyport/tls-dialer';
import type { HelloOffer } from './hello/client-hello.ts';
import type { ProbedDial } from './dial-probe.ts';
import type { ProbeBudget } from './probe-budget.ts';

export interface DoctorOptions {
  /** As a connection's work would dial. */
  readonly target: DialTarget;
  readonly url: { readonly href: string; readonly contextPath: string };
  /** Whether those probes may run that a far side refuses on purpose: without a certificate, with a wrong one, one suite alone. */
  readonly negativeProbes: boolean;
  /** A certificate of the same authority under another name, where the operator has one. */
  readonly otherName: ClientCertificate | null;
  /** Value of the Authorization header. Never a password: wrong ones are counted, and lock the account. */
  readonly bearer: string | null;
  readonly authentication: 'pat' | 'basic' | null;
  /** REST paths that the terms allow; null for those that every connection needs. */
  readonly restPaths: readonly string[] | null;
  readonly lastError: ShownError | null;
  readonly serialSeenThere: string | null;
  /** IANA name. */
  readonly timeZone: string;
}

/** Everything that was seen so far. */
export interface Sightings {
  readonly dials: ObservedDial[];
  readonly hellos: ObservedHello[];
  readonly http: ObservedHttp[];
  ownRevocation: 'good' | 'revoked' | 'unknown';
  /** Of the connection's own dial, as sent. */
  chain: readonly Uint8Array[];
  issuerFetch: ObservedIssuerFetch | null;
  ownIssuer?: ObservedOwnIssuer | undefined;
}

export interface ProbeContext {
  readonly options: DoctorOptions;
  readonly budget: ProbeBudget;
  readonly seen: Sightings;
  /** Addresses of the name, in the order of the resolver; empty where they are not ours to know. */
  readonly addresses: readonly string[];
  /** One hello; null when the run has had its share. */
  readonly hello: (probe: string, offer: Partial<HelloOffer>, address?: string) => Promise<ObservedHello | null>;
  /** One dial through the gate; the session where it brought a connection. The caller ends it. */
  readonly dial: (
    probe: string,
    identity: Identity,
    certificate: ClientCertificate | null,
    address?: string,
  ) => Promise<ProbedDial | null>;
}

export interface Probe {
  readonly id: string;
  /** What it asks, for people. */
  readonly title: string;
  /** `negative`: a far side refuses it on purpose, so it runs only where the terms allow it. */
  readonly kind: 'positive' | 'negative';
  /** False: it asks somebody else, and costs the far side nothing. */
  readonly asksFarSide?: false;
  /** Whether its answer would tell anything after what was seen. */
  readonly isNeeded: (context: ProbeContext) => boolean;
  readonly run: (context: ProbeContext) => Promise<void>;
}

/** What became of one probe. */
export interface ProbeRun {
  readonly id: string;
  readonly title: string;
  readonly kind: Probe['kind'];
  readonly outcome: 'ran' | 'not-needed' | 'not-allowed' | 'no-budget' | 'stopped';
  readonly handshakes: number;
  readonly requests: number;
  readonly milliseconds: number;
}
