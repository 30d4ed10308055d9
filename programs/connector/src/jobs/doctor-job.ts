/** The doctor's job: a connection that began to fail is looked at once, with what its work asks too and nothing else. */
import { jobScope, listDiagnoses, type JobPayload } from '@sallyport/store';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import type { Connector } from '../connector.ts';
import { diagnoseConnection } from '../doctor/diagnose-connection.ts';

/** A connection that fails and comes right in turn is not looked at each time. */
const restMilliseconds = 10 * 60_000;

export async function diagnoseFailing(connector: Connector, payload: JobPayload): Promise<void> {
  const { log, store } = connector;
  const { connectionId } = payload;
  try {
    const bound = await bindConnection(connector, payload);
    // It may have come right meanwhile, or a person paused it.
    if (bound === null || bound.connection.state !== 'failing') return;
    if (await lookedRecently(connector, payload)) return;
    const outcome = await diagnoseConnection(connector, store, bound, { askedBy: 'failure', negativeProbes: false });
    log.info({
      event: 'doctor.looked',
      connectionId,
      ...(outcome.ok ? { topRule: outcome.topRule } : { code: outcome.code }),
    });
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    log.warn({ event: 'doctor.not-possible', connectionId, code: error.code });
  }
}

async function lookedRecently(
  { store, connectorId }: Connector,
  { customerId, connectionId }: JobPayload,
): Promise<boolean> {
  const last = await listDiagnoses(store, jobScope(connectorId, customerId), connectionId, { limit: 5 });
  return last.some(({ askedBy, at }) => askedBy === 'failure' && Date.now() - at.getTime() < restMilliseconds);
}
