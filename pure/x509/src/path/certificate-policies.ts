/** Certificate policies (RFC 5280 §6.1.3 (d) to (f), §6.1.4 (a), (b), (h) to (j), §6.1.5 (a), (b), (g)), by the graph of RFC 9618. */
import type { Certificate } from '../certificate.ts';
import { anyPolicy } from '../extensions/certificate-policies.ts';
import { extensionTypes } from '../extensions/extension.ts';
import type { TrustAnchor } from '../trust-anchor.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import { showSubject } from './path-rule.ts';
import type { Findings, PathRule } from './path-rule.ts';
import { PolicyGraph } from './policy-graph.ts';
import { judgedCertificates } from './prospective-path.ts';

export const certificatePolicies: PathRule = {
  code: 'X509_POLICIES',
  section: 'RFC 5280 §6.1, RFC 9618',
  passed: 'The certificate policies of the path fit.',
  check(path, findings) {
    if (path.policy.rules.criticalPolicyConstraints)
      for (const [index, certificate] of judgedCertificates(path).entries())
        checkCriticality(certificate, index, findings);
    const { counters, wanted } = initialState(path.policy, path.anchor, path.certificates.length);
    // One certificate without policies empties the graph for good (§6.1.3 (e)), so that it need not be drawn.
    const drawn = path.certificates.every(
      ({ extensions }) => extensions.find(extensionTypes.certificatePolicies) !== null,
    );
    const graph = drawn ? new PolicyGraph() : null;
    for (let index = path.certificates.length - 1; index >= 0; index--) {
      const certificate = path.certificates[index];
      if (certificate === undefined) continue;
      const isLast = index === 0;
      const anyAllowed = counters.inhibitAnyPolicy > 0 || (!isLast && certificate.selfIssued);
      graph?.addCertificate(certificate.extensions.certificatePolicies, anyAllowed);
      if (!isLast) prepareNext(certificate, index, graph, counters, findings);
    }
    const endEntity = path.certificates[0];
    // §6.1.5 (a), (b): the end entity's own constraint counts where it is 0, self-issued or not.
    if (counters.explicitPolicy > 0) counters.explicitPolicy--;
    if (endEntity?.extensions.policyConstraints?.requireExplicitPolicy === 0) counters.explicitPolicy = 0;
    const valid = graph === null || graph.isEmpty ? [] : graph.validPolicies(wanted);
    findings.policies = valid;
    if (counters.explicitPolicy === 0 && valid.length === 0)
      findings.fail(
        'X509_POLICY_NONE_VALID',
        null,
        'A certificate policy is required, and none holds for the whole path.',
        {
          required: wanted.slice(0, 10).join(', '),
        },
      );
  },
};

interface Counters {
  explicitPolicy: number;
  policyMapping: number;
  inhibitAnyPolicy: number;
}

/** §6.1.2 (d) to (f), with what the anchor's certificate adds (RFC 5937 §3.2). */
function initialState(
  policy: ValidationPolicy,
  anchor: TrustAnchor | null,
  length: number,
): { counters: Counters; wanted: readonly string[] } {
  const extensions = anchor?.applyConstraints === true ? (anchor.certificate?.extensions ?? null) : null;
  const constraints = extensions?.policyConstraints ?? null;
  const after = (initial: boolean, skip: number | null | undefined): number =>
    initial ? 0 : Math.min(length + 1, skip ?? length + 1);
  return {
    counters: {
      explicitPolicy: after(policy.initialExplicitPolicy, constraints?.requireExplicitPolicy),
      policyMapping: after(policy.initialPolicyMappingInhibit, constraints?.inhibitPolicyMapping),
      inhibitAnyPolicy: after(policy.initialAnyPolicyInhibit, extensions?.inhibitAnyPolicy),
    },
    wanted: intersection(policy.initialPolicySet, extensions?.certificatePolicies ?? null),
  };
}

function intersection(wanted: readonly string[], ofAnchor: readonly string[] | null): readonly string[] {
  if (ofAnchor === null || ofAnchor.includes(anyPolicy)) return wanted;
  return wanted.includes(anyPolicy) ? ofAnchor : wanted.filter((policy) => ofAnchor.includes(policy));
}

/** §6.1.4 (a), (b), (h) to (j). */
function prepareNext(
  certificate: Certificate,
  index: number,
  graph: PolicyGraph | null,
  counters: Counters,
  findings: Findings,
): void {
  const { extensions } = certificate;
  const mappings = extensions.policyMappings;
  if (mappings !== null) {
    if (mappings.some(({ issuerDomain, subjectDomain }) => issuerDomain === anyPolicy || subjectDomain === anyPolicy))
      findings.fail('X509_POLICY_MAPPING_ANY', index, `${showSubject(certificate)} maps to or from anyPolicy.`);
    graph?.applyMappings(mappings, counters.policyMapping > 0);
  }
  if (!certificate.selfIssued) {
    if (counters.explicitPolicy > 0) counters.explicitPolicy--;
    if (counters.policyMapping > 0) counters.policyMapping--;
    if (counters.inhibitAnyPolicy > 0) counters.inhibitAnyPolicy--;
  }
  const constraints = extensions.policyConstraints;
  counters.explicitPolicy = Math.min(
    counters.explicitPolicy,
    constraints?.requireExplicitPolicy ?? counters.explicitPolicy,
  );
  counters.policyMapping = Math.min(
    counters.policyMapping,
    constraints?.inhibitPolicyMapping ?? counters.policyMapping,
  );
  counters.inhibitAnyPolicy = Math.min(
    counters.inhibitAnyPolicy,
    extensions.inhibitAnyPolicy ?? counters.inhibitAnyPolicy,
  );
}

/** §4.2.1.11, §4.2.1.14: an authority marks both as critical. */
function checkCriticality(certificate: Certificate, index: number, findings: Findings): void {
  for (const type of [extensionTypes.policyConstraints, extensionTypes.inhibitAnyPolicy]) {
    if (certificate.extensions.find(type)?.critical === false)
      findings.fail(
        'X509_POLICY_NOT_CRITICAL',
        index,
        `${showSubject(certificate)} does not mark a constraint on policies as critical.`,
        { extension: type },
      );
  }
}
