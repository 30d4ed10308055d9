/** The validator: bytes, anchors and an instant in, a report out. It fetches nothing, reads no clock, and never throws on hostile bytes. */
import { checkValidationInput } from './argument-check.ts';
import { Certificate, readCertificate } from './certificate.ts';
import { buildPath } from './path/build-path.ts';
import type { PathSearch } from './path/build-path.ts';
import { CertificateBag } from './path/certificate-bag.ts';
import { PathJudge } from './path/path-judge.ts';
import type { JudgedPath } from './path/path-judge.ts';
import { pathRules } from './path/path-rules.ts';
import { SignatureLinks } from './path/signature-links.ts';
import type { UtcInstant } from './instant.ts';
import { BudgetExhausted, WorkBudget } from './path/work-budget.ts';
import type { ReportEntry, ValidationReport } from './report.ts';
import type { RevocationContext } from './revocation-context.ts';
import { answerRevocation, noVerifiedIssuer, revocationNotJudged } from './revocation-answer.ts';
import { verifySignature } from './signature/verify-signature.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import type { ValidationInput } from './validation-input.ts';
import { provePath } from './verified-path.ts';
import { X509Error } from './x509-error.ts';

/** Certificates that are read from the bag; more are not looked at, and a refusal then says so. */
const maximumOthers = 5_000;

/**
 * Validates one end entity. Every rule is judged for itself on the headline path. What an argument must not be is the caller's mistake.
 * @throws X509Error `X509_ARGUMENT_INVALID`, never for the bytes of a certificate
 */
export function validate(input: ValidationInput): ValidationReport {
  checkValidationInput(input);
  const endEntity = readOrError(input.leaf);
  if (endEntity instanceof X509Error) return unreadable(endEntity, input.at);
  const others = readableOthers(input.others);
  const budget = new WorkBudget(input.policy.budget);
  const verify = input.verifySignature ?? verifySignature;
  const links = new SignatureLinks(input.policy, budget, verify, input.memory ?? null);
  const bag = new CertificateBag(others);

  const revocationOf = (judged: JudgedPath): readonly ReportEntry[] => {
    const { anchor, certificates } = judged.path;
    if (input.revocation.mode === 'off') return [revocationNotJudged];
    if (anchor === null || !judged.path.links.every((link) => link === 'valid')) return [noVerifiedIssuer];
    const context: RevocationContext = {
      path: certificates,
      anchor,
      at: input.at,
      policy: input.policy,
      revocation: input.revocation,
      others,
      budget,
      verifySignature: verify,
      findSignerPath: (signer) => findSignerPath(signer, anchor, input, { bag, links, budget }),
    };
    return answerRevocation(context);
  };
  const withRevocation = (judged: JudgedPath): JudgedPath => {
    const entries = revocationOf(judged);
    const failures = entries.filter((entry) => refuses(entry, input)).length;
    return {
      ...judged,
      entries: judged.entries.concat(entries),
      failures: judged.failures + failures,
      revocationJudged: true,
    };
  };

  const { at, purpose, name, policy } = input;
  const judge = new PathJudge(pathRules, { at, purpose, name, policy, budget }, withRevocation);
  const search: PathSearch = {
    anchors: input.anchors,
    bag,
    links,
    budget,
    at,
    intermediates: policy.budget.intermediates,
    judge: (found) => judge.judge(found),
  };
  const exhausted =
    searchAll(endEntity, search, judge) ?? (input.others.length > maximumOthers ? 'buildingSteps' : null);
  if (judge.accepted !== null) return acceptedReport(judge.accepted, judge, input);
  return refusedReport(endEntity, input.at, judge, exhausted, (judged) => {
    try {
      return judged.revocationJudged ? judged : withRevocation(judged);
    } catch (error) {
      if (error instanceof BudgetExhausted) return judged;
      throw error;
    }
  });
}

/** @returns the limit that ended the search; null where it ended by itself */
function searchAll(endEntity: Certificate, search: PathSearch, judge: PathJudge): string | null {
  try {
    if (buildPath(endEntity, search, false) || judge.reachedAnchor) return null;
  } catch (error) {
    if (error instanceof BudgetExhausted) return error.limit;
    throw error;
  }
  try {
    buildPath(endEntity, search, true);
  } catch (error) {
    // Only the explanation is shorter for it: the first search had looked everywhere.
    if (!(error instanceof BudgetExhausted)) throw error;
  }
  return null;
}

/** `hard` refuses what is unknown; `soft` refuses only what is known to be revoked. */
function refuses(entry: ReportEntry, input: ValidationInput): boolean {
  return entry.outcome === 'fail' || (entry.outcome === 'unknown' && input.revocation.mode === 'hard');
}

/** A path for a signer of CRLs to the same anchor, judged by every rule but purpose, name and revocation. */
function findSignerPath(
  signer: Certificate,
  anchor: TrustAnchor,
  input: ValidationInput,
  { bag, links, budget }: { bag: CertificateBag; links: SignatureLinks; budget: WorkBudget },
): readonly Certificate[] | null {
  const policy = {
    ...input.policy,
    rules: { ...input.policy.rules, endEntityMayBeAuthority: true, extendedKeyUsageRequired: false },
  };
  const judge = new PathJudge(
    pathRules,
    { at: input.at, purpose: 'any', name: null, policy, budget },
    (judged) => judged,
  );
  buildPath(
    signer,
    {
      anchors: [anchor],
      bag,
      links,
      budget,
      at: input.at,
      intermediates: policy.budget.intermediates,
      judge: (found) => judge.judge(found),
    },
    false,
  );
  return judge.accepted?.path.certificates ?? null;
}

function acceptedReport(accepted: JudgedPath, judge: PathJudge, input: ValidationInput): ValidationReport {
  const { certificates, anchor } = accepted.path;
  if (anchor === null) throw new TypeError('an accepted path without an anchor');
  return {
    at: input.at,
    accepted: true,
    verifiedPath: provePath(certificates, anchor, input.at),
    path: certificates,
    anchor,
    entries: accepted.entries,
    candidates: judge.candidates,
    policies: accepted.policies,
  };
}

function refusedReport(
  endEntity: Certificate,
  at: UtcInstant,
  judge: PathJudge,
  exhausted: string | null,
  complete: (judged: JudgedPath) => JudgedPath,
): ValidationReport {
  const nearest = judge.nearest;
  const judged = nearest === null ? null : complete(nearest);
  const entries = [...(judged?.entries ?? [])];
  if (exhausted !== null)
    entries.push({
      code: 'X509_BUDGET_EXHAUSTED',
      outcome: 'fail',
      section: 'RFC 4158 §2.4.2',
      certificateIndex: null,
      message: 'The certificates given ask for more work than one validation may do.',
      evidence: { limit: exhausted },
    });
  return {
    at,
    accepted: false,
    verifiedPath: null,
    path: judged?.path.certificates ?? [endEntity],
    anchor: judged?.path.anchor ?? null,
    entries,
    candidates: judge.candidates,
    policies: [],
  };
}

function unreadable(error: X509Error, at: UtcInstant): ValidationReport {
  const entry: ReportEntry = {
    code: 'X509_END_ENTITY_UNREADABLE',
    outcome: 'fail',
    section: 'RFC 5280 §4.1, X.690',
    certificateIndex: 0,
    message: `The certificate of the end entity cannot be read: ${error.reason}.`,
    evidence: { cause: error.code, position: error.position },
  };
  return {
    at,
    accepted: false,
    verifiedPath: null,
    path: [],
    anchor: null,
    entries: [entry],
    candidates: [],
    policies: [],
  };
}

function readOrError(certificate: Uint8Array | Certificate): Certificate | X509Error {
  if (certificate instanceof Certificate) return certificate;
  try {
    const read = readCertificate(certificate);
    // A key that cannot be read refuses the end entity as a whole: nothing could be said about it.
    void read.publicKey;
    return read;
  } catch (error) {
    if (error instanceof X509Error) return error;
    throw error;
  }
}

/** What does not read as a certificate is dropped: a bag may hold anything. */
function readableOthers(others: readonly (Uint8Array | Certificate)[]): readonly Certificate[] {
  const read: Certificate[] = [];
  for (const other of others.slice(0, maximumOthers)) {
    const certificate = readOrError(other);
    if (certificate instanceof Certificate) read.push(certificate);
  }
  return read;
}
