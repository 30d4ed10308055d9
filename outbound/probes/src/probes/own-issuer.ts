import { X509Certificate } from 'node:crypto';
import type { ObservedOwnIssuer } from '@sallyport/diagnosis';
import { certificateFacts } from '../certificate-facts.ts';
import { fetchSmallFile } from '../fetch-small-file.ts';
import type { Probe, ProbeContext } from '../probe.ts';

/** Whether our certificate's issuer is an intermediate that we do not send, or a root: names alone would not tell. */
export const ownIssuer: Probe = {
  id: 'own-issuer',
  title: 'Who is above the issuer of our certificate',
  kind: 'positive',
  asksFarSide: false,
  isNeeded: ({ seen, options: { target } }) =>
    target.clientCertificate !== null &&
    (seen.dials[0]?.error?.code === 'client-certificate-refused' ||
      seen.http.some(({ probe, refusal, alert }) => probe === 'ours' && (refusal !== null || alert !== null))),
  run: async (context) => {
    const { options, seen, budget } = context;
    const [ours, ...others] = certificatesIn(options.target.clientCertificate?.certificatePem ?? '');
    // Where more than one is sent, none is missing between.
    if (ours === undefined || others.length > 0) return;
    const held = heldCertificates(context).find((candidate) => isIssuerOf(candidate, ours));
    if (held !== undefined) {
      seen.ownIssuer = observed(held, 'at hand');
      return;
    }
    const url = certificateFacts(ours.raw)?.caIssuers.find((one) => one.startsWith('http://'));
    if (url === undefined || options.target.proxy != null) return;
    const fetched = await fetchSmallFile(url, options.target.allowPrivate, budget.left);
    const [candidate] = fetched.ok ? certificatesOf([fetched.bytes]) : [];
    if (candidate !== undefined && isIssuerOf(candidate, ours))
      seen.ownIssuer = observed(candidate, `fetched from ${url}`);
  },
};

/** What may hold our issuer besides what we send: agreed authorities, what the far side sent, and the other certificate of ours. */
function heldCertificates({ options: { target, otherName }, seen }: ProbeContext): X509Certificate[] {
  return [
    ...certificatesOf(target.anchors.flatMap(({ certificate }) => certificate?.der ?? [])),
    ...certificatesOf(seen.chain),
    ...certificatesIn(otherName?.certificatePem ?? ''),
  ];
}

function certificatesIn(pem: string): X509Certificate[] {
  return certificatesOf(pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
}

/** Those that can be read. */
function certificatesOf(sources: readonly (string | Uint8Array)[]): X509Certificate[] {
  return sources.flatMap((source) => {
    try {
      return new X509Certificate(source);
    } catch {
      return [];
    }
  });
}

/** By name and by signature: a place on the network may hold anything. */
function isIssuerOf(candidate: X509Certificate, ours: X509Certificate): boolean {
  try {
    return ours.checkIssued(candidate) && ours.verify(candidate.publicKey);
  } catch {
    return false;
  }
}

function observed(issuer: X509Certificate, from: string): ObservedOwnIssuer | undefined {
  const facts = certificateFacts(issuer.raw);
  return facts === null ? undefined : { issuer: facts.issuer, selfIssued: facts.selfIssued, from };
}
