/** "What is wrong?": one run of the doctor for a person who waits. */
import type { InteractiveCall } from '@sallyport/store';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import type { Connector } from '../connector.ts';
import { diagnoseConnection } from '../doctor/diagnose-connection.ts';
import { shownError } from '../shown-error.ts';

export async function answerDoctor(connector: Connector, call: InteractiveCall): Promise<object> {
  const missing = { error: { code: 'not-found', message: 'There is no such connection any more.', actor: 'operator' } };
  if (call.connectionId === null) return missing;
  try {
    const bound = await bindConnection(connector, { ...call, connectionId: call.connectionId }, 'current', 'asked');
    if (bound === null) return missing;
    const outcome = await diagnoseConnection(connector, connector.callStore, bound, {
      askedBy: 'person',
      negativeProbes: call.parameters['negativeProbes'] === true,
    });
    return outcome.ok
      ? { diagnosisId: outcome.diagnosisId }
      : { error: { code: outcome.code, message: outcome.message, actor: 'operator' } };
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    return { error: shownError(error) };
  }
}
