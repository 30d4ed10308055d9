/** What is done where a far side refuses our certificate: one fenced write takes every connector back, or keeps it from being shown again. */
import type { JiraError } from '@sallyport/jira-client';
import { fallBack, jobScope } from '@sallyport/store';
import type { Connector } from '../connector.ts';
import type { ShownError } from '../shown-error.ts';
import type { BoundConnection } from './bound-connection.ts';

/** By a TLS alert or by the enforcer's page; nothing else takes a certificate back. */
export function refusesCertificate({ code, dial }: Pick<JiraError, 'code' | 'dial'>): boolean {
  return (
    code === 'JIRA_CERTIFICATE_REFUSED' ||
    dial === 'client-certificate-refused' ||
    dial === 'client-certificate-by-renegotiation'
  );
}

/** The slot's new generation; null where there is nothing to go back to, or another was quicker. */
export async function takeBack(
  { callStore, connectorId, log }: Pick<Connector, 'callStore' | 'connectorId' | 'log'>,
  { binding, connection }: BoundConnection,
  error: Pick<ShownError, 'message'> & { readonly actor?: string | null },
): Promise<number | null> {
  if (binding === null) return null;
  const backTo = await fallBack(
    callStore,
    jobScope(connectorId, connection.customerId),
    { id: binding.slotId, generation: binding.generation },
    { code: 'client-certificate-refused', message: error.message, actor: actorOf(error.actor) },
  );
  log.warn({
    event: 'certificate.refused',
    connectionId: connection.id,
    refused: binding.generation,
    backTo,
    message: error.message,
  });
  return backTo;
}

/** The same who is named on the connection. */
export function actorOf(actor: string | null | undefined): 'operator' | 'customer' | 'network-team' {
  return actor === 'operator' || actor === 'network-team' ? actor : 'customer';
}
