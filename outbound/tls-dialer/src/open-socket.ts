/** A judged connection for requests: dialled where its evidence can be kept, and ended before its certificates do. */
import { clientContext } from './client-context.ts';
import { dial } from './dial.ts';
import type { AcceptedDial } from './dial.ts';
import { DialError } from './dial-error.ts';
import type { DialTarget } from './dial-target.ts';
import type { EvidenceSink } from './evidence-sink.ts';

/** Dials and hands the evidence over before the connection is used. @throws DialError */
export async function openSocket(target: DialTarget, sink: EvidenceSink): Promise<AcceptedDial> {
  if (!sink.admits())
    throw new DialError(
      'evidence-unavailable',
      'The evidence of new connections cannot be written at present, so none is opened.',
      'operator',
    );
  // Before anything is dialled: nobody is shown it any more.
  if (endOfOurs(target) <= Date.now()) throw expired();
  const outcome = await dial(target);
  sink.take(outcome.evidence);
  if (outcome.verdict !== 'accepted') throw outcome.error;
  if (outcome.usableUntil <= Date.now()) {
    outcome.socket.destroy();
    throw expired();
  }
  // Refused anyway; ended here so that the error says what happened.
  outcome.onRenegotiation(() => outcome.socket.destroy(renegotiationError()));
  return outcome;
}

/** When the first certificate of our chain ends; one that cannot be read is the dial's to tell, with its evidence. */
function endOfOurs({ policy, clientCertificate }: DialTarget): number {
  try {
    return clientContext(policy, clientCertificate).firstNotAfter ?? Infinity;
  } catch (error) {
    if (error instanceof DialError) return Infinity;
    throw error;
  }
}

function expired(): DialError {
  return new DialError(
    'client-certificate-expired',
    'Our client certificate has expired, so no connection is used with it.',
    'operator',
  );
}

/** What a far side gets that wants a second handshake: it would be encrypted, unjudged, and carry our certificate. */
export function renegotiationError(): DialError {
  return new DialError(
    'client-certificate-by-renegotiation',
    'The far side asks for another handshake after the request, most likely to get our certificate only then. That is always refused; it must ask in the first handshake.',
    'customer',
  );
}
