/** How far constraints on policies reach: counted down by every certificate that is not self-issued (RFC 5280 §6.1.4 (h) to (j), §6.1.5 (a), (b)). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  certificatePolicies,
  commonName,
  basicConstraints,
  inhibitAnyPolicy,
  keyNamed,
  policyConstraints,
  policyMappings,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { ExtensionSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec, failingCodes, intermediateSpec, reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { PolicyOverrides } from '../validation-policy.ts';

const one = '1.3.6.1.4.1.99999.1';
const two = '1.3.6.1.4.1.99999.2';
const three = '1.3.6.1.4.1.99999.3';
const any = '2.5.29.32.0';
const chain = writeChain();
const none = ['X509_POLICY_NONE_VALID'];

/** A certificate of a path: extensions, and whether it bears the name of the one above. */
interface Link {
  readonly extensions: readonly ExtensionSpec[];
  readonly selfIssued?: boolean;
}

/** The answer to a path of these certificates below the root, from the top down; the last one is the end entity. */
function answer(
  links: readonly Link[],
  policy: PolicyOverrides = {},
): { codes: readonly string[]; policies: readonly string[] } {
  let issuer = 'Root';
  let signer = keyNamed('root');
  const written = links.map(({ extensions, selfIssued = false }, place) => {
    const last = place === links.length - 1;
    const key = keyNamed(`policy ${place}`);
    const subject = selfIssued ? issuer : `Level ${place}`;
    const common = { issuer: commonName(issuer), signer };
    const der = last
      ? writeCertificate(
          endEntitySpec({ ...common, set: extensions, ...(selfIssued ? { subject: commonName(subject) } : {}) }),
        )
      : writeCertificate(
          intermediateSpec({
            ...common,
            key,
            subject: commonName(subject),
            set: [basicConstraints(true), ...extensions],
          }),
        );
    issuer = subject;
    signer = key;
    return der;
  });
  const endEntity = written.at(-1);
  assert.ok(endEntity);
  const report = reportOn(
    { ...chain, endEntity },
    { profile: 'rfc5280', policy, input: { others: written.slice(0, -1) } },
  );
  return { codes: failingCodes(report), policies: report.policies };
}
const link = (...extensions: readonly ExtensionSpec[]): Link => ({ extensions });
const selfIssued = (...extensions: readonly ExtensionSpec[]): Link => ({ extensions, selfIssued: true });
const has = certificatePolicies;
const required = { initialExplicitPolicy: true };

describe('requireExplicitPolicy', () => {
  it('holds from the certificate that comes so many places below', () => {
    for (const [skip, codes] of [
      [0, none],
      [2, none],
      [3, []],
    ] as const)
      assert.deepEqual(answer([link(policyConstraints(skip)), link(), link()]).codes, codes, String(skip));
  });
  it('does not count a self-issued intermediate', () => {
    assert.deepEqual(answer([link(policyConstraints(2)), selfIssued(), link()]).codes, []);
    assert.deepEqual(answer([link(policyConstraints(1)), selfIssued(), link()]).codes, none);
  });
  it('is not loosened further down', () => {
    assert.deepEqual(answer([link(policyConstraints(0)), link(policyConstraints(9)), link()]).codes, none);
  });
  it('of the end entity itself counts where it is zero', () => {
    assert.deepEqual(answer([link(), link(policyConstraints(0))]).codes, none);
    assert.deepEqual(answer([link(), link(policyConstraints(1))]).codes, []);
  });
});

describe('inhibitPolicyMapping', () => {
  const maps = [has(one), policyMappings([one, two])] as const;
  const path = (mapping: number, middle: Link): readonly Link[] => [
    link(has(one), policyConstraints(null, mapping)),
    middle,
    link(...maps),
    link(has(two)),
  ];
  it('holds from the certificate that comes so many places below', () => {
    assert.deepEqual(answer(path(0, link(has(one))), required).codes, none);
    assert.deepEqual(answer(path(1, link(has(one))), required).codes, none);
    assert.deepEqual(answer(path(2, link(has(one))), required), { codes: [], policies: [one] });
  });
  it('does not count a self-issued intermediate', () => {
    assert.deepEqual(answer(path(1, selfIssued(has(one))), required).codes, []);
    assert.deepEqual(answer(path(0, selfIssued(has(one))), required).codes, none);
  });
  it('takes away the policy that would have been mapped', () => {
    const under = [link(has(one, three), policyMappings([one, two])), link(has(one, three))];
    const inhibited = { ...required, initialPolicyMappingInhibit: true };
    assert.deepEqual(answer(under, { ...inhibited, initialPolicySet: [one] }).codes, none);
    assert.deepEqual(answer(under, inhibited).policies, [three]);
  });
});

describe('inhibitAnyPolicy', () => {
  const path = (skip: number, middle: Link, last: Link): readonly Link[] => [
    link(has(any), inhibitAnyPolicy(skip)),
    middle,
    last,
    link(has(one)),
  ];
  it('holds from the certificate that comes so many places below', () => {
    for (const [skip, codes] of [
      [0, none],
      [1, none],
      [2, []],
    ] as const)
      assert.deepEqual(answer(path(skip, link(has(any)), link(has(any))), required).codes, codes, String(skip));
  });
  it('does not count a self-issued intermediate, and does not hold for it', () => {
    assert.deepEqual(answer(path(1, selfIssued(has(any)), link(has(any))), required).codes, []);
    assert.deepEqual(answer(path(1, link(has(any)), selfIssued(has(any))), required).codes, []);
    assert.deepEqual(answer(path(0, selfIssued(has(any)), link(has(any))), required).codes, none);
  });
  it('holds for a self-issued end entity', () => {
    const last = [link(has(any), inhibitAnyPolicy(0)), selfIssued(has(any))];
    assert.deepEqual(answer(last, required).codes.includes('X509_POLICY_NONE_VALID'), true);
  });
});

describe('policy mappings', () => {
  it('are all looked at for anyPolicy', () => {
    for (const pairs of [
      [
        [one, two],
        [any, two],
      ],
      [
        [one, two],
        [one, any],
      ],
    ] as const)
      assert.deepEqual(answer([link(has(one), policyMappings(...pairs)), link(has(two))]).codes, [
        'X509_POLICY_MAPPING_ANY',
      ]);
  });
  it('map what stands under anyPolicy', () => {
    const under = [link(has(any), policyMappings([one, two])), link(has(two))];
    assert.deepEqual(answer(under, { ...required, initialPolicySet: [one] }), { codes: [], policies: [one] });
    assert.deepEqual(answer(under, { ...required, initialPolicySet: [two] }).codes, none);
  });
  it('of a policy that does not hold give nothing', () => {
    const under = [link(has(one), policyMappings([three, two])), link(has(two))];
    assert.deepEqual(answer(under, required).codes, none);
    assert.deepEqual(answer(under, { ...required, initialPolicySet: [three] }).codes, none);
  });
  it('may lead from several policies to one, and on', () => {
    const under = [
      link(has(one, three), policyMappings([one, two], [three, two])),
      link(has(two), policyMappings([two, three])),
      link(has(three)),
    ];
    assert.deepEqual(answer(under, required).policies.toSorted(), [one, three]);
    assert.deepEqual(answer(under, { ...required, initialPolicySet: [three] }).policies, [three]);
  });
});

describe('policies of the anchor', () => {
  const anchored = (policies: readonly string[], initialPolicySet: readonly string[], leaf: string) => {
    const root = writeChain({ root: { set: [has(...policies)] } });
    const written = writeChain({ intermediate: { set: [has(leaf)] }, endEntity: { set: [has(leaf)] } });
    const report = reportOn({ ...written, root: root.root }, { policy: { ...required, initialPolicySet } });
    return report.accepted ? report.policies : failingCodes(report);
  };
  it('narrow those that are wanted', () => {
    assert.deepEqual(anchored([two, three], [one, two], two), [two]);
    assert.deepEqual(anchored([two, three], [one, two], one), none);
    assert.deepEqual(anchored([two, three], [one, two], three), none);
    assert.deepEqual(anchored([two], [any], two), [two]);
    assert.deepEqual(anchored([two], [any], one), none);
    assert.deepEqual(anchored([any], [one], one), [one]);
  });
});

describe('the policies of an accepted path', () => {
  it('are those wanted that hold, or anyPolicy', () => {
    assert.deepEqual(answer([link(has(one, two)), link(has(two, three))]).policies, [two]);
    assert.deepEqual(answer([link(has(any)), link(has(any))]).policies, [any]);
    assert.deepEqual(answer([link(has(any)), link(has(any))], { initialPolicySet: [one, two] }).policies, [one, two]);
    assert.deepEqual(answer([link(has(one)), link()]).policies, []);
  });
});
