/** One case of x509-limbo, in the schema of 2023 or the current one, run against the validator. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  X509Error,
  anchorFromCertificate,
  keyUsageBits,
  keyPurposes,
  privateAuthorityRules,
  readCertificate,
  readPem,
  utcInstant,
  validate,
  validationPolicy,
} from '../src/index.ts';
import type {
  Certificate,
  PolicyOverrides,
  Profile,
  Purpose,
  ReferenceName,
  TrustAnchor,
  UtcInstant,
} from '../src/index.ts';
import { brokenCase, limboFault, runCase } from './broken-case.ts';
import type { CaseResult } from './divergences.ts';

interface PeerName {
  readonly kind: string;
  readonly value: string;
}

/** Fields of both schemas; later ones may be absent. */
export interface LimboCase {
  readonly id: string;
  readonly features?: readonly string[] | null;
  readonly validation_kind: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time?: string | null;
  readonly key_usage?: readonly string[] | null;
  readonly extended_key_usage?: readonly string[] | null;
  readonly expected_result: string;
  readonly expected_peer_name?: PeerName | null;
  readonly expected_peer_names?: readonly PeerName[] | null;
  readonly max_chain_depth?: number | null;
  readonly crls?: readonly string[] | null;
}

export function readLimboFile(file: string): readonly LimboCase[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  const { testcases } = JSON.parse(text) as { testcases?: LimboCase[] };
  if (!Array.isArray(testcases)) throw new Error('it has no `testcases`');
  return testcases;
}

/** A case that is malformed, or that throws, is answered as broken. */
export function runLimboCase(testcase: LimboCase): CaseResult {
  const fault = limboFault(testcase);
  return fault === null ? runCase(testcase, () => runWellFormed(testcase)) : brokenCase(testcase, fault);
}

function runWellFormed(testcase: LimboCase): CaseResult {
  const expected = testcase.expected_result === 'SUCCESS' ? 'accept' : 'reject';
  const unsupported = unsupportedReason(testcase);
  if (unsupported !== null)
    return { id: testcase.id, identity: identityOf(testcase), expected, actual: 'unsupported', code: unsupported };
  const answer = judgeCase(testcase);
  return {
    id: testcase.id,
    identity: identityOf(testcase),
    expected,
    actual: answer === null ? 'accept' : 'reject',
    code: answer ?? 'ok',
  };
}

/** A case of one edition of the suite: editions correct cases under the same id. */
function identityOf(testcase: LimboCase): string {
  return `${testcase.id}@${createHash('sha256').update(derOf(testcase.peer_certificate)).digest('hex').slice(0, 16)}`;
}

/** Why a case asks for something that this validator does not claim; null where it claims it. */
function unsupportedReason(testcase: LimboCase): string | null {
  if (testcase.validation_kind !== 'SERVER' && testcase.validation_kind !== 'CLIENT')
    return `validation kind ${testcase.validation_kind}`;
  if (
    (testcase.features ?? []).includes('pedantic-public-suffix-wildcard') &&
    hasDeepWildcard(derOf(testcase.peer_certificate))
  )
    return 'needs the public suffix list, which is a data set of others that changes weekly; single labels are refused without it';
  return null;
}

/** Does the end entity bear a wildcard right above a name of two labels or more? */
function hasDeepWildcard(leaf: Uint8Array): boolean {
  const names = readable(leaf)?.extensions.subjectAltName ?? [];
  return names.some((name) => name.kind === 'dns' && name.value.startsWith('*.') && name.value.slice(2).includes('.'));
}

/** The failing code; null where the case is accepted. */
function judgeCase(testcase: LimboCase): string | null {
  const leaf = derOf(testcase.peer_certificate);
  const others = testcase.untrusted_intermediates.map(derOf);
  const at = instantOf(testcase, leaf, others);
  const anchors = testcase.trusted_certs.flatMap((pem) => anchorOf(derOf(pem)));
  const names = namesOf(testcase);
  const policy = validationPolicy(profileOf(testcase), overridesOf(testcase));
  const crls = (testcase.crls ?? []).map(derOf);
  for (const name of names) {
    const report = validate({
      leaf,
      others,
      anchors,
      at,
      purpose: purposeOf(testcase),
      name,
      policy,
      revocation: { mode: crls.length > 0 ? 'hard' : 'off', crls, ocspResponses: [] },
    });
    if (!report.accepted) {
      const decisive =
        report.entries.find((entry) => entry.outcome === 'fail') ??
        report.entries.find((entry) => entry.outcome === 'unknown');
      return decisive?.code ?? 'X509_REFUSED';
    }
    const missing = missingUsage(testcase, report.path[0]);
    if (missing !== null) return missing;
  }
  return null;
}

/**
 * Which profile a case is about. The suite mixes cases that contradict each other by profile; the groups say which is meant. Cases about path
 * lengths and paths as such are the RFC's own.
 */
function profileOf(testcase: LimboCase): Profile {
  if ((testcase.features ?? []).includes('rfc5280-incompatible-with-webpki')) return 'rfc5280';
  return /^(?:rfc5280|crl|pathlen|bettertls)::/.test(testcase.id) ? 'rfc5280' : 'webpki';
}

function overridesOf(testcase: LimboCase): PolicyOverrides {
  const depth = testcase.max_chain_depth ?? null;
  const rules = {
    // BetterTLS is about names and path building; its authorities are as careless as private ones.
    ...(testcase.id.startsWith('bettertls::') ? privateAuthorityRules : {}),
    // In these groups the suite also judges the trusted certificate. Elsewhere an anchor is a name and a key: real roots have serial number 0.
    judgeAnchorCertificate: /^(?:rfc5280|webpki)::/.test(testcase.id),
    // Judged by the `key_usage` of the case, which is empty where the suite has CA certificates as end entities.
    keyUsageFitsPurpose: false,
    // The suite's default end entity has a common name that is not among its names in cases about other things that must pass.
    commonNameAmongAlternativeNames: testcase.id.startsWith('webpki::cn::'),
  };
  return depth === null ? { rules } : { rules, budget: { intermediates: depth } };
}

/** The suite asks for serverAuth and clientAuth where it names no purpose, as TLS does. */
function purposeOf(testcase: LimboCase): Purpose {
  return testcase.validation_kind === 'SERVER' ? 'serverAuth' : 'clientAuth';
}

function namesOf(testcase: LimboCase): readonly (ReferenceName | null)[] {
  const kinds: Readonly<Record<string, ReferenceName['kind']>> = { DNS: 'dns', IP: 'ip', RFC822: 'email' };
  const peers = [testcase.expected_peer_name ?? [], testcase.expected_peer_names ?? []].flat();
  const names = peers.map(({ kind, value }): ReferenceName => ({ kind: kinds[kind] ?? 'dns', value }));
  return names.length === 0 ? [null] : names;
}

/** Null in a file means now; a verdict must not depend on the day, so it is the newest notBefore of the chain plus a day. */
function instantOf(testcase: LimboCase, leaf: Uint8Array, others: readonly Uint8Array[]): UtcInstant {
  if (testcase.validation_time != null) return utcInstant(testcase.validation_time);
  let newest = 0;
  for (const der of [leaf, ...others, ...testcase.trusted_certs.map(derOf)])
    newest = Math.max(newest, readable(der)?.notBefore ?? 0);
  return utcInstant(newest + 86_400_000);
}

function missingUsage(testcase: LimboCase, leaf: Certificate | undefined): string | null {
  const bits = leaf?.extensions.keyUsage ?? null;
  for (const usage of testcase.key_usage ?? []) {
    const bit = keyUsageBits[usage as keyof typeof keyUsageBits];
    if (bits !== null && (bits & bit) === 0) return 'X509_KEY_USAGE_UNFIT';
  }
  const purposes = leaf?.extensions.extendedKeyUsage ?? null;
  for (const usage of testcase.extended_key_usage ?? []) {
    const wanted = keyPurposes[(usage === 'anyExtendedKeyUsage' ? 'any' : usage) as keyof typeof keyPurposes];
    if (purposes !== null && !purposes.includes(wanted) && !purposes.includes(keyPurposes.any))
      return 'X509_EXTENDED_KEY_USAGE_UNFIT';
  }
  return null;
}

function anchorOf(der: Uint8Array): TrustAnchor[] {
  const certificate = readable(der);
  return certificate === null ? [] : [anchorFromCertificate(certificate)];
}

function readable(der: Uint8Array): Certificate | null {
  try {
    const certificate = readCertificate(der);
    void certificate.publicKey;
    return certificate;
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

function derOf(pem: string): Uint8Array {
  try {
    return readPem(pem)[0]?.der ?? new Uint8Array();
  } catch (error) {
    // A case may hold anything; what is no PEM is no certificate either.
    if (error instanceof X509Error) return new Uint8Array();
    throw error;
  }
}
