/** Observations as rules ask for them: looked up once, with what several of them say together. */
import type { CertificateFacts } from './certificate-facts.ts';
import type {
  Observations,
  ObservedCheck,
  ObservedDial,
  ObservedHello,
  ObservedHttp,
  ObservedOwnCertificate,
} from './observations.ts';

/** The far side refused our certificate, or its absence, and how it showed that. */
export interface ClientRefusal {
  /** `closed`: it ended the connection without a word after it had asked. */
  readonly how: 'alert' | 'page' | 'closed';
  readonly alert: number | null;
  /** A certificate of ours left. */
  readonly sent: boolean;
  readonly probe: string;
  readonly words: string;
}

export class Facts {
  readonly observations: Observations;
  readonly target: Observations['target'];
  readonly ours: ObservedOwnCertificate | null;
  /** The dial that stands for the connection. */
  readonly main: ObservedDial | null;
  /** Code of its error; empty where it had none. */
  readonly code: string;
  /** The first answer over it. */
  readonly answer: ObservedHttp | null;
  /** Every answer over it. */
  readonly answers: readonly ObservedHttp[];
  /** What the server showed, as far as it got. */
  readonly chain: readonly CertificateFacts[];
  readonly refusal: ClientRefusal | null;
  /** Epoch milliseconds of the dial. */
  readonly at: number;

  constructor(observations: Observations) {
    this.observations = observations;
    this.target = observations.target;
    this.ours = observations.ours;
    this.main = observations.dials.find(({ probe }) => probe === 'ours') ?? null;
    this.code = this.main?.error?.code ?? '';
    this.answers = observations.http.filter(({ probe }) => probe === 'ours');
    this.answer = this.answers[0] ?? null;
    const shown = this.main?.chain ?? [];
    const heard = this.hello('hello')?.endEntity ?? null;
    this.chain = shown.length > 0 || heard === null ? shown : [heard];
    this.refusal = refusalOf(this.main, this.answer);
    this.at = Date.parse(this.main?.at ?? observations.at);
  }

  get leaf(): CertificateFacts | null {
    return this.chain[0] ?? null;
  }

  /** The five checks refused the server's chain. */
  get serverRefused(): boolean {
    return this.code === 'checks-refused';
  }

  /** A check of the connection's dial; null where it passed or was not reached. */
  trouble(name: 'validity' | 'trust' | 'signature' | 'name' | 'revocation'): ObservedCheck | null {
    const check = this.main?.checks[name] ?? null;
    return check === null || check.code === 'not-reached' || check.code === 'ok' || check.status === 'pass'
      ? null
      : check;
  }

  hello(probe: string): ObservedHello | null {
    return this.observations.hellos.find((one) => one.probe === probe) ?? null;
  }

  dial(probe: string): ObservedDial | null {
    return this.observations.dials.find((one) => one.probe === probe) ?? null;
  }

  http(probe: string): ObservedHttp | null {
    return this.observations.http.find((one) => one.probe === probe) ?? null;
  }

  /** Whether a hello got a ServerHello of TLS 1.2. */
  speaksTls12(probe: string): boolean {
    const heard = this.hello(probe);
    return heard !== null && heard.outcome === 'server-hello' && heard.version === 'TLS 1.2';
  }

  /** The connection is dialled, judged, and Jira or a gateway answered. */
  get answered(): boolean {
    return (
      this.main?.verdict === 'accepted' && this.refusal === null && this.answer !== null && this.answer.status !== null
    );
  }
}

function refusalOf(main: ObservedDial | null, answer: ObservedHttp | null): ClientRefusal | null {
  if (main === null || main.renegotiationAsked || answer?.error?.code === 'client-certificate-by-renegotiation')
    return null;
  const { sent } = main;
  if (main.error?.code === 'client-certificate-refused')
    return { how: 'alert', alert: main.alert, sent, probe: main.probe, words: main.error.message };
  if (main.error?.code === 'peer-closed' && main.requested && main.alert === null && main.suite !== null)
    return { how: 'closed', alert: null, sent, probe: main.probe, words: main.error.message };
  // stunnel refuses a name so.
  if (main.error?.code === 'peer-closed' && main.requested && main.alert === 80 && main.suite !== null)
    return { how: 'alert', alert: 80, sent, probe: main.probe, words: main.error.message };
  if (answer === null) return null;
  if (answer.refusal !== null)
    return {
      how: 'page',
      alert: null,
      sent,
      probe: main.probe,
      words: `HTTP ${answer.status}: ${answer.refusal.words}.`,
    };
  if (answer.status === null && answer.alert !== null && isCertificateAlert(answer.alert))
    return {
      how: 'alert',
      alert: answer.alert,
      sent,
      probe: main.probe,
      words: `Alert ${answer.alert} instead of an answer.`,
    };
  return null;
}

/** Alerts about a client certificate (RFC 5246 §7.2.2, RFC 8446 §6.2). */
function isCertificateAlert(alert: number): boolean {
  return (alert >= 40 && alert <= 49) || alert === 116;
}
