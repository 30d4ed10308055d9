/** A root, an intermediate and an end entity that are right in every respect, of which a test changes one thing; and the answer of the validator. */
import {
  anchorFromCertificate,
  readCertificate,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
} from '../src/index.ts';
import type { AnchorOptions, PolicyOverrides, Profile, ValidationInput, ValidationReport } from '../src/index.ts';
import {
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  extendedKeyUsage,
  generalName,
  keyNamed,
  keyUsage,
  subjectKeyIdentifier,
  writeCertificate,
} from './certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from './certificate-author.ts';
import type { Bytes } from './der-writer.ts';

export const hostName = 'jira.example.com';
export const serverAuth = '1.3.6.1.5.5.7.3.1';
export const clientAuth = '1.3.6.1.5.5.7.3.2';

/** What a test changes: parts of the certificate, and single extensions by type (null takes one away). */
export interface Change extends Partial<CertificateSpec> {
  readonly set?: readonly ExtensionSpec[];
  readonly drop?: readonly string[];
}

export interface ChainChanges {
  readonly root?: Change;
  readonly intermediate?: Change;
  readonly endEntity?: Change;
}

export interface Chain {
  readonly root: Bytes;
  readonly intermediate: Bytes;
  readonly endEntity: Bytes;
}

function changed(base: CertificateSpec, change: Change = {}): CertificateSpec {
  const { set = [], drop = [], ...parts } = change;
  const kept = (base.extensions ?? []).filter(
    ({ type }) => !drop.includes(type) && !set.some((other) => other.type === type),
  );
  return { ...base, extensions: [...kept, ...set], ...parts };
}

export function rootSpec(change?: Change): CertificateSpec {
  const key = change?.key ?? keyNamed('root');
  return changed(
    {
      subject: commonName('Root'),
      issuer: commonName('Root'),
      key,
      signer: keyNamed('root'),
      extensions: [basicConstraints(true), keyUsage(5, 6), subjectKeyIdentifier(key)],
    },
    change,
  );
}

export function intermediateSpec(change?: Change): CertificateSpec {
  const key = change?.key ?? keyNamed('intermediate');
  const signer = change?.signer ?? keyNamed('root');
  return changed(
    {
      subject: commonName('Intermediate'),
      issuer: commonName('Root'),
      key,
      signer,
      extensions: [
        basicConstraints(true, 0),
        keyUsage(5, 6),
        subjectKeyIdentifier(key),
        authorityKeyIdentifier(signer),
      ],
    },
    change,
  );
}

export function endEntitySpec(change?: Change): CertificateSpec {
  const signer = change?.signer ?? keyNamed('intermediate');
  return changed(
    {
      subject: commonName(hostName),
      issuer: commonName('Intermediate'),
      key: keyNamed('end entity'),
      signer,
      extensions: [
        keyUsage(0),
        extendedKeyUsage(serverAuth),
        alternativeNames(generalName.dns(hostName)),
        authorityKeyIdentifier(signer),
      ],
    },
    change,
  );
}

export function writeChain(changes: ChainChanges = {}): Chain {
  return {
    root: writeCertificate(rootSpec(changes.root)),
    intermediate: writeCertificate(intermediateSpec(changes.intermediate)),
    endEntity: writeCertificate(endEntitySpec(changes.endEntity)),
  };
}

export interface Question {
  readonly profile?: Profile;
  readonly policy?: PolicyOverrides;
  readonly anchor?: AnchorOptions;
  readonly at?: string;
  readonly input?: Partial<ValidationInput>;
}

/** The report on a chain; without a question: serverAuth for the host, `webpki`, in the middle of 2026, revocation off. */
export function reportOn(chain: Chain, question: Question = {}): ValidationReport {
  return validate({
    leaf: chain.endEntity,
    others: [chain.intermediate],
    anchors: [anchorFromCertificate(readCertificate(chain.root), question.anchor)],
    at: utcInstant(question.at ?? '2026-06-15T12:00:00Z'),
    purpose: 'serverAuth',
    name: { kind: 'dns', value: hostName },
    policy: validationPolicy(question.profile ?? 'webpki', question.policy),
    revocation: revocationOff,
    ...question.input,
  });
}

/** Codes of what failed, each once, in order. */
export function failingCodes(report: ValidationReport): readonly string[] {
  return [...new Set(report.entries.filter((entry) => entry.outcome === 'fail').map((entry) => entry.code))];
}

/** Codes of what fails in a chain with these changes. */
export function codesFor(changes: ChainChanges, question?: Question): readonly string[] {
  return failingCodes(reportOn(writeChain(changes), question));
}
