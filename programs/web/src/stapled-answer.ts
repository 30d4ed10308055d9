/**
 * The OCSP answer that is stapled to our own certificate: read from the database, where a connector put it. It is given
 * out only inside its window, so a database or connector that is away leads to no staple and never to a stale one.
 */
import { X509Certificate } from 'node:crypto';
import { findWebStaple, showWebCertificate, type Store, type WebStaple } from '@sallyport/store';
import type { Logger } from 'pino';

export interface StapledAnswer {
  /** For one handshake at `now` (epoch milliseconds): the answer, or null while there is none that is fresh. */
  at(now: number): Buffer | null;
  /** Another certificate is shown from now on; `certificatePem` is its chain, end entity first. */
  show(certificatePem: string): void;
  close(): Promise<void>;
}

const lookMilliseconds = 2_000;
/** So often it is said that the certificate is still shown: what is not shown for a day is asked about no more. */
const showMilliseconds = 3_600_000;

export function keepStapledAnswer(store: Store, certificatePem: string, log: Logger): StapledAnswer {
  let shown = { sha256: digestOf(certificatePem), pem: certificatePem, saidAt: 0 };
  let held: (WebStaple & { readonly sha256: string }) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const { sha256, pem, saidAt } = shown;
    try {
      if (Date.now() - saidAt > showMilliseconds) {
        await showWebCertificate(store, sha256, pem);
        if (shown.sha256 === sha256) shown = { ...shown, saidAt: Date.now() };
      }
      const found = await findWebStaple(store, sha256);
      held = found === null ? null : { ...found, sha256 };
    } catch (error) {
      log.debug({ event: 'web.staple-not-read', message: (error as Error).message });
    }
    if (!closed) timer = setTimeout(() => (looking = look()), lookMilliseconds);
  };
  let looking = look();
  return {
    at: (now) =>
      held !== null &&
      held.sha256 === shown.sha256 &&
      held.thisUpdate.getTime() <= now &&
      held.nextUpdate.getTime() > now
        ? held.response
        : null,
    show: (pem) => (shown = { sha256: digestOf(pem), pem, saidAt: 0 }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

function digestOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}
