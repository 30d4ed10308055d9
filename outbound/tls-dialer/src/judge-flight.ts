/** The five checks on a chain as it was sent, and the alert that says why where they refuse. */
import { foldReport } from '@sallyport/tls-policy';
import type { FiveCheckReport } from '@sallyport/tls-policy';
import { readIpAddress } from '@sallyport/addresses';
import {
  privateAuthorityRules,
  readCertificate,
  SignatureMemory,
  validate,
  validationPolicy,
  X509Error,
} from '@sallyport/x509';
import type { Certificate, UtcInstant, ValidationInput, ValidationPolicy, VerifiedPath } from '@sallyport/x509';
import type { RevocationAnswer } from './dial-evidence.ts';
import type { DialTarget } from './dial-target.ts';
import { judgeSoftened, withoutSoftened, withSoftening } from './emergency-softening.ts';
import type { ServerFlight } from './gate/flight.ts';
import type { HeldRevocation } from './revocation-data.ts';
import { answersOf, undecidedOf, withFailures } from './revocation-judgement.ts';
import type { Undecided } from './revocation-judgement.ts';
import { isPublicAnchor } from './trust-list.ts';

export interface FlightJudgement {
  readonly report: FiveCheckReport;
  /** Not null exactly where the checks accepted. */
  readonly path: VerifiedPath | null;
  /** Which source answered for which certificate. */
  readonly answers: readonly RevocationAnswer[];
  /** What might be decided by asking somebody; null where nothing, or where that would not help. */
  readonly undecided: Undecided | null;
}

const nothingHeld: HeldRevocation = { crls: [], ocspResponses: [] };

/** Signatures of intermediates that were verified before; decisions are never kept. */
const memory = new SignatureMemory();

/** Judges for the target's name, trust list and instant. */
export function judgeFlight({ chain, staple }: ServerFlight, target: DialTarget, at: UtcInstant): FlightJudgement {
  return judge(chain, staple, target, at);
}

/** The same for a chain that was shown before: there is no handshake in which something could have been stapled. */
export function judgeChain(shown: readonly Uint8Array[], target: DialTarget, at: UtcInstant): FlightJudgement {
  return judge(shown, undefined, target, at);
}

function judge(
  shown: readonly Uint8Array[],
  staple: Uint8Array | null | undefined,
  target: DialTarget,
  at: UtcInstant,
): FlightJudgement {
  const [leaf = new Uint8Array(), ...others] = shown.map(readOnce);
  const { revocationData, revocationRules, revocation: mode } = target;
  const chain = [leaf, ...others].flatMap((one) => (one instanceof Uint8Array ? [] : [one]));
  const held = mode === 'off' ? nothingHeld : (revocationData?.held(chain, at) ?? nothingHeld);
  const { softened, ...rules } = revocationRules ?? {};
  const input: ValidationInput = {
    leaf,
    others,
    anchors: target.anchors,
    at,
    purpose: 'serverAuth',
    name: { kind: readIpAddress(target.host) === null ? 'dns' : 'ip', value: target.host },
    policy: policyFor(target),
    revocation: { mode, ...held, ...rules, ...(staple === undefined ? {} : { staple }) },
    memory,
  };
  const judged = validate(input);
  const softer =
    mode === 'hard'
      ? judgeSoftened(judged, softened, at, () =>
          validate({ ...input, revocation: { ...input.revocation, mode: 'soft' } }),
        )
      : null;
  const validation = softer?.validation ?? judged;
  const told = softer ?? (mode === 'hard' && !judged.accepted ? withoutSoftened(judged, softened, at) : null);
  const undecided = mode === 'off' ? null : undecidedOf(validation);
  const failures = undecided === null ? [] : (revocationData?.failures(undecided.certificates) ?? []);
  return {
    report: withSoftening(withFailures(foldReport(told?.validation ?? validation), failures), told?.by ?? []),
    path: validation.verifiedPath,
    answers: answersOf(validation, held, staple ?? null),
    undecided,
  };
}

/** Read here, so that what is held can be found by it; what does not read is the validator's to tell. */
function readOnce(der: Uint8Array): Certificate | Uint8Array {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof X509Error) return der;
    throw error;
  }
}

/** The browsers' rules where only public authorities are trusted; for an agreed private one the RFC, without what binds issuers only. */
function policyFor(target: DialTarget): ValidationPolicy {
  const { minimumRsaBits } = target.policy;
  return target.anchors.length > 0 && target.anchors.every(isPublicAnchor)
    ? validationPolicy('webpki', { minimumRsaBits })
    : validationPolicy('rfc5280', { minimumRsaBits, rules: privateAuthorityRules });
}

/** AlertDescription numbers (RFC 5246 §7.2). */
const alerts = {
  badCertificate: 42,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  unknownCa: 48,
} as const;

const unknownIssuerCodes = new Set([
  'X509_PATH_LOOP',
  'X509_ISSUER_NOT_FOUND',
  'X509_SELF_ISSUED_NOT_TRUSTED',
  'X509_DISTRUSTED_AFTER',
]);

/** The plaintext alert for the far side's log: the gravest finding decides. */
export function refusalAlert({ checks }: FiveCheckReport): number {
  const { revocation, signature, trust, validity, name } = checks;
  if (revocation.status === 'fail') return alerts.certificateRevoked;
  if (signature.status === 'fail') return alerts.badCertificate;
  if (trust.status === 'fail') return unknownIssuerCodes.has(trust.code) ? alerts.unknownCa : alerts.certificateUnknown;
  if (validity.status === 'fail')
    return validity.code === 'X509_EXPIRED' ? alerts.certificateExpired : alerts.badCertificate;
  if (name.status === 'fail') return alerts.badCertificate;
  return alerts.certificateUnknown;
}
