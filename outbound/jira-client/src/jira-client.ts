/** The client of one connection: the read requests, over sockets that were dialled and judged under its terms. */
import type { Terms } from '@sallyport/terms';
import { createJiraDispatcher, type DialTarget, type EvidenceSink } from '@sallyport/tls-dialer';
import type { JiraCredential } from './auth/credential.ts';
import { clientOver, type JiraClient } from './read-requests.ts';

export interface JiraClientOptions {
  readonly terms: Terms;
  readonly credential: JiraCredential;
  /** Asked for at each new socket, so that a swapped certificate is used by the next. */
  readonly target: () => DialTarget;
  /** Receives the evidence of each dial before its socket is used. */
  readonly sink: EvidenceSink;
  readonly connections: number;
  readonly clock: () => number;
}

/** The only way to a client: its dispatcher is made here, so every request goes through a judged dial. */
export function openJiraClient(options: JiraClientOptions): JiraClient {
  const dispatcher = createJiraDispatcher(options.target, { sink: options.sink, connections: options.connections });
  return clientOver({ ...options, dispatcher });
}
