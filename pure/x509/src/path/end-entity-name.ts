/** The end entity bears the name that was asked for (RFC 9525): subjectAltName only, never the common name. */
import type { Certificate } from '../certificate.ts';
import { equalBytes } from '../hexadecimal.ts';
import { parseAddress } from '../name/address.ts';
import { isDnsName, matchesDnsName } from '../name/dns-name.ts';
import { showGeneralName } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';
import type { ReferenceName } from '../validation-input.ts';
import { X509Error } from '../x509-error.ts';
import { showSubject } from './path-rule.ts';
import type { Findings, PathRule } from './path-rule.ts';

/** Names shown in evidence. */
const shownNames = 10;

export const endEntityName: PathRule = {
  code: 'X509_NAME',
  section: 'RFC 9525 §6',
  passed: 'The end entity bears the name that was asked for.',
  check(path, findings) {
    const endEntity = path.certificates[0];
    if (endEntity === undefined) return;
    if (path.name === null) {
      findings.add('X509_NAME_NOT_ASKED', 'not-applicable', null, 'No name was asked for.');
      return;
    }
    let names: readonly GeneralName[] | null;
    try {
      names = endEntity.extensions.subjectAltName;
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      findings.fail(
        'X509_ALTERNATIVE_NAME_MALFORMED',
        0,
        `The alternative names of the certificate are malformed: ${error.reason}.`,
        { cause: error.code, position: error.position },
      );
      return;
    }
    judgeName(endEntity, names, path.name, path.policy.rules.wildcardNotUnderTopLevel, findings);
  },
};

function judgeName(
  endEntity: Certificate,
  names: readonly GeneralName[] | null,
  asked: ReferenceName,
  guardTopLevel: boolean,
  findings: Findings,
): void {
  const reference = readReference(asked);
  if (reference === null) {
    findings.fail(
      'X509_REFERENCE_NAME_INVALID',
      null,
      `${asked.value.slice(0, 300)} is no ${asked.kind === 'dns' ? 'host name in ASCII form' : asked.kind === 'ip' ? 'IP address' : 'mailbox'}.`,
      { kind: asked.kind, value: asked.value.slice(0, 300) },
    );
    return;
  }
  const kind = asked.kind === 'email' ? 'email' : asked.kind;
  const sameKind = (names ?? []).filter((name) => name.kind === kind);
  const match = sameKind.find((name) => matches(name, reference, guardTopLevel));
  if (match !== undefined) {
    findings.add('X509_NAME', 'pass', 0, 'The end entity bears the name that was asked for.', {
      required: `${kind}:${asked.value}`,
      seen: showGeneralName(match),
    });
    return;
  }
  const evidence = {
    required: `${kind}:${asked.value.slice(0, 300)}`,
    seen: (names ?? [])
      .slice(0, shownNames)
      .map((name) => showGeneralName(name).slice(0, 300))
      .join(', '),
    names: names?.length ?? 0,
  };
  if (names === null)
    findings.fail(
      'X509_NAME_NO_ALTERNATIVE_NAMES',
      0,
      `${showSubject(endEntity)} has no subjectAltName; a name in the subject counts for nothing.`,
      evidence,
    );
  else if (sameKind.length === 0)
    findings.fail(
      'X509_NAME_KIND_MISSING',
      0,
      `${showSubject(endEntity)} bears no ${kind === 'ip' ? 'IP address' : kind === 'dns' ? 'DNS name' : 'mailbox'}; ${asked.value.slice(0, 300)} was asked for.`,
      evidence,
    );
  else
    findings.fail(
      'X509_NAME_MISMATCH',
      0,
      `The certificate is for ${evidence.seen}, not for ${asked.value.slice(0, 300)}.`,
      evidence,
    );
}

type Reference =
  | { kind: 'dns'; name: string }
  | { kind: 'ip'; address: Uint8Array }
  | { kind: 'email'; local: string; host: string };

function readReference({ kind, value }: ReferenceName): Reference | null {
  if (kind === 'ip') {
    const address = parseAddress(value);
    return address === null ? null : { kind, address };
  }
  if (kind === 'dns') {
    // One trailing dot says that the name is absolute, which a reference name is anyway.
    const name = (value.endsWith('.') ? value.slice(0, -1) : value).toLowerCase();
    return isDnsName(name) ? { kind, name } : null;
  }
  const at = value.lastIndexOf('@');
  const host = value.slice(at + 1).toLowerCase();
  return at > 0 && isDnsName(host) ? { kind, local: value.slice(0, at), host } : null;
}

function matches(presented: GeneralName, reference: Reference, guardTopLevel: boolean): boolean {
  if (presented.kind === 'ip') return reference.kind === 'ip' && equalBytes(presented.value, reference.address);
  if (presented.kind === 'dns') {
    if (reference.kind !== 'dns' || !matchesDnsName(presented.value, reference.name)) return false;
    return !(guardTopLevel && presented.value.startsWith('*.') && !presented.value.slice(2).includes('.'));
  }
  if (presented.kind !== 'email' || reference.kind !== 'email') return false;
  const at = presented.value.lastIndexOf('@');
  // RFC 5280 §7.5: the local part exactly, the host without case.
  return (
    presented.value.slice(0, at) === reference.local && presented.value.slice(at + 1).toLowerCase() === reference.host
  );
}
