/**
 * Who switches a fault of the sandbox wants to see it at the next check: what this host holds of the sandbox's CRLs and
 * OCSP answers is good for a day and would hide it, so it is set aside and asked anew. Of nobody else's sources. What is
 * known of our own certificates stays until their sources answer.
 */
import { isLoopbackUrl } from '@sallyport/sandbox-control';
import { readSetting } from '@sallyport/store';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';

/** Whoever has a source now may be fetching it. */
const turnMilliseconds = 5_000;

/** Sets aside what is held of the sandbox's sources, for whoever dials. Never rejects: a check then goes by what is held. */
export async function setSandboxSourcesAside(
  connector: Pick<Connector, 'callStore' | 'revocation' | 'log'>,
): Promise<void> {
  const { callStore, revocation, log } = connector;
  try {
    const setting = await readSetting<{ controlUrl?: unknown }>(callStore, 'sandbox');
    const controlUrl = setting?.controlUrl;
    if (typeof controlUrl !== 'string' || !isLoopbackUrl(controlUrl)) return;
    await revocation.folder.setAside(new URL(controlUrl).origin, AbortSignal.timeout(turnMilliseconds));
  } catch (error) {
    log.warn({ event: 'revocation.sandbox-not-set-aside', ...errorFields(error) });
  }
}
