/** Whether a browser says that another site's page sent a request. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * True where the browser itself tells that the page came from elsewhere (Fetch Metadata, `Sec-Fetch-Site`), or, in
 * browsers that do not tell, where `Origin` (RFC 6454 §7) names another host than was asked. Scripts send neither.
 */
export function isCrossOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  // Before `Origin`: a proxy may have changed the host that was asked.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase().replace(/:443$/u, '');
}
