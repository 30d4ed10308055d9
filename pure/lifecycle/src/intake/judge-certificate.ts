/** Judges a certificate before it may be used: the five checks, and what is asked of it besides. */
import { foldReport, showCertificate, type CheckResult, type FiveChecks } from '@sallyport/tls-policy';
import {
  privateAuthorityRules,
  validate,
  validationPolicy,
  X509Error,
  type Certificate,
  type ValidationReport,
} from '@sallyport/x509';
import { acceptanceForecast } from './acceptance-forecast.ts';
import { finding, ownerOf, type IntakeFinding, type IntakeInput, type IntakeJudgement } from './intake-finding.ts';
import { dnsNames, intakeRules } from './intake-rules.ts';

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });
const mostCertificates = 10;
const checkTitles = {
  validity: 'Validity',
  trust: 'Trust',
  signature: 'Signature',
  name: 'Name',
  revocation: 'Revocation',
} as const;

/** Pure: the same input gives the same judgement. */
export function judgeCertificate(input: IntakeInput): IntakeJudgement {
  const { endEntity, others, anchors, at, revocation } = input;
  const report = validate({ leaf: endEntity, others, anchors, at, purpose: 'any', name: null, policy, revocation });
  const folded = foldReport(report);
  const chain = chainOf(report, input);
  const ruled = intakeRules.flatMap((rule) => judgedBy(() => rule(input, chain), input));
  const checks: FiveChecks = { ...ownedChecks(folded.checks, input), name: nameCheck(input, ruled) };
  const path = folded.path.length > 0 ? folded.path : chain.map(showCertificate);
  const findings = [...ofChecks(checks, input), ...ruled, ...acceptanceForecast(input, report.anchor)];
  return { findings, checks, path, chain };
}

/** What is presented: the judged path, else what fits to the end entity by name; never the anchor. */
function chainOf(report: ValidationReport, { endEntity, others }: IntakeInput): readonly Certificate[] {
  if (report.accepted) return report.path;
  return orderedChain(endEntity, others);
}

/** The end entity and its issuers by name, as far as they are at hand; strangers are left out, a self-signed root too. */
export function orderedChain(endEntity: Certificate, others: readonly Certificate[]): readonly Certificate[] {
  const chain: Certificate[] = [endEntity];
  for (let last = endEntity; chain.length < mostCertificates && !last.selfIssued;) {
    const issuer = others.find(
      (one) => one.subject.equals(last.issuer) && !chain.includes(one) && namesKeyOf(last, one),
    );
    if (issuer === undefined || issuer.selfIssued) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

/** Whether the key identifiers of both, where they are there, are the same. */
function namesKeyOf(certificate: Certificate, issuer: Certificate): boolean {
  try {
    const wanted = certificate.extensions.authorityKeyIdentifier?.keyIdentifier ?? null;
    const own = issuer.extensions.subjectKeyIdentifier;
    if (wanted === null || own === null) return true;
    return wanted.length === own.length && wanted.every((byte, index) => byte === own[index]);
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}

/** Extensions are read when they are asked for: what does not read is a fault of the certificate, not of the rule. */
function judgedBy(rule: () => readonly IntakeFinding[], { kind }: IntakeInput): readonly IntakeFinding[] {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    return [
      finding({
        topic: 'file',
        code: error.code,
        severity: 'blocks',
        message: `The certificate is not well formed: ${error.reason}.`,
        actor: ownerOf(kind),
      }),
    ];
  }
}

/** The fold speaks of a far side's certificate; this one is its owner's to replace. */
function ownedChecks(checks: FiveChecks, { kind }: IntakeInput): FiveChecks {
  const owned = (check: CheckResult): CheckResult =>
    check.actor === null || check.actor === 'certificate-authority' ? check : { ...check, actor: ownerOf(kind) };
  const { validity, trust, signature, name, revocation } = checks;
  return {
    validity: owned(validity),
    trust: owned(trust),
    signature: owned(signature),
    name: owned(name),
    revocation: owned(revocation),
  };
}

/** A client certificate is asked for no host: its names are held against its kind and domain. */
function nameCheck({ endEntity, forServer }: IntakeInput, ruled: readonly IntakeFinding[]): CheckResult {
  const names = dnsNames(endEntity);
  const evidence = { names: names.slice(0, 20).join(', ') };
  const blocking = ruled.find(({ topic, severity }) => topic === 'kind-and-domain' && severity === 'blocks');
  if (blocking !== undefined)
    return { status: 'fail', code: blocking.code, message: blocking.message, actor: blocking.actor, evidence };
  if (names.length === 0)
    return {
      status: forServer === true ? 'fail' : 'unknown',
      code: 'no-names',
      message: 'It names no host in subjectAltName.',
      actor: null,
      evidence,
    };
  // Whether people reach it under one of them, their browsers say.
  const message = forServer === true ? `It names ${evidence.names}.` : 'Its names fit its kind and domain.';
  return { status: 'pass', code: 'ok', message, actor: null, evidence };
}

/** What failed blocks; what is not known warns. What the name check says stands among the rules' findings. */
function ofChecks(
  checks: FiveChecks,
  { kind, policy: issuance, anchors, endEntity, at }: IntakeInput,
): readonly IntakeFinding[] {
  return (['validity', 'trust', 'signature', 'revocation'] as const).flatMap((name) => {
    const { status, code, message, actor } = checks[name];
    if (status === 'pass' || status === 'not-applicable') return [];
    // Without any root nothing can be anchored; the missing root is told by itself.
    if (name === 'trust' && issuance === 'agreed-private-ca' && anchors.length === 0) return [];
    const isFuture = name === 'validity' && at < endEntity.notBefore && status === 'fail';
    return [
      finding({
        topic: 'five-checks',
        code,
        severity: status === 'fail' && !isFuture ? 'blocks' : 'warns',
        message: `${checkTitles[name]}: ${message}`,
        actor: actor ?? ownerOf(kind),
      }),
    ];
  });
}
