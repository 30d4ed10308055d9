/** A question under another identity than the connection's: how an enforcer shows whether it enforces. */
import type { Identity } from '@sallyport/diagnosis';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import type { ProbeContext } from './probe.ts';
import { serverInfoPath } from './probes/ours.ts';

/** Whether the connection's own handshake got as far as the client certificate: before that, nobody's certificate is looked at. */
export function reachedEnforcer({ seen }: ProbeContext): boolean {
  const first = seen.dials.find(({ probe }) => probe === 'ours');
  return first !== undefined && (first.verdict === 'accepted' || first.error?.code === 'client-certificate-refused');
}

/** One dial and one GET without any credential of Jira. */
export async function askAs(
  context: ProbeContext,
  probe: string,
  identity: Identity,
  certificate: ClientCertificate | null,
): Promise<void> {
  const { budget, seen, options } = context;
  const dialled = await context.dial(probe, identity, certificate);
  if (dialled === null) return;
  seen.dials.push(dialled.dial);
  const { error, alert } = dialled.dial;
  // Cut off without a word, or left waiting: an intrusion-prevention system may be at work.
  if (
    alert === null &&
    ['peer-closed', 'connect-timeout', 'connect-refused', 'handshake-timeout'].includes(error?.code ?? '')
  )
    budget.alarm();
  if (dialled.session === null) return;
  try {
    const answer = await dialled.session.ask(probe, `${options.url.contextPath}${serverInfoPath}`, null);
    if (answer === null) return;
    seen.http.push(answer);
    if (answer.status === null && answer.alert === null) budget.alarm();
  } finally {
    await dialled.session.end();
  }
}
