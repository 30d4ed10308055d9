/** Whether bytes that a source sent are a CRL that may be kept: read strictly, signed by an authority at hand, in its window. */
import { isCrlSignedBy, privateAuthorityRules, readCrl, validationPolicy, X509Error } from '@sallyport/x509';
import type { Crl, IssuerKey } from '@sallyport/x509';
import { FetchFailure } from './fetch-failure.ts';

export interface JudgedCrl {
  readonly crl: Crl;
  /** Keys whose signature was verified. */
  readonly signedBy: readonly Uint8Array[];
  /** Null: in its window. */
  readonly stale: FetchFailure | null;
}

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });

/** @param maximumBytes greatest size that may be read @throws FetchFailure */
export function judgeFetchedCrl(
  der: Uint8Array,
  issuers: readonly IssuerKey[],
  now: number,
  maximumBytes: number,
): JudgedCrl {
  const crl = readFetched(der, maximumBytes);
  const named = issuers.filter(({ subject }) => subject.equals(crl.issuer));
  if (named.length === 0)
    throw new FetchFailure(
      'crl-other-issuer',
      `The source sent the CRL of another authority: ${crl.issuer.toString().slice(0, 200)}.`,
    );
  const signer = named.find(({ publicKey }) => isCrlSignedBy(crl, publicKey, policy));
  if (signer === undefined)
    throw new FetchFailure(
      'crl-wrong-signer',
      'The CRL bears the name of the authority but was not signed with its key.',
    );
  if (crl.thisUpdate > now)
    throw new FetchFailure('crl-future', `The CRL is from the future: ${new Date(crl.thisUpdate).toISOString()}.`);
  const stale =
    crl.nextUpdate !== null && crl.nextUpdate < now
      ? new FetchFailure(
          'crl-stale',
          `The CRL should have been replaced on ${new Date(crl.nextUpdate).toISOString()}; the source still sends the old one.`,
        )
      : null;
  return { crl, signedBy: [signer.publicKey.der], stale };
}

function readFetched(der: Uint8Array, maximumBytes: number): Crl {
  if (der[0] !== 0x30) throw notDer(der, 'CRL');
  try {
    return readCrl(der, { maximumBytes });
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    if (isCutOff(der)) throw new FetchFailure('source-cut-off', 'The CRL is cut off in the middle.');
    throw new FetchFailure('crl-malformed', `The CRL cannot be read: ${error.reason}.`);
  }
}

/** What came instead, as far as its first bytes tell. */
export function notDer(bytes: Uint8Array, wanted: string): FetchFailure {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart().toLowerCase();
  const what = start.startsWith('<') ? 'a web page' : start.startsWith('-----begin') ? 'PEM' : 'something else';
  return new FetchFailure('source-not-der', `The source sent ${what} instead of a ${wanted} in DER.`);
}

/** Whether the outermost element says that it is longer than what came. */
export function isCutOff(der: Uint8Array): boolean {
  const first = der[1] ?? 0;
  const digits = first < 0x80 ? 0 : first & 0x7f;
  if (digits > 4) return false;
  if (der.length < 2 + digits) return true;
  let length = digits === 0 ? first : 0;
  for (let index = 0; index < digits; index++) length = length * 256 + (der[2 + index] ?? 0);
  return 2 + digits + length > der.length;
}
