/** One dial and, where it was accepted, one harmless GET: what `sallyport check` and a connector's interactive check have in common. */
import { isIPv6 } from 'node:net';
import { alertOfError, isClientCertificateAlert } from './alert-number.ts';
import type { CheckDocument, CheckedClientCertificate, ClientCertificateOutcome } from './check-document.ts';
import { dial } from './dial.ts';
import type { AcceptedDial, DialOutcome } from './dial.ts';
import { DialError, showDialError } from './dial-error.ts';
import type { DialEvidence } from './dial-evidence.ts';
import type { DialTarget } from './dial-target.ts';
import { readEnforcerRefusal } from './enforcer-answer.ts';
import { alertActor, alertWords } from './handshake-error.ts';
import { sendHarmlessGet } from './harmless-request.ts';
import type { HttpAnswer } from './harmless-request.ts';
import { renegotiationError } from './open-socket.ts';

export interface CheckOptions {
  readonly target: DialTarget;
  /** Path of the URL that is asked for, with a slash in front. */
  readonly path: string;
  /** Milliseconds for the request, apart from those of the dial. */
  readonly requestDeadlineMilliseconds?: number;
  /** Gets the evidence of the dial before the connection is used. */
  readonly onEvidence?: (evidence: DialEvidence) => void;
}

type Told = Pick<CheckedClientCertificate, 'outcome' | 'evidence'> & {
  readonly httpStatus: number | null;
  readonly error: DialError | null;
};

const defaultRequestDeadlineMilliseconds = 10_000;

/** Checks once. Never rejects for what the far side or the network does. */
export async function checkOnce(options: CheckOptions): Promise<CheckDocument> {
  const started = performance.now();
  const dialled = await dial(options.target);
  options.onEvidence?.(dialled.evidence);
  if (dialled.verdict !== 'accepted') {
    const told = toldByHandshake(dialled);
    // An alert about our certificate is an answer, and the server had proven its key before: the checks' verdict stands.
    const verdict = told.outcome === 'refused' ? 'accepted' : dialled.verdict;
    return documentOf(dialled, verdict, told, null);
  }
  const told = await askOverHttp(dialled, options);
  return documentOf(dialled, 'accepted', told, Math.round((performance.now() - started) * 1000) / 1000);
}

function documentOf(
  { evidence }: DialOutcome,
  verdict: CheckDocument['verdict'],
  told: Told,
  http: number | null,
): CheckDocument {
  const error = told.error ?? (verdict === 'none' ? evidence.error : null);
  return {
    verdict,
    checks: evidence.report.checks,
    clientCertificate: { ...evidence.clientCertificate, outcome: told.outcome, evidence: told.evidence },
    tls: evidence.tls ?? { protocol: null, suite: null, keyExchange: null },
    http: { status: told.httpStatus },
    ...(evidence.revocation === undefined && evidence.fetched === undefined
      ? {}
      : { revocation: { answers: evidence.revocation ?? [], fetched: evidence.fetched ?? [] } }),
    error: error instanceof DialError ? showDialError(error) : error,
    timings: { ...evidence.timings, http },
    ...(evidence.proxy === undefined ? {} : { proxy: evidence.proxy }),
  };
}

/** What a dial without a connection says about our certificate. */
function toldByHandshake(dialled: Exclude<DialOutcome, AcceptedDial>): Told {
  const { error, evidence } = dialled;
  if (error.code === 'client-certificate-refused')
    return {
      outcome: 'refused',
      httpStatus: null,
      error: null,
      evidence: { code: error.code, alert: error.alert, message: error.message, actor: error.actor },
    };
  const asked = evidence.tls !== null;
  if (asked && !evidence.clientCertificate.requested)
    return plain('not-requested', 'The far side asked for no certificate.');
  return plain('unknown', 'The handshake did not get as far as that.');
}

async function askOverHttp(dialled: AcceptedDial, { target, path, ...options }: CheckOptions): Promise<Told> {
  const host = isIPv6(target.host) ? `[${target.host}]` : target.host;
  const deadline = options.requestDeadlineMilliseconds ?? defaultRequestDeadlineMilliseconds;
  const { requested, sent } = dialled.evidence.clientCertificate;
  let socketError: unknown = null;
  dialled.socket.on('error', (error) => {
    socketError ??= error;
  });
  dialled.onRenegotiation(() => dialled.socket.destroy(renegotiationError()));
  let answer: HttpAnswer;
  try {
    answer = await sendHarmlessGet(dialled.socket, `https://${host}:${target.port}`, path, deadline);
  } catch (error) {
    if (dialled.renegotiationAsked()) return toldByRenegotiation();
    return toldByBrokenRequest(socketError ?? error, requested, sent);
  }
  if (dialled.renegotiationAsked()) return toldByRenegotiation(answer.status);
  const refusal = readEnforcerRefusal(answer.status, answer.bodyStart);
  if (refusal !== null)
    return {
      outcome: 'refused',
      httpStatus: answer.status,
      error: null,
      evidence: {
        code: refusal.kind === 'missing' ? 'client-certificate-required' : 'client-certificate-refused',
        httpStatus: answer.status,
        words: refusal.words,
        message:
          refusal.kind === 'missing'
            ? 'The enforcer requires a client certificate and got none.'
            : 'The enforcer does not accept our client certificate: it has expired, or its authority or an intermediate is not known there; its own log says which.',
        actor: refusal.kind === 'missing' ? 'operator' : 'customer',
      },
    };
  const outcome: ClientCertificateOutcome = requested ? 'accepted' : 'not-requested';
  const message = requested
    ? sent
      ? 'The enforcer asked for our certificate and answered.'
      : 'The enforcer asked for a certificate, got none, and answered all the same.'
    : 'The far side asked for no certificate.';
  return {
    outcome,
    httpStatus: answer.status,
    error: null,
    evidence: { httpStatus: answer.status, message, actor: requested && sent ? null : 'customer' },
  };
}

function toldByRenegotiation(httpStatus: number | null = null): Told {
  const error = renegotiationError();
  return {
    outcome: 'refused',
    httpStatus,
    error,
    evidence: { code: error.code, httpStatus, message: error.message, actor: error.actor },
  };
}

function toldByBrokenRequest(error: unknown, requested: boolean, sent: boolean): Told {
  const alert = alertOfError(error);
  if (alert !== null && isClientCertificateAlert(alert))
    return {
      outcome: 'refused',
      httpStatus: null,
      error: null,
      evidence: {
        code: 'client-certificate-refused',
        alert,
        message: `The far side refuses our client certificate: ${alertWords(alert)} (alert ${alert}).`,
        actor: alertActor(alert, sent),
      },
    };
  if (!requested) return plain('not-requested', 'The far side asked for no certificate, and gave no HTTP answer.');
  return plain('unknown', 'The handshake was completed, but the far side gave no HTTP answer.');
}

function plain(outcome: ClientCertificateOutcome, message: string): Told {
  return { outcome, httpStatus: null, error: null, evidence: { message, actor: null } };
}
