/** The client of one connection: the read requests, over sockets that were dialled and judged under its terms. */
import type { Terms } from '@sallyport/terms';
import { GenerationDispatcher, type CertificateGeneration } from '@sallyport/tls-dialer';
import type { JiraCredential } from './auth/credential.ts';
import { clientOver, type JiraClient } from './read-requests.ts';

export interface JiraClientOptions {
  readonly terms: Terms;
  readonly credential: JiraCredential;
  /** The certificate of ours that it begins with. */
  readonly first: CertificateGeneration;
  readonly connections: number;
  readonly clock: () => number;
  /** Told once for each generation whose certificate the far side refused while it was in use. */
  readonly onCertificateRefused?: (generation: number, error: Error) => void;
}

export interface OpenJiraClient {
  readonly jira: JiraClient;
  /** Its sockets: a swap of our certificate moves them while requests go on. */
  readonly sockets: GenerationDispatcher;
}

/** The only way to a client: its dispatcher is made here, so every request goes through a judged dial. */
export function openJiraClient(options: JiraClientOptions): OpenJiraClient {
  const sockets = new GenerationDispatcher(options);
  return { jira: clientOver({ ...options, dispatcher: sockets }), sockets };
}
