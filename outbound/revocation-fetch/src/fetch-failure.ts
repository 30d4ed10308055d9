/** Why a source brought nothing usable, as a value with a stable code. */
import { DialError } from '@sallyport/tls-dialer';
import type { FetchCode } from '@sallyport/tls-dialer';
import type { Actor } from '@sallyport/tls-policy';

export class FetchFailure extends Error {
  readonly code: FetchCode;
  readonly actor: Actor;

  constructor(code: FetchCode, message: string, actor: Actor = 'certificate-authority') {
    super(message);
    this.name = 'FetchFailure';
    this.code = code;
    this.actor = actor;
  }
}

/** What the way to a source broke on. @param redirected whether the source itself had sent us there */
export function failureOfDial(error: DialError, redirected: boolean): FetchFailure {
  if (error.code === 'dns') return new FetchFailure('source-dns', error.message, 'certificate-authority');
  if (error.code === 'address-forbidden')
    return redirected
      ? new FetchFailure('source-redirect-forbidden', `The source leads elsewhere: ${error.message}`)
      : new FetchFailure('source-address-forbidden', toAskers(error.message), 'operator');
  if (error.code === 'connect-timeout') return new FetchFailure('source-timeout', error.message, 'network-team');
  if (error.code.startsWith('proxy-'))
    return new FetchFailure('source-proxy-failed', error.message, error.actor ?? 'network-team');
  return new FetchFailure('source-down', error.message, 'certificate-authority');
}

/** The guard speaks to one connection; a source is asked by many, and by certificates of ours. */
function toAskers(message: string): string {
  return message.replace(/ for this connection\.$/, ' in the terms of a connection that needs this source.');
}

/** What writing broke on. Never with a path: messages are shown. */
export function failureOfStorage(error: unknown): FetchFailure {
  const code = String((error as { code?: unknown }).code);
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    ? new FetchFailure('storage-full', `There is no room for revocation data on this host (${code}).`, 'operator')
    : new FetchFailure('storage-failed', `Revocation data cannot be kept on this host (${code}).`, 'operator');
}
