/** `crl` and `ocsp`: the status of one certificate, by the CRLs or the OCSP response that are given. */
import { X509Error, formatInstant, judgeCertificateRevocation, printable } from '@sallyport/x509';
import type { Certificate, RevocationInput } from '@sallyport/x509';
import { errorOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Inputs } from './inputs.ts';
import type { Arguments } from './options.ts';
import { UsageError } from './options.ts';

export function crlStatus(args: Arguments, inputs: Inputs): Answer {
  if (args.all('crl').length === 0) throw new UsageError('--crl is missing');
  return statusOf(args, inputs, () => ({ mode: 'hard', crls: inputs.crls(args.all('crl')), ocspResponses: [] }));
}

export function ocspStatus(args: Arguments, inputs: Inputs): Answer {
  const file = args.required('response');
  const maximumAge = inputs.seconds('max-age');
  return statusOf(args, inputs, () => ({
    mode: 'hard',
    crls: [],
    responderCrls: inputs.crls(args.all('crls')),
    ocspResponses: inputs.ocspResponses([file]),
    ...(maximumAge === null ? {} : { maximumOcspAgeMilliseconds: maximumAge }),
  }));
}

function statusOf(args: Arguments, inputs: Inputs, sources: () => RevocationInput): Answer {
  if (args.files.length > 0) throw new UsageError(`a bare file is not taken here: ${args.files.join(' ')}`);
  const [certificateFile, issuerFile] = [args.required('certificate'), args.required('issuer')];
  const at = inputs.at();
  const policy = inputs.policy();
  const gracePeriodMilliseconds = inputs.seconds('grace') ?? 0;
  const certificate = inputs.oneCertificate(certificateFile);
  const chain = inputs.certificates([issuerFile]);
  const issuer = issuerAmong(chain, certificate);
  const others = [...chain.filter((one) => one !== issuer), ...inputs.certificates(args.all('others'))];
  const revocation = { ...sources(), gracePeriodMilliseconds };
  const entry = judgeCertificateRevocation({ certificate, issuer, at, policy, revocation, others });
  const status = entry.outcome === 'pass' ? 'good' : entry.code === 'X509_REVOCATION_REVOKED' ? 'revoked' : 'unknown';
  const verdicts = { good: 'valid', revoked: 'invalid', unknown: 'unknown' } as const;
  const facts = Object.entries(entry.evidence).map(([name, value]) => `  ${name}: ${printable(value)}`);
  return {
    verdict: verdicts[status],
    status,
    code: entry.code,
    errors: status === 'good' ? [] : [errorOf(entry)],
    details: {
      at: formatInstant(at),
      certificate: { subject: certificate.subject.toString(), serial: certificate.serial, sha256: certificate.sha256 },
      evidence: entry.evidence,
    },
    text: [`${status}: ${printable(entry.message)} (${entry.code}, ${entry.section})`, ...facts].join('\n'),
  };
}

/** The file of the issuer may be the chain as a server sends it: the one that bears the issuer's name is meant, else the first. */
function issuerAmong(chain: readonly Certificate[], certificate: Certificate): Certificate {
  const issuer = chain.find(({ subject }) => subject.equals(certificate.issuer)) ?? chain[0];
  if (issuer === undefined) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no certificate in the file');
  return issuer;
}
