/** The credential of a forward proxy: asked for where the terms need one, and sealed for that proxy alone. */
import type { ChangeConnection, NewConnection } from '@sallyport/console-api';
import { sealSecret, type SealedSecret, type Store } from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import { invalidFields } from '../api-problem.ts';
import { requireSealKey } from './required-seal-key.ts';

type Wish = Pick<NewConnection | ChangeConnection, 'authentication' | 'proxyCredential'>;

/** What was sealed stays with the proxy that it was sealed for: another way needs every credential anew. @param before null for a new connection */
export function requireProxyCredential(before: Terms | null, { proxy }: Terms, wish: Wish): void {
  const known = before?.proxy;
  const fault = (path: string, code: string, message: string): never => {
    throw invalidFields([{ path, code, message }]);
  };
  if (proxy?.authenticationKind === 'basic') {
    const kept = known?.url === proxy.url && known.authenticationKind === 'basic';
    if (!kept && wish.proxyCredential === undefined)
      fault('proxyCredential', 'proxy-credential-needed', 'This proxy needs its user name and password.');
  } else if (wish.proxyCredential !== undefined)
    fault('proxyCredential', 'proxy-credential-unused', 'A credential is given for a proxy that is shown none.');
  if (proxy !== undefined && before !== null && known?.url !== proxy.url && wish.authentication === undefined)
    fault(
      'authentication',
      'credential-needed-for-proxy',
      'Another proxy needs the credential for Jira anew: it is sealed for the way that it goes.',
    );
}

/** Null where none was given. */
export async function sealProxyCredential(
  store: Store,
  customerId: string,
  credential: Wish['proxyCredential'],
  { proxy }: Terms,
): Promise<SealedSecret | null> {
  if (credential === undefined || proxy === undefined) return null;
  const key = await requireSealKey(store);
  const plaintext = JSON.stringify({ ...credential, proxy: proxy.url });
  return sealSecret(key, { customerId, purpose: 'proxy-credential', plaintext });
}
