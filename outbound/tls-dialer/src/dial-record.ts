/** Collects what a dial sees, step by step, and makes its evidence. */
import type { Socket } from 'node:net';
import { readProxyUrl } from '@sallyport/addresses';
import { checksNotReached } from '@sallyport/tls-policy';
import type { FiveCheckReport } from '@sallyport/tls-policy';
import { DistinguishedName, formatInstant, utcInstant, X509Error } from '@sallyport/x509';
import { showDialError } from './dial-error.ts';
import type { DialError } from './dial-error.ts';
import type { DialEvidence, DialTimings, ProxyEvidence, RevocationAnswer, TlsEvidence } from './dial-evidence.ts';
import type { DialTarget } from './dial-target.ts';
import type { ForwardProxy } from './forward-proxy/forward-proxy.ts';
import type { ServerFlight } from './gate/flight.ts';
import type { HandshakeGate } from './gate/handshake-gate.ts';
import { keyExchangeName, suiteOfNumber, tls13SuiteOfNumber } from './gate/key-exchange.ts';
import type { FetchedSource, FetchSummary } from './revocation-data.ts';

/** Names of accepted authorities that are shown; the first flight may hold thousands. */
const shownIssuers = 200;

type Step = Exclude<keyof DialTimings, 'total'>;

export class DialRecord {
  readonly #target: DialTarget;
  readonly #at = Date.now();
  readonly #start = performance.now();
  readonly #steps: Partial<Record<Step, number>> = {};
  #address: string | null = null;
  #sourceAddress: string | null = null;
  #sourcePort: number | null = null;
  #report: FiveCheckReport | null = null;
  #flight: ServerFlight | null = null;
  #gate: HandshakeGate | null = null;
  #proxy: ProxyEvidence | null = null;
  #answers: readonly RevocationAnswer[] = [];
  #fetched: readonly FetchedSource[] = [];
  readonly #repeated: boolean;

  /** @param earlier what was fetched since a first dial that is now repeated; null for the first */
  constructor(target: DialTarget, earlier: FetchSummary | null = null) {
    this.#target = target;
    this.#repeated = earlier !== null;
    this.#fetched = earlier?.sources ?? [];
  }

  mark(step: Step): void {
    this.#steps[step] = this.#elapsed();
  }

  reached(tcp: Socket): void {
    this.#address = tcp.remoteAddress ?? null;
    this.#sourceAddress = tcp.localAddress ?? null;
    this.#sourcePort = tcp.localPort ?? null;
    this.mark('connected');
  }

  /** The dial goes to a proxy first. @param authority what the proxy is asked to reach */
  proxied({ url, authentication }: ForwardProxy, authority: string): void {
    const proxy = readProxyUrl(url);
    // What is no URL may hold a password.
    const shown = proxy.ok ? proxy.value.href : '';
    this.#proxy = {
      url: shown,
      authentication: authentication.kind,
      path: [shown.replace(/^https?:\/\//, ''), authority],
      report: null,
      tls: null,
      status: null,
      answeredMilliseconds: null,
    };
  }

  proxyJudged({ report, tls }: DialEvidence): void {
    if (this.#proxy !== null) this.#proxy = { ...this.#proxy, report, tls };
  }

  proxyAnswered(status: number): void {
    if (this.#proxy !== null) this.#proxy = { ...this.#proxy, status, answeredMilliseconds: this.#elapsed() };
  }

  flightRead(flight: ServerFlight): void {
    this.#flight = flight;
    this.mark('flight');
  }

  fetched({ sources }: FetchSummary): void {
    this.#fetched = sources;
  }

  judged(report: FiveCheckReport, answers: readonly RevocationAnswer[] = []): void {
    this.#report = report;
    this.#answers = answers;
    this.mark('judged');
  }

  secured(): void {
    this.mark('secure');
  }

  /** The handshake is over, one way or the other. */
  completed(gate: HandshakeGate): void {
    this.#gate = gate;
  }

  accepted(): DialEvidence {
    return this.#evidence(null);
  }

  failed(error: DialError): DialEvidence {
    return this.#evidence(error);
  }

  #evidence(error: DialError | null): DialEvidence {
    const { host, port, policy } = this.#target;
    const flight = this.#flight;
    const timings: DialTimings = {
      resolved: this.#steps.resolved ?? null,
      connected: this.#steps.connected ?? null,
      flight: this.#steps.flight ?? null,
      judged: this.#steps.judged ?? null,
      secure: this.#steps.secure ?? null,
      total: this.#elapsed(),
    };
    return {
      at: new Date(this.#at).toISOString(),
      host,
      port,
      address: this.#address,
      sourceAddress: this.#sourceAddress,
      sourcePort: this.#sourcePort,
      policy: policy.id,
      report: this.#report ?? this.#notReached(),
      clientCertificate: {
        requested: flight?.certificateRequest != null,
        sent: this.#gate?.certificateSent ?? false,
        acceptedIssuers: showIssuers(flight?.certificateRequest?.authorities ?? []),
        types: flight?.certificateRequest?.certificateTypes,
        signatureSchemes: flight?.certificateRequest?.signatureSchemes,
      },
      tls: flight === null ? null : this.#tls(flight),
      stapled: flight === null ? undefined : flight.staple !== null,
      chain: (this.#gate?.chain ?? []).map((der) => Buffer.from(der).toString('base64')),
      keyProven: this.#gate?.secondFlightSent ?? false,
      warningAlerts: [...(this.#gate?.warningAlerts ?? [])],
      fatalAlert: error?.alert ?? null,
      timings,
      heldMilliseconds: timings.flight === null || timings.judged === null ? 0 : round(timings.judged - timings.flight),
      error: error === null ? null : showDialError(error),
      ...(this.#proxy === null ? {} : { proxy: this.#proxy }),
      ...(this.#answers.length === 0 ? {} : { revocation: this.#answers }),
      ...(flight?.staple == null ? {} : { staple: Buffer.from(flight.staple).toString('base64') }),
      ...(this.#fetched.length === 0 ? {} : { fetched: this.#fetched }),
      ...(this.#repeated ? { repeated: true } : {}),
    };
  }

  #tls(flight: ServerFlight): TlsEvidence {
    const { version, suite } = flight.serverHello;
    const { policy } = this.#target;
    return {
      // The gate lets no other version through.
      protocol: version === 0x0304 ? 'TLSv1.3' : 'TLSv1.2',
      suite: (suiteOfNumber(suite, policy) ?? tls13SuiteOfNumber(suite, policy))?.iana ?? '',
      keyExchange: keyExchangeName(flight.keyExchange),
    };
  }

  #notReached(): FiveCheckReport {
    const at = formatInstant(this.#target.at ?? utcInstant(this.#at));
    return { verdict: 'none', at, checks: checksNotReached('The far side showed no chain to check.'), path: [] };
  }

  #elapsed(): number {
    return round(performance.now() - this.#start);
  }
}

function showIssuers(authorities: readonly Uint8Array[]): string[] {
  return authorities.slice(0, shownIssuers).map((der) => {
    try {
      return new DistinguishedName(der).toString();
    } catch (error) {
      if (error instanceof X509Error) return 'unreadable';
      throw error;
    }
  });
}

/** Milliseconds to three digits. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
