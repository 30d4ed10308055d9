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
      'revocation/crl-scope': [
        ['{ if (!(error instanceof X509Error)) throw error; }', '{}'],
        ['!(error instanceof X509Error)', 'false'],
      ],
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
  {
    reason:
      'another guess of how many entries there will be, or of when to put them into the table: costs time, nothing else',
    mutants: {
      'revocation/crl-list': [
        [
          '{ const length = list.bytes[list.position + 1] ?? 0; return Math.ceil((list.end - list.position) / (length < 0x80 ? Math.max(length + 2, 20) : 64)); }',
          '{}',
        ],
        ['length < 0x80', 'true', 'Math.ceil'],
        ['length < 0x80', 'false', 'Math.ceil'],
        ['length < 0x80', 'length <= 0x80', 'Math.ceil'],
        ['length < 0x80', 'length >= 0x80', 'Math.ceil'],
      ],
      'revocation/crl-index': [
        ['size * 0.6 < expected', 'false'],
        ['size * 0.6', 'size / 0.6', 'while (size * 0.6 < expected)'],
        // A place that is empty is put into one that is empty.
        ['offset === 0', 'false', 'if (offset === 0) continue;'],
        ['this.waiting === batch', 'true'],
        ['this.waiting === batch', 'this.waiting !== batch'],
        // What is read ahead is not looked at.
        ['index < waiting', 'index <= waiting', 'fetched |='],
        ['index < waiting', 'false', 'fetched |='],
        [
          'fetched |= slots[(waitingHashes[index] ?? 0) & mask] ?? 0',
          'fetched &= slots[(waitingHashes[index] ?? 0) & mask] ?? 0',
        ],
        ['slots[(waitingHashes[index] ?? 0) & mask] ?? 0', 'slots[(waitingHashes[index] ?? 0) & mask] && 0'],
        ['waitingHashes[index] ?? 0', 'waitingHashes[index] && 0', 'fetched |='],
      ],
    },
  },
  {
    reason: 'the numbers that would tell the two apart do not occur',
    mutants: {
      'revocation/crl-list': [
        // Whether these years are leap years is the same: 1950 and 2050, 1848 and 1952, 1960 and 2040 and so on.
        ['yearPart >= 50', 'false'],
        ['yearPart >= 50', 'yearPart > 50'],
        ['1900 + yearPart', '1900 - yearPart'],
        ['2000 + yearPart', '2000 - yearPart'],
        // A first digit below 0 makes a number below 0, which no part of a date may be.
        ['tens < 0', 'false'],
        // A length of 0x80 was refused by the reader.
        ['(bytes[entry.offset + 1] ?? 0) < 0x80', '(bytes[entry.offset + 1] ?? 0) <= 0x80'],
      ],
      'revocation/crl-index': [
        // Six tenths of a power of two are no whole number.
        ['size * 0.6 < expected', 'size * 0.6 <= expected'],
        // There is nothing before the first one: 0 as well.
        ['low === 0', 'false'],
        // A length of 0x80 was refused when the entry was indexed.
        ['length < 0x80', 'length <= 0x80'],
        // The bound is a round number, not one probe more or less.
        [
          'this.probes > freeProbes + probesPerEntry * this.count',
          'this.probes >= freeProbes + probesPerEntry * this.count',
        ],
      ],
      // A text among the pairs has no key that could be asked for.
      'path/signature-links': [['[]', '["Stryker was here"]']],
      'revocation/crl-scope': [
        // A length of 0x80 was refused when the name was read.
        ['(issuer.der[1] ?? 0) < 0x80', '(issuer.der[1] ?? 0) <= 0x80'],
        // A text among the names is of no kind, and so none of them.
        ['[]', '["Stryker was here"]'],
        // As a number, a refusal adds no reason.
        ["typeof scope === 'number'", 'true'],
      ],
    },
  },
  {
    reason: 'a date that was not seen before is read, with the same answer',
    mutants: {
      'revocation/crl-list': [['view.getUint32(date) === goodHead && view.getUint32(date + 4) === goodDay', 'false']],
    },
  },
];
