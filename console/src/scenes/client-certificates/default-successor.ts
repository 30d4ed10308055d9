/** Which certificate new connections should be bound to instead of the default, once others serve in its place. */
import type { ClientCertificate } from '@sallyport/console-api';
import { expiryTone } from '../../words/time.ts';
import { couldFollow } from './renewal.ts';

export interface DefaultSuggestion {
  readonly isDefault: ClientCertificate;
  readonly successor: ClientCertificate;
  /** How many connections the successor serves. */
  readonly serves: number;
  /** Why now. */
  readonly because: 'revoked' | 'blocked' | 'ends' | 'moved';
}

/** Null where the default is the right one, there is none, or nothing that serves could take its place. */
export function suggestedDefault(certificates: readonly ClientCertificate[], now: number): DefaultSuggestion | null {
  const isDefault = certificates.find((one) => one.isDefault);
  if (isDefault === undefined) return null;
  const because = reasonOf(isDefault, now);
  const [successor] = certificates
    .filter(
      (one) =>
        serves(one) > 0 &&
        (because === 'revoked' || because === 'blocked'
          ? isSound(one, isDefault, now)
          : couldFollow(one, isDefault, now)),
    )
    .toSorted((one, other) => serves(other) - serves(one) || other.notAfter.localeCompare(one.notAfter));
  if (successor === undefined) return null;
  if (because !== null) return { isDefault, successor, serves: serves(successor), because };
  // While most are still on it, a renewal is being tried.
  return serves(successor) > serves(isDefault)
    ? { isDefault, successor, serves: serves(successor), because: 'moved' }
    : null;
}

function reasonOf(certificate: ClientCertificate, now: number): DefaultSuggestion['because'] | null {
  if (certificate.revocation?.status === 'revoked') return 'revoked';
  if (Date.parse(certificate.notAfter) <= now || expiryTone(certificate, now) !== 'ok') return 'ends';
  return certificate.blocking > 0 ? 'blocked' : null;
}

/** What cannot be used any more may be followed by any other of ours that can. */
function isSound(one: ClientCertificate, isDefault: ClientCertificate, now: number): boolean {
  return (
    one.id !== isDefault.id &&
    one.customerId === null &&
    one.blocking === 0 &&
    one.revocation?.status !== 'revoked' &&
    Date.parse(one.notBefore) <= now &&
    Date.parse(one.notAfter) > now
  );
}

function serves({ usages }: ClientCertificate): number {
  return usages.filter(({ pointer }) => pointer === 'current').length;
}
