/** One test of PKITS against the validator, under the profile of the RFC that the suite was written for. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  X509Error,
  anchorFromCertificate,
  anyPolicy,
  readCertificate,
  utcInstant,
  validate,
  validationPolicy,
} from '../src/index.ts';
import type { PolicyOverrides, TrustAnchor } from '../src/index.ts';
import { brokenCase, runCase } from './broken-case.ts';
import type { CaseResult } from './divergences.ts';

interface PkitsSettings {
  readonly initialPolicySet?: readonly string[];
  readonly initialExplicitPolicy?: boolean;
  readonly initialPolicyMappingInhibit?: boolean;
  readonly initialInhibitAnyPolicy?: boolean;
}

export interface PkitsTest {
  readonly number: string;
  readonly title: string;
  /** Trust anchor first, end entity last. */
  readonly certificates: readonly string[];
  readonly crls: readonly string[];
  readonly settings: PkitsSettings;
  readonly expected: string;
  readonly userConstrainedPolicySet: readonly string[];
}

export interface PkitsSuite {
  readonly evaluationTime: string;
  readonly policies: Readonly<Record<string, string>>;
  readonly tests: readonly PkitsTest[];
  readonly certificates: Readonly<Record<string, string>>;
  readonly crls: Readonly<Record<string, string>>;
}

export function readPkitsFile(file: string): PkitsSuite {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  const suite = JSON.parse(text) as PkitsSuite;
  if (!Array.isArray(suite.tests)) throw new Error('it has no `tests`');
  return suite;
}

/** A test that is malformed, or that throws, is answered as broken. */
export function runPkitsTest(test: PkitsTest, suite: PkitsSuite, revocation: 'hard' | 'off' = 'hard'): CaseResult {
  const certificates: unknown = test?.certificates;
  if (!Array.isArray(certificates) || certificates.length < 2)
    return brokenCase(test, 'it has no certificates from an anchor to an end entity');
  return runCase(test, () => runWellFormed(test, suite, revocation));
}

function runWellFormed(test: PkitsTest, suite: PkitsSuite, revocation: 'hard' | 'off'): CaseResult {
  const id = `${test.number} ${test.title}`;
  const expected = test.expected === 'valid' ? 'accept' : 'reject';
  const certificates = test.certificates.map((name) => bytesOf(suite.certificates, name));
  const anchorDer = certificates[0] ?? new Uint8Array();
  const leaf = certificates.at(-1) ?? new Uint8Array();
  const anchor = anchorOf(anchorDer);
  if (anchor === null) return { id, identity: id, expected, actual: 'reject', code: 'X509_ANCHOR_UNREADABLE' };
  const report = validate({
    leaf,
    others: certificates.slice(1, -1),
    anchors: [anchor],
    at: utcInstant(suite.evaluationTime),
    purpose: 'any',
    name: null,
    policy: validationPolicy('rfc5280', overridesOf(test.settings, suite)),
    revocation: { mode: revocation, crls: test.crls.map((name) => bytesOf(suite.crls, name)), ocspResponses: [] },
  });
  if (!report.accepted) {
    const decisive =
      report.entries.find((entry) => entry.outcome === 'fail') ??
      report.entries.find((entry) => entry.outcome === 'unknown');
    return { id, identity: id, expected, actual: 'reject', code: decisive?.code ?? 'X509_REFUSED' };
  }
  const wrong = policyDifference(report.policies, test, suite);
  // A valid path with other policies than expected would be relied on for the wrong ones.
  return { id, identity: id, expected, actual: wrong === null ? 'accept' : 'reject', code: wrong ?? 'ok' };
}

function anchorOf(der: Uint8Array): TrustAnchor | null {
  try {
    return anchorFromCertificate(readCertificate(der));
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

function overridesOf(settings: PkitsSettings, suite: PkitsSuite): PolicyOverrides {
  return {
    initialPolicySet: (settings.initialPolicySet ?? ['anyPolicy']).map((name) => policyOf(name, suite)),
    initialExplicitPolicy: settings.initialExplicitPolicy ?? false,
    initialPolicyMappingInhibit: settings.initialPolicyMappingInhibit ?? false,
    initialAnyPolicyInhibit: settings.initialInhibitAnyPolicy ?? false,
    // Written in 2011 for conforming and for careless issuers alike; what the tests are about stays asked for.
    rules: {
      validityForm: false,
      keyIdentifiers: false,
      positiveSerialNumber: false,
      criticalBasicConstraints: false,
      criticalPolicyConstraints: false,
    },
  };
}

function policyDifference(policies: readonly string[], test: PkitsTest, suite: PkitsSuite): string | null {
  const wanted = test.userConstrainedPolicySet
    .map((name) => policyOf(name, suite))
    .sort()
    .join(',');
  const seen = [...policies].sort().join(',');
  return wanted === seen || test.expected !== 'valid' ? null : `policies ${seen} instead of ${wanted}`;
}

function policyOf(name: string, suite: PkitsSuite): string {
  return name === 'anyPolicy' ? anyPolicy : (suite.policies[name] ?? name);
}

function bytesOf(table: Readonly<Record<string, string>>, name: string): Uint8Array {
  const text = table[name];
  // Taken for empty it would be refused, which is what many tests expect.
  if (text === undefined) throw new Error(`the suite has no file ${name}`);
  return new Uint8Array(Buffer.from(text, 'base64'));
}
