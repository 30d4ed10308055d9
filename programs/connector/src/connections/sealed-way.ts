/**
 * The way that a credential was sealed for. A web tier that is taken over may write other terms; it cannot change what is sealed. So the
 * credential for Jira names the forward proxy that it may pass, and the proxy's names the proxy that it is for.
 */

export interface ProxySecret {
  readonly username: string;
  readonly password: string;
}

/** Whether a credential for Jira may be used through this proxy. Straight to Jira's own host each one may. */
export function mayPass(jiraCredential: string, proxyUrl: string | undefined): boolean {
  return proxyUrl === undefined || membersOf(jiraCredential)?.via === proxyUrl;
}

/** The proxy's credential out of its sealed text; null where it is for another proxy, or none. */
export function readProxySecret(text: string, proxyUrl: string): ProxySecret | null {
  const { username, password, proxy } = membersOf(text) ?? {};
  if (proxy !== proxyUrl || typeof username !== 'string' || typeof password !== 'string') return null;
  return { username, password };
}

function membersOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
