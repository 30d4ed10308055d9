import {
  privateAuthorityRules,
  judgeCertificateRevocation,
  readCertificate,
  readPem,
  utcInstant,
  validationPolicy,
  X509Error,
} from '@sallyport/x509';
import type { Certificate, TrustAnchor } from '@sallyport/x509';
import type { Probe, ProbeContext } from '../probe.ts';

/** Milliseconds for what our certificate's authority says of it. */
const askMilliseconds = 4_000;

/** Whether our own certificate is revoked: many enforcers refuse such a one and do not say why. */
export const ownRevocation: Probe = {
  id: 'own-revocation',
  title: 'What its own authority says of our certificate',
  kind: 'positive',
  asksFarSide: false,
  isNeeded: ({ seen, options: { target } }) =>
    target.clientCertificate !== null &&
    target.revocationData !== undefined &&
    (isRefused(seen) || seen.dials[0]?.error?.code === 'peer-closed'),
  run: async (context) => {
    context.seen.ownRevocation = await statusOf(context);
  },
};

function isRefused({ dials, http }: ProbeContext['seen']): boolean {
  return (
    dials[0]?.error?.code === 'client-certificate-refused' ||
    http.some(({ probe, refusal, alert }) => probe === 'ours' && (refusal !== null || alert !== null))
  );
}

async function statusOf({ options: { target }, budget }: ProbeContext): Promise<'good' | 'revoked' | 'unknown'> {
  const data = target.revocationData;
  const [certificate, ...others] = chainOf(target.clientCertificate?.certificatePem ?? '');
  if (data === undefined || certificate === undefined) return 'unknown';
  const issuers: (Certificate | TrustAnchor)[] = [
    ...others.filter(({ subject }) => subject.equals(certificate.issuer)),
    ...target.anchors.filter(({ subject }) => subject.equals(certificate.issuer)),
  ];
  // A source that does not answer leaves it unknown, which is no finding.
  await data
    .fetch([certificate], issuers, AbortSignal.timeout(Math.max(1, Math.min(askMilliseconds, budget.left))))
    .catch(() => null);
  const at = target.at ?? utcInstant(Date.now());
  const policy = validationPolicy('rfc5280', {
    minimumRsaBits: target.policy.minimumRsaBits,
    rules: privateAuthorityRules,
  });
  const { crls, ocspResponses } = data.held([certificate], at);
  for (const issuer of issuers) {
    const { outcome } = judgeCertificateRevocation({
      certificate,
      issuer,
      at,
      policy,
      revocation: { mode: 'hard', crls, ocspResponses, staple: null },
      others,
    });
    if (outcome === 'fail') return 'revoked';
    if (outcome === 'pass') return 'good';
  }
  return 'unknown';
}

function chainOf(pem: string): Certificate[] {
  try {
    return readPem(pem).map(({ der }) => readCertificate(der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}
