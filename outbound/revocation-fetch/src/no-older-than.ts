import type { RevocationData } from '@sallyport/tls-dialer';

/** The same data without CRLs beyond an age: the validator knows one for OCSP answers only. Milliseconds since thisUpdate. */
export function noOlderThan(data: RevocationData, milliseconds: number): RevocationData {
  return {
    held: (certificates, at) => {
      const held = data.held(certificates, at);
      return {
        ...held,
        crls: held.crls.filter((crl) => crl instanceof Uint8Array || crl.thisUpdate >= at - milliseconds),
      };
    },
    worthFetching: (certificates, at) => data.worthFetching(certificates, at),
    failures: (certificates) => data.failures(certificates),
    fetch: (certificates, issuers, signal, options) => data.fetch(certificates, issuers, signal, options),
  };
}
