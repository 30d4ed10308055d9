/** Intermediates that did not come with a certificate, fetched from where it names them: few, small, and judged like the rest. */
import { X509Certificate } from 'node:crypto';
import { KeyFileError, readKeyFile, RoundBudget } from '@sallyport/key-files';
import { orderedChain } from '@sallyport/lifecycle';
import { fetchSmallFile } from '@sallyport/probes';
import { accessMethods, printable, X509Error, type Certificate, type TrustAnchor } from '@sallyport/x509';

/** Levels above the end entity. */
const mostFetches = 4;
/** Addresses of one certificate that are asked. */
const mostAddresses = 2;
const fetchMilliseconds = 3_000;
/** Characters of an address in a finding. */
const longestShown = 200;

export interface FetchedIssuers {
  readonly fetched: readonly Certificate[];
  /** Why the chain could not be completed, in words that follow a colon; null where it could, or needs nothing. */
  readonly failure: string | null;
}

/** Gives those that were fetched; whoever calls judges whether they lead to an authority that is trusted. */
export async function fetchMissingIssuers(
  endEntity: Certificate,
  others: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  allowPrivate: boolean,
): Promise<FetchedIssuers> {
  const fetched: Certificate[] = [];
  while (fetched.length < mostFetches) {
    const last = orderedChain(endEntity, [...others, ...fetched]).at(-1) ?? endEntity;
    if (last.selfIssued || anchors.some(({ subject }) => subject.equals(last.issuer)))
      return { fetched, failure: null };
    const issuer = await issuerOf(last, allowPrivate);
    if (typeof issuer === 'string') return { fetched, failure: issuer };
    if (issuer.selfIssued) return { fetched, failure: null };
    fetched.push(issuer);
  }
  return { fetched, failure: `after ${mostFetches} levels there is still no authority that is known` };
}

/** The issuer, or why there is none. */
async function issuerOf(certificate: Certificate, allowPrivate: boolean): Promise<Certificate | string> {
  // Authorities of Windows name a directory first.
  const named = addressesOf(certificate).toSorted(
    (one, other) => Number(isPlainHttp(other)) - Number(isPlainHttp(one)),
  );
  if (named.length === 0) return 'the certificate names no address for it';
  const failures: string[] = [];
  for (const url of named.slice(0, mostAddresses)) {
    const file = await fetchSmallFile(url, allowPrivate, fetchMilliseconds);
    const issuer = file.ok ? certificatesIn(file.bytes).find((one) => hasIssued(one, certificate)) : undefined;
    if (issuer !== undefined) return issuer;
    const why = file.ok ? 'it holds no certificate that issued this one' : file.message.replace(/\.$/, '');
    failures.push(`${printable(url).slice(0, longestShown)}: ${why}`);
  }
  return failures.join('; ');
}

/** As the certificate names them; only those of plain http are fetched: what they bring is signed itself. */
function addressesOf({ extensions }: Certificate): readonly string[] {
  try {
    return (extensions.authorityInformationAccess ?? []).flatMap(({ method, location }) =>
      method === accessMethods.caIssuers && location.kind === 'uri' ? [location.value] : [],
    );
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

function isPlainHttp(url: string): boolean {
  return url.startsWith('http://');
}

/** DER, PEM or PKCS#7: all are found there. */
function certificatesIn(bytes: Uint8Array): readonly Certificate[] {
  try {
    return readKeyFile(bytes, null, new RoundBudget(1)).certificates;
  } catch (error) {
    if (error instanceof KeyFileError) return [];
    throw error;
  }
}

/** By name and by signature: a stranger’s certificate of the same name is none. */
function hasIssued(issuer: Certificate, certificate: Certificate): boolean {
  if (!issuer.subject.equals(certificate.issuer)) return false;
  try {
    return new X509Certificate(certificate.der).verify(new X509Certificate(issuer.der).publicKey);
  } catch {
    return false;
  }
}
