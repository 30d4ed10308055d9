/**
 * Name constraints (RFC 5280 §4.2.1.10, §6.1.3 (b), (c), §6.1.4 (g)): every name of every certificate but a self-issued intermediate stands under every
 * list above it, the anchor's included (RFC 5937). Each list is asked by itself, which is the intersection and the union the RFC speaks of.
 */
import type { Certificate } from '../certificate.ts';
import { extensionTypes } from '../extensions/extension.ts';
import type { NameConstraints } from '../extensions/name-constraints.ts';
import { constrainedNames } from '../name/constrained-names.ts';
import type { ConstrainedName } from '../name/constrained-names.ts';
import { showGeneralName } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';
import { constraintFault, isExcluded, isPermitted, nameFault } from '../name/subtree.ts';
import { anchorNameConstraints } from '../trust-anchor.ts';
import { showSubject } from './path-rule.ts';
import type { Findings, PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';
import type { WorkBudget } from './work-budget.ts';

export const nameConstraints: PathRule = {
  code: 'X509_NAME_CONSTRAINTS',
  section: 'RFC 5280 §4.2.1.10',
  passed: 'Every name of the path is one that the authorities above may certify.',
  check(path, findings) {
    for (const [index, certificate] of judgedCertificates(path).entries())
      checkExtension(certificate, index, path.policy.rules.criticalNameConstraints, findings);
    const fromAnchor = path.anchor === null ? null : anchorNameConstraints(path.anchor);
    const lists: NameConstraints[] = [];
    if (fromAnchor !== null) addList(fromAnchor, path.certificates.length, lists, findings);
    for (let index = path.certificates.length - 1; index >= 0; index--) {
      const certificate = path.certificates[index];
      if (certificate === undefined) continue;
      // §6.1.3 (b): not for self-issued certificates, unless it is the last one.
      if (lists.length > 0 && (index === 0 || !certificate.selfIssued))
        checkNames(certificate, index, lists, path.budget, findings);
      const own = index > 0 ? certificate.extensions.nameConstraints : null;
      if (own !== null) addList(own, index, lists, findings);
    }
  },
};

function checkExtension(certificate: Certificate, index: number, criticalAsked: boolean, findings: Findings): void {
  const extension = certificate.extensions.find(extensionTypes.nameConstraints);
  if (extension === null) return;
  if (certificate.extensions.basicConstraints?.ca !== true)
    findings.fail(
      'X509_NAME_CONSTRAINTS_IN_END_ENTITY',
      index,
      `${showSubject(certificate)} constrains names, but is no certificate authority.`,
    );
  if (criticalAsked && !extension.critical)
    findings.fail(
      'X509_NAME_CONSTRAINTS_NOT_CRITICAL',
      index,
      `${showSubject(certificate)} does not mark its name constraints as critical.`,
    );
}

/** A subtree whose base is malformed refuses the path: nobody knows what its author meant to keep out. */
function addList(list: NameConstraints, index: number, lists: NameConstraints[], findings: Findings): void {
  for (const base of [...(list.permitted ?? []), ...(list.excluded ?? [])]) {
    const fault = constraintFault(base);
    if (fault !== null)
      findings.fail('X509_NAME_CONSTRAINTS_MALFORMED', index, `A name constraint is malformed: ${fault}.`, {
        constraint: show(base),
      });
  }
  lists.push(list);
}

function checkNames(
  certificate: Certificate,
  index: number,
  lists: readonly NameConstraints[],
  budget: WorkBudget,
  findings: Findings,
): void {
  const names = constrainedNames(certificate);
  for (const list of lists) {
    const subtrees = groupByKind(list);
    for (const name of names) {
      const group = subtrees.get(name.kind);
      if (group === undefined) continue;
      budget.spendComparisons(group.permitted.length + group.excluded.length);
      const fault = judgeName(name, group);
      if (fault === null) continue;
      findings.fail(fault.code, index, `${fault.sentence}: ${show(name.name)} in ${showSubject(certificate)}.`, {
        name: show(name.name),
      });
      // One name is enough to refuse; ten thousand of them would only fill the report.
      return;
    }
  }
}

interface SubtreeGroup {
  readonly permitted: GeneralName[];
  readonly excluded: GeneralName[];
}

function groupByKind(list: NameConstraints): ReadonlyMap<string, SubtreeGroup> {
  const groups = new Map<string, SubtreeGroup>();
  const groupOf = (base: GeneralName): SubtreeGroup => {
    let group = groups.get(base.kind);
    if (group === undefined) {
      group = { permitted: [], excluded: [] };
      groups.set(base.kind, group);
    }
    return group;
  };
  for (const base of list.permitted ?? []) groupOf(base).permitted.push(base);
  for (const base of list.excluded ?? []) groupOf(base).excluded.push(base);
  return groups;
}

function judgeName(name: ConstrainedName, group: SubtreeGroup): { code: string; sentence: string } | null {
  const malformed = nameFault(name);
  if (malformed === 'unsupported')
    // §4.2.1.10: a form that cannot be judged, with a name of that form below: refused.
    return {
      code: 'X509_NAME_CONSTRAINTS_UNSUPPORTED',
      sentence: 'A name is of a form whose constraints cannot be judged',
    };
  if (malformed !== null)
    return { code: 'X509_NAME_CONSTRAINTS_NAME_MALFORMED', sentence: 'A name that is constrained is malformed' };
  if (group.excluded.some((base) => isExcluded(name, base)))
    return { code: 'X509_NAME_CONSTRAINTS_EXCLUDED', sentence: 'An authority above must not certify this name' };
  if (group.permitted.length > 0 && !group.permitted.some((base) => isPermitted(name, base)))
    return { code: 'X509_NAME_CONSTRAINTS_NOT_PERMITTED', sentence: 'An authority above may not certify this name' };
  return null;
}

function show(name: GeneralName): string {
  return showGeneralName(name).slice(0, 300);
}
