/** What the options of a forward proxy name, read. A password comes from a file only: a command line is seen by everybody on the machine. */
import { readBasicCredential } from '@sallyport/tls-dialer';
import type { ForwardProxy } from '@sallyport/tls-dialer';
import { defaultTlsPolicy } from '@sallyport/tls-policy';
import { UsageError } from './check-arguments.ts';
import type { ProxyArguments } from './check-arguments.ts';
import { readAnchorsFile, readTextFile } from './pem-files.ts';

/** @throws UsageError also `proxy-credential-malformed` */
export async function readProxyFiles(given: ProxyArguments | null): Promise<ForwardProxy | null> {
  if (given === null) return null;
  const { url, credentialFile, anchorsFile, allowPrivate } = given;
  const authentication =
    credentialFile === null
      ? ({ kind: 'none' } as const)
      : readBasicCredential(await readTextFile(credentialFile, 'credential file of the proxy'));
  // The content is not repeated.
  if (authentication === null)
    throw new UsageError(
      'proxy-credential-malformed',
      `The credential file of the proxy ${credentialFile} must hold one line, user:password.`,
    );
  return {
    url: url.href,
    authentication,
    anchors: await readAnchorsFile(anchorsFile),
    policy: defaultTlsPolicy,
    allowPrivate,
  };
}
