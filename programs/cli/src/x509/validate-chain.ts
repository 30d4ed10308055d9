/** `validate`: an end entity against anchors, by every rule. */
import { X509Error, anchorFromCertificate, explain, formatInstant, validate, printable } from '@sallyport/x509';
import type { ReferenceName, TrustAnchor, ValidationReport } from '@sallyport/x509';
import { errorOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Inputs } from './inputs.ts';
import type { Arguments } from './options.ts';
import { UsageError } from './options.ts';

export function validateChain(args: Arguments, inputs: Inputs): Answer {
  if (args.files.length > 0) throw new UsageError(`validate takes no bare file: ${args.files.join(' ')}`);
  const leafFile = args.required('leaf');
  if (args.all('anchors').length === 0) throw new UsageError('--anchors is missing');
  const at = inputs.at();
  const purpose = inputs.choice('purpose', ['serverAuth', 'clientAuth', 'any'], 'serverAuth');
  const policy = inputs.policy();
  const anchors = inputs
    .certificates(args.all('anchors'))
    .map((certificate): TrustAnchor => anchorFromCertificate(certificate));
  // A chain file has the end entity first; the rest of it goes into the bag.
  const [leaf, ...rest] = inputs.certificates([leafFile]);
  if (leaf === undefined) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no certificate in the file');
  const others = [...rest, ...inputs.certificates(args.all('others'))];
  const crls = inputs.crls(args.all('crls'));
  const ocspResponses = inputs.ocspResponses(args.all('ocsp'));
  const stapleFile = args.one('staple');
  const staple = stapleFile === null ? undefined : stapleFile === 'none' ? null : inputs.bytes(stapleFile);
  const given = crls.length + ocspResponses.length > 0 || staple != null;
  const mode = inputs.choice('revocation', ['hard', 'soft', 'off'], given ? 'hard' : 'off');
  const revocation = { mode, crls, ocspResponses, staple, gracePeriodMilliseconds: inputs.seconds('grace') ?? 0 };
  const report = validate({ leaf, others, anchors, at, purpose, name: nameOf(args.one('name')), policy, revocation });
  return answerOf(report, mode === 'hard');
}

function answerOf(report: ValidationReport, hard: boolean): Answer {
  const refusing = report.entries.filter(({ outcome }) => outcome === 'fail' || (outcome === 'unknown' && hard));
  const headline =
    refusing.find(({ outcome }) => outcome === 'fail') ??
    refusing[0] ??
    report.entries.find(({ outcome }) => outcome === 'unknown');
  return {
    verdict: report.accepted ? 'valid' : 'invalid',
    status: report.accepted ? 'accepted' : 'refused',
    code: report.accepted ? 'X509_ACCEPTED' : (headline?.code ?? 'X509_REFUSED'),
    errors: report.accepted ? [] : refusing.map(errorOf),
    details: {
      at: formatInstant(report.at),
      path: report.path.map(({ subject, sha256 }) => ({ subject: subject.toString(), sha256 })),
      anchor: report.anchor?.subject.toString() ?? null,
      policies: report.policies,
      entries: report.entries,
    },
    text: explain({
      ...report,
      entries: report.entries.map((entry) => ({ ...entry, message: printable(entry.message) })),
    }),
  };
}

/** An address, a mailbox, else a host. */
function nameOf(text: string | null): ReferenceName | null {
  if (text === null) return null;
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (bare.includes('@')) return { kind: 'email', value: bare };
  return { kind: /^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare) || bare.includes(':') ? 'ip' : 'dns', value: bare };
}
