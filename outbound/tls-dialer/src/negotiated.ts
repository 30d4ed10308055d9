/** The last look before use: what OpenSSL negotiated must be what was judged. */
import type { TlsPolicy } from '@sallyport/tls-policy';

export interface Negotiated {
  readonly protocol: string | null;
  /** Standard name of the suite. */
  readonly suite: string;
  readonly sessionReused: boolean;
  /** DER of the end entity that OpenSSL reports; null where it reports none. */
  readonly endEntity: Uint8Array | null;
}

/** Whether the connection may be used. `judged` is the DER of the end entity that the checks accepted. */
export function isAsJudged(negotiated: Negotiated, judged: Uint8Array, policy: TlsPolicy): boolean {
  const suites = negotiated.protocol === 'TLSv1.3' ? policy.tls13Suites : policy.suites;
  return (
    (negotiated.protocol === 'TLSv1.3' || negotiated.protocol === policy.minVersion) &&
    suites.some(({ iana, openssl }) => negotiated.suite === iana || negotiated.suite === openssl) &&
    !negotiated.sessionReused &&
    negotiated.endEntity !== null &&
    Buffer.from(judged).equals(negotiated.endEntity)
  );
}
