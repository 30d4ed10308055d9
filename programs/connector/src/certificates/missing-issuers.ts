/** Intermediates that did not come with a certificate, fetched from where it names them: few, small, and judged like the rest. */
import { X509Certificate } from 'node:crypto';
import { KeyFileError, readKeyFile, RoundBudget } from '@sallyport/key-files';
import { orderedChain } from '@sallyport/lifecycle';
import { fetchSmallFile } from '@sallyport/probes';
import { accessMethods, X509Error, type Certificate, type TrustAnchor } from '@sallyport/x509';

/** Levels above the end entity. */
const mostFetches = 4;
/** Addresses of one certificate that are asked. */
const mostAddresses = 2;
const fetchMilliseconds = 3_000;

/** Gives those that were fetched; whoever calls judges whether they lead to an authority that is trusted. */
export async function fetchMissingIssuers(
  endEntity: Certificate,
  others: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  allowPrivate: boolean,
): Promise<readonly Certificate[]> {
  const fetched: Certificate[] = [];
  while (fetched.length < mostFetches) {
    const last = orderedChain(endEntity, [...others, ...fetched]).at(-1) ?? endEntity;
    if (last.selfIssued || anchors.some(({ subject }) => subject.equals(last.issuer))) break;
    const issuer = await issuerOf(last, allowPrivate);
    if (issuer === null || issuer.selfIssued) break;
    fetched.push(issuer);
  }
  return fetched;
}

async function issuerOf(certificate: Certificate, allowPrivate: boolean): Promise<Certificate | null> {
  for (const url of addressesOf(certificate).slice(0, mostAddresses)) {
    const file = await fetchSmallFile(url, allowPrivate, fetchMilliseconds);
    if (!file.ok) continue;
    const issuer = certificatesIn(file.bytes).find((one) => hasIssued(one, certificate));
    if (issuer !== undefined) return issuer;
  }
  return null;
}

/** Plain http only: what it brings is signed itself. */
function addressesOf({ extensions }: Certificate): readonly string[] {
  try {
    return (extensions.authorityInformationAccess ?? []).flatMap(({ method, location }) =>
      method === accessMethods.caIssuers && location.kind === 'uri' && location.value.startsWith('http://')
        ? [location.value]
        : [],
    );
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
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
