import {
  privateAuthorityRules,
  readCertificate,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
  X509Error,
} from '@sallyport/x509';
import type { Certificate } from '@sallyport/x509';
import { fetchSmallFile } from '../fetch-small-file.ts';
import type { Probe, ProbeContext } from '../probe.ts';

/** Where the chain lacks an issuer: the one that it names is fetched, to see whether it is that and nothing else which is missing. */
export const missingIssuer: Probe = {
  id: 'missing-issuer',
  title: 'Whether the issuer that the chain names completes it',
  kind: 'positive',
  asksFarSide: false,
  isNeeded: ({ seen, options: { target } }) =>
    seen.dials[0]?.checks['trust']?.code === 'X509_ISSUER_NOT_FOUND' && target.proxy == null && placeOf(seen) !== null,
  run: async (context) => {
    const url = placeOf(context.seen) ?? '';
    const { target } = context.options;
    const fetched = await fetchSmallFile(url, target.allowPrivate, context.budget.left);
    if (!fetched.ok) {
      context.seen.issuerFetch = { url, completes: false, error: fetched.message };
      return;
    }
    const issuer = read(fetched.bytes);
    context.seen.issuerFetch =
      issuer === null
        ? { url, completes: false, error: 'It is no certificate.' }
        : {
            url,
            completes: completes(context, fetched.bytes),
            isRoot: issuer.selfIssued && issuer.subject.toString() === context.seen.dials[0]?.chain.at(-1)?.issuer,
            error: null,
          };
  },
};

/** The address that the last certificate of the chain names; plain http, as such files are signed themselves. */
function placeOf({ dials }: ProbeContext['seen']): string | null {
  return dials[0]?.chain.at(-1)?.caIssuers.find((url) => url.startsWith('http://')) ?? null;
}

/** Null for a bundle, or PEM, as some places hold: those do not count here, and the rule then says "most likely". */
function read(fetched: Uint8Array): Certificate | null {
  try {
    return readCertificate(fetched);
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

function completes({ seen, options: { target } }: ProbeContext, fetched: Uint8Array): boolean {
  const [leaf, ...others] = seen.chain;
  if (leaf === undefined) return false;
  return validate({
    leaf,
    others: [...others, fetched],
    anchors: target.anchors,
    at: target.at ?? utcInstant(Date.now()),
    purpose: 'serverAuth',
    name: null,
    policy: validationPolicy('rfc5280', { minimumRsaBits: target.policy.minimumRsaBits, rules: privateAuthorityRules }),
    revocation: revocationOff,
  }).accepted;
}
