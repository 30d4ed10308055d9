/** See `equivalent-mutants.ts`. */
import type { EquivalentMutants } from './equivalent-mutants.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [
  {
    reason: 'only an X509Error can come there: what else is thrown is a defect, and is handed on',
    mutants: {
      'path/build-path': [
        ['error instanceof X509Error', 'true'],
        ['{ if (error instanceof X509Error) return false; throw error; }', '{}'],
      ],
      'path/end-entity-name': [['!(error instanceof X509Error)', 'false']],
      'revocation/judge-crls': [['!(error instanceof X509Error)', 'false']],
      'revocation/judge-ocsp': [['error instanceof X509Error', 'true']],
      'revocation/judge-revocation': [
        ['error instanceof X509Error', 'true'],
        ['{ if (error instanceof X509Error) return false; throw error; }', '{}'],
      ],
    },
  },
  {
    reason: 'cannot happen: asked for by the type checker, or twice because everything hangs on it',
    mutants: {
      'path/certificate-policies': [
        ['endEntity?.extensions', 'endEntity.extensions'],
        ['anchor.certificate?.extensions', 'anchor.certificate.extensions'],
      ],
      'path/build-path': [
        ['issuer === null', 'false'],
        ['key === null', 'false'],
      ],
      'path/path-judge': [
        ["judged.failures === 0 && path.anchor !== null && path.links.every((link) => link === 'valid')", 'true'],
        [
          "judged.failures === 0 && path.anchor !== null && path.links.every((link) => link === 'valid')",
          "judged.failures === 0 && path.anchor !== null || path.links.every(link => link === 'valid')",
        ],
        ['judged.failures === 0 && path.anchor !== null', 'true'],
        ['judged.failures === 0 && path.anchor !== null', 'judged.failures === 0 || path.anchor !== null'],
        ['judged.failures === 0', 'true'],
        ['path.anchor !== null', 'true'],
        ["path.links.every((link) => link === 'valid')", "path.links.some(link => link === 'valid')"],
        ["link === 'valid'", 'true'],
        ['passed', 'true'],
      ],
      'path/prospective-path': [
        ['anchor?.certificate?.der', 'anchor?.certificate.der'],
        ['endEntity !== undefined', 'true'],
        ['anchorDer !== undefined', 'true'],
        ['certificates.length === 1 && endEntity !== undefined && anchorDer !== undefined', 'true'],
        ['certificates.length === 1 && endEntity !== undefined', 'true'],
      ],
      'path/end-entity-name': [
        // Names of another kind were left out before.
        ["reference.kind === 'ip'", 'true'],
        ["reference.kind !== 'dns'", 'false'],
        ["presented.kind !== 'email' || reference.kind !== 'email'", 'false'],
        [
          "presented.kind !== 'email' || reference.kind !== 'email'",
          "presented.kind !== 'email' && reference.kind !== 'email'",
        ],
        ["presented.kind !== 'email'", 'false'],
        ["reference.kind !== 'email'", 'false'],
        ['false', 'true'],
        ["asked.kind === 'email'", 'false'],
        ["'email'", '""'],
      ],
      'path/policy-graph': [
        ['[]', '["Stryker was here"]'],
        ['last === undefined', 'false'],
        ['last !== undefined', 'true'],
        ['this.levels[index]?.nodes', 'this.levels[index].nodes'],
      ],
      'path/public-keys': [
        ['key.modulus?.[key.modulus.length - 1]', 'key.modulus[key.modulus.length - 1]'],
        ['exponent === null || exponent.length === 0', 'false'],
        ['exponent === null || exponent.length === 0', 'exponent === null && exponent.length === 0'],
        ['exponent === null', 'false'],
        ['exponent.length === 0', 'false'],
      ],
      'revocation/crl-signer': [
        ['certificate === null', 'false'],
        ['judged === undefined', 'false'],
        ["throw new TypeError('no certificate at this place of the path');", ';'],
        ['at > 0', 'true'],
        ['at > 0', 'at >= 0'],
      ],
      'revocation/delta-crls': [
        ['delta.baseNumber === null', 'false'],
        [
          'delta.extensions.find(extensionTypes.deltaCrlIndicator)?.critical',
          'delta.extensions.find(extensionTypes.deltaCrlIndicator).critical',
        ],
      ],
      'revocation/judge-crls': [['newest !== null', 'true']],
      'revocation/judge-ocsp': [
        ["typeof algorithm === 'string'", 'false'],
        ["'string'", '""'],
        ['publicKeyRefusal(publicKey, policy) !== null', 'false'],
      ],
      'revocation/judge-revocation': [
        ['certificate === undefined', 'false'],
        ["throw new TypeError('no certificate at this place of the path');", ';'],
      ],
    },
  },
  {
    reason: 'a short cut: the longer way leads to the same answer',
    mutants: {
      'path/certificate-policies': [
        [
          'path.certificates.every( ({ extensions }) => extensions.find(extensionTypes.certificatePolicies) !== null, )',
          'path.certificates.some(({ extensions }) => extensions.find(extensionTypes.certificatePolicies) !== null)',
        ],
        ['extensions.find(extensionTypes.certificatePolicies) !== null', 'true'],
        ['path.certificates.length - 1', 'path.certificates.length + 1'],
      ],
      'path/build-path': [
        ['issuers.length < 2', 'false'],
        // Beyond these bounds the budget of steps ends the search.
        ['certificates.length > 2 * limit + 2', 'false'],
        ['certificates.length > 2 * limit + 2', 'certificates.length >= 2 * limit + 2'],
        ['2 * limit + 2', '2 * limit - 2'],
      ],
      'path/policy-graph': [
        // What is empty has no policy that is valid.
        [
          '{ const last = this.levels[this.levels.length - 1]; return last !== undefined && !last.any && last.nodes.size === 0; }',
          '{}',
        ],
        ['this.levels.length - 1', 'this.levels.length + 1'],
        ['last !== undefined && !last.any && last.nodes.size === 0', 'false'],
        ['last !== undefined', 'last === undefined'],
        ['level.nodes.has(issuerDomain)', 'true'],
        // Under anyPolicy it would go on under its own name all the same.
        ['true', 'false'],
      ],
      'path/public-keys': [
        // The import of the key refuses a point off the curve, too.
        ["depth === 'size'", 'false'],
        ["'size'", '""'],
        ["'point'", '""'],
      ],
      'revocation/crl-scope': [
        // Values of the same kind are both text or both bytes, and texts compared as bytes are equal where they are the same.
        ["typeof left.value === 'string' || typeof right.value === 'string'", 'false'],
        [
          "typeof left.value === 'string' || typeof right.value === 'string'",
          "typeof left.value === 'string' && typeof right.value === 'string'",
        ],
        ["typeof left.value === 'string'", 'false'],
        ["typeof right.value === 'string'", 'false'],
        ["'string'", '""'],
      ],
      'revocation/crl-signer': [
        ['others.length > 1', 'true'],
        ['others.length > 1', 'others.length >= 1'],
        ["typeof algorithm !== 'string'", 'true'],
        ["'string'", '""'],
        // A signer in the path would be found among the others and judged once more.
        ['true', 'false'],
      ],
      'revocation/delta-crls': [['index < left.length', 'index <= left.length']],
      'revocation/judge-crls': [['nearest === null', 'false']],
      'revocation/judge-ocsp': [['basic.certificates.length === 0', 'false']],
    },
  },
  {
    reason: 'a counter below zero means what zero means',
    mutants: {
      'path/certificate-policies': [
        ['counters.policyMapping > 0', 'true'],
        ['counters.policyMapping > 0', 'counters.policyMapping >= 0'],
        ['counters.inhibitAnyPolicy > 0', 'true'],
        ['counters.inhibitAnyPolicy > 0', 'counters.inhibitAnyPolicy >= 0'],
      ],
    },
  },
  {
    reason: 'of what is shown only, one is as good as the other',
    mutants: {
      'revocation/judge-crls': [['crl.thisUpdate > newest.thisUpdate', 'crl.thisUpdate >= newest.thisUpdate']],
      'revocation/judge-ocsp': [
        ['single.revocationDate === null', 'true'],
        ['single.revocationDate === null', 'false'],
        ['single.revocationDate === null', 'single.revocationDate !== null'],
      ],
    },
  },
];
