/**
 * Decisions of path and revocation that bear no code of their own: what each says when it is replaced by the answer that lets everything through
 * (or, of a search, by the one that finds nothing). Together with the rules' table and the refusals they are all that is decided there.
 */

export interface Decision {
  readonly file: string;
  /** Function or method. */
  readonly name: string;
  /** Statement that takes the place of its body. */
  readonly instead: string;
}

export const decisions: readonly Decision[] = [
  { file: 'src/path/signature-links.ts', name: 'checkOnce', instead: "return 'valid';" },
  { file: 'src/path/public-keys.ts', name: 'publicKeyRefusal', instead: 'return null;' },
  { file: 'src/path/public-keys.ts', name: 'rsaExponentRefused', instead: 'return false;' },
  { file: 'src/path/prospective-path.ts', name: 'isPinnedEndEntity', instead: 'return true;' },
  { file: 'src/path/prospective-path.ts', name: 'judgedAnchorCertificate', instead: 'return null;' },
  { file: 'src/path/path-judge.ts', name: 'keep', instead: 'this.failed.push({ judged, severity: 0 }); return;' },
  { file: 'src/path/failure-severity.ts', name: 'failureSeverity', instead: 'return 0;' },
  { file: 'src/path/build-path.ts', name: 'tooLong', instead: 'return false;' },
  { file: 'src/path/build-path.ts', name: 'repeats', instead: 'return false;' },
  { file: 'src/path/build-path.ts', name: 'namesOtherKey', instead: 'return false;' },
  { file: 'src/path/build-path.ts', name: 'likelihood', instead: 'return 0;' },
  { file: 'src/path/certificate-bag.ts', name: 'withSubject', instead: 'return [];' },
  { file: 'src/path/anchor-index.ts', name: 'anchorsWithSubject', instead: 'return [];' },
  { file: 'src/path/policy-graph.ts', name: 'addCertificate', instead: 'return;' },
  { file: 'src/path/policy-graph.ts', name: 'applyMappings', instead: 'return;' },
  { file: 'src/path/policy-graph.ts', name: 'validPolicies', instead: 'return wanted;' },
  { file: 'src/path/work-budget.ts', name: 'spendSignature', instead: 'return;' },
  { file: 'src/path/work-budget.ts', name: 'spendStep', instead: 'return;' },
  { file: 'src/path/work-budget.ts', name: 'spendPath', instead: 'return;' },
  { file: 'src/path/work-budget.ts', name: 'spendComparisons', instead: 'return;' },
  { file: 'src/revocation/certificate-status.ts', name: 'nearestObstacle', instead: 'return obstacles[0] ?? null;' },
  { file: 'src/revocation/crl-entry.ts', name: 'readReason', instead: 'return 0;' },
  { file: 'src/revocation/crl-index.ts', name: 'offsetsOf', instead: 'return [];' },
  { file: 'src/revocation/crl-index.ts', name: 'issuerOffsetOf', instead: 'return 0;' },
  { file: 'src/revocation/crl-list.ts', name: 'minimal', instead: 'return true;' },
  { file: 'src/revocation/crl-list.ts', name: 'hasReasonAlone', instead: 'return true;' },
  { file: 'src/revocation/crl-list.ts', name: 'hasExtensions', instead: 'return false;' },
  { file: 'src/revocation/crl-list.ts', name: 'isUtcTime', instead: 'return true;' },
  { file: 'src/revocation/crl-list.ts', name: 'isTimeOfDay', instead: 'return true;' },
  { file: 'src/revocation/crl-scope.ts', name: 'crlScope', instead: 'return allReasons;' },
  { file: 'src/revocation/crl-scope.ts', name: 'namesMeet', instead: 'return true;' },
  { file: 'src/revocation/crl-scope.ts', name: 'isAuthority', instead: 'return false;' },
  { file: 'src/revocation/crl-scope.ts', name: 'sameName', instead: 'return true;' },
  { file: 'src/revocation/crl-signer.ts', name: 'findCrlSigner', instead: 'return context.anchor.publicKey;' },
  { file: 'src/revocation/crl-signer.ts', name: 'refuseSignerPath', instead: 'return null;' },
  { file: 'src/revocation/crl.ts', name: 'entryIsOf', instead: 'return true;' },
  { file: 'src/revocation/crl.ts', name: 'readNumber', instead: 'return null;' },
  {
    file: 'src/revocation/issuing-distribution-point.ts',
    name: 'readIssuingDistributionPoint',
    instead: 'return null;',
  },
  { file: 'src/revocation/judge-crls.ts', name: 'judgeCrls', instead: 'return null;' },
  { file: 'src/revocation/judge-crls.ts', name: 'refuseCrl', instead: 'return null;' },
  { file: 'src/revocation/judge-crls.ts', name: 'deltasOf', instead: 'return deltas;' },
  { file: 'src/revocation/judge-crls.ts', name: 'sameExtension', instead: 'return true;' },
  { file: 'src/revocation/judge-crls.ts', name: 'compareNumbers', instead: 'return 0;' },
  { file: 'src/revocation/judge-ocsp.ts', name: 'judgeOcspResponse', instead: 'return null;' },
  { file: 'src/revocation/judge-ocsp.ts', name: 'refuseSignature', instead: 'return null;' },
  {
    file: 'src/revocation/judge-ocsp.ts',
    name: 'worst',
    instead: "return statuses.find((one) => one.status === 'good') ?? null;",
  },
  { file: 'src/revocation/judge-revocation.ts', name: 'mustStaple', instead: 'return false;' },
  { file: 'src/revocation/judge-revocation.ts', name: 'refuseStaple', instead: 'return null;' },
  { file: 'src/revocation/judge-revocation.ts', name: 'isShortLived', instead: 'return true;' },
  { file: 'src/revocation/ocsp-certificate-id.ts', name: 'identifies', instead: 'return true;' },
  {
    file: 'src/revocation/ocsp-request.ts',
    name: 'readOcspRequest',
    instead: 'return { ids: [], nonce: null, signed: false };',
  },
  { file: 'src/revocation/ocsp-response.ts', name: 'nonceOf', instead: 'return null;' },
  {
    file: 'src/revocation/ocsp-response.ts',
    name: 'readResponderId',
    instead: "return { kind: 'key', keyHash: new Uint8Array(20) };",
  },
  { file: 'src/revocation/reason.ts', name: 'isReason', instead: 'return true;' },
  { file: 'src/revocation/validity-window.ts', name: 'placeInWindow', instead: "return 'within';" },
];
