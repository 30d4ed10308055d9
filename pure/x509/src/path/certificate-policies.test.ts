import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../../vectors/certificate-author.ts';
import { reportOn, writeChain } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';
import { PolicyGraph } from './policy-graph.ts';

const one = '1.3.6.1.4.1.99999.1';
const two = '1.3.6.1.4.1.99999.2';
const any = '2.5.29.32.0';
const required = { policy: { initialExplicitPolicy: true } };
const none = ['X509_POLICY_NONE_VALID'];
const has = (...policies: readonly string[]) => ({ set: [certificatePolicies(...policies)] });

describeRule('certificate policies (RFC 5280 §6.1)', [
  { sentence: 'asks for none by default', codes: [] },
  { sentence: 'refuses a path without policies where one is required', ...required, codes: none },
  {
    sentence: 'accepts the same policy along the path',
    intermediate: has(one),
    endEntity: has(one),
    ...required,
    codes: [],
  },
  { sentence: 'refuses different policies', intermediate: has(one), endEntity: has(two), ...required, codes: none },
  {
    sentence: 'takes anyPolicy of an intermediate for every policy',
    intermediate: has(any),
    endEntity: has(two),
    ...required,
    codes: [],
  },
  {
    sentence: 'refuses a policy that was not wanted',
    intermediate: has(one),
    endEntity: has(one),
    policy: { initialExplicitPolicy: true, initialPolicySet: [two] },
    codes: none,
  },
  {
    sentence: 'does not take anyPolicy where it is inhibited',
    intermediate: has(any),
    endEntity: has(one),
    policy: { initialExplicitPolicy: true, initialAnyPolicyInhibit: true },
    codes: none,
  },
  {
    sentence: 'requires a policy from an intermediate that says so',
    intermediate: { set: [policyConstraints(0)] },
    codes: none,
  },
  {
    sentence: 'requires none where the intermediate allows one certificate more',
    intermediate: { set: [policyConstraints(2)] },
    codes: [],
  },
  {
    sentence: 'requires a policy from an end entity that says so',
    endEntity: { set: [policyConstraints(0)] },
    codes: none,
  },
  {
    sentence: 'inhibits anyPolicy of the end entity',
    intermediate: { set: [certificatePolicies(one), policyConstraints(0), inhibitAnyPolicy(0)] },
    endEntity: has(any),
    codes: none,
  },
  {
    sentence: 'follows a mapping',
    intermediate: { set: [certificatePolicies(one), policyMappings([one, two])] },
    endEntity: has(two),
    ...required,
    codes: [],
  },
  {
    sentence: 'does not go on under the name that was mapped',
    intermediate: { set: [certificatePolicies(one), policyMappings([one, two])] },
    endEntity: has(one),
    ...required,
    codes: none,
  },
  {
    sentence: 'does not follow a mapping where mapping is inhibited',
    intermediate: { set: [certificatePolicies(one), policyMappings([one, two])] },
    endEntity: has(two),
    policy: { initialExplicitPolicy: true, initialPolicyMappingInhibit: true },
    codes: none,
  },
  {
    sentence: 'refuses a mapping of anyPolicy',
    intermediate: { set: [certificatePolicies(one), policyMappings([any, two])] },
    codes: ['X509_POLICY_MAPPING_ANY'],
  },
  {
    sentence: 'refuses a mapping to anyPolicy',
    intermediate: { set: [certificatePolicies(one), policyMappings([one, any])] },
    codes: ['X509_POLICY_MAPPING_ANY'],
  },
  {
    sentence: 'refuses constraints that are not critical',
    intermediate: { set: [policyConstraints(2, null, false)] },
    codes: ['X509_POLICY_NOT_CRITICAL'],
  },
  {
    sentence: 'lets them pass where the rule is off',
    intermediate: { set: [policyConstraints(2, null, false), inhibitAnyPolicy(0, false)] },
    policy: { rules: { criticalPolicyConstraints: false } },
    codes: [],
  },
  {
    sentence: 'requires a policy where the anchor says so (RFC 5937)',
    root: { set: [policyConstraints(0)] },
    codes: none,
  },
  {
    sentence: 'takes only the policies of the anchor (RFC 5937)',
    root: { set: [certificatePolicies(two)] },
    intermediate: has(one),
    endEntity: has(one),
    ...required,
    codes: none,
  },
  { sentence: 'refuses a policy that stands twice', endEntity: has(one, one), codes: ['X509_EXTENSION_MALFORMED'] },
  {
    sentence: 'refuses constraints that constrain nothing',
    intermediate: { set: [policyConstraints(null)] },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
]);

describe('policies of an accepted path', () => {
  it('are named in the domain of the anchor', () => {
    const chain = writeChain({
      intermediate: { set: [certificatePolicies(one), policyMappings([one, two])] },
      endEntity: has(two),
    });
    assert.deepEqual(reportOn(chain).policies, [one]);
  });
  it('are any where nothing narrows them', () => {
    assert.deepEqual(reportOn(writeChain({ intermediate: has(any), endEntity: has(any) })).policies, [any]);
  });
});

describe('policy graph (RFC 9618)', () => {
  it('passes a policy that was mapped under anyPolicy on under the other name only', () => {
    const three = '1.3.6.1.4.1.99999.3';
    const graph = new PolicyGraph();
    graph.addCertificate([any], true);
    graph.applyMappings([{ issuerDomain: one, subjectDomain: two }], true);
    graph.addCertificate([any], true);
    graph.applyMappings([{ issuerDomain: two, subjectDomain: three }], false);
    graph.addCertificate([any], true);
    assert.deepEqual(graph.validPolicies([any]), [any]);
  });
  it('stays small where the tree of RFC 5280 would grow exponentially', () => {
    const policies = Array.from({ length: 30 }, (_, index) => `1.2.${index}`);
    const mappings = policies.flatMap((from) => policies.map((to) => ({ issuerDomain: from, subjectDomain: to })));
    const graph = new PolicyGraph();
    for (let depth = 0; depth < 30; depth++) {
      graph.addCertificate(policies, true);
      graph.applyMappings(mappings, true);
    }
    graph.addCertificate(policies, true);
    assert.equal(graph.validPolicies([any]).length, 30);
  });
});
