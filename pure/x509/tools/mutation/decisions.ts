/**
 * Decisions of path and revocation that bear no code of their own: what each says when it is replaced by the answer that lets everything through
 * (or, of a search, by the one that finds nothing). Together with the rules' table and the refusals they are all that is decided there.
 */

export interface Decision {
  /** Absent: every function of that name in the two folders. */
  readonly file?: string;
  /** Function or method. */
  readonly name: string;
  /** Statement that takes the place of its body. */
  readonly instead: string;
}

export const decisions: readonly Decision[] = [
  { name: 'checkOnce', instead: "return 'valid';" },
  { name: 'publicKeyRefusal', instead: 'return null;' },
  { name: 'rsaExponentRefused', instead: 'return false;' },
  { name: 'isPinnedEndEntity', instead: 'return true;' },
  { name: 'judgedAnchorCertificate', instead: 'return null;' },
  { name: 'keep', instead: 'this.failed.push({ judged, severity: 0 }); return;' },
  { name: 'failureSeverity', instead: 'return 0;' },
  { name: 'tooLong', instead: 'return false;' },
  { name: 'repeats', instead: 'return false;' },
  { name: 'namesOtherKey', instead: 'return false;' },
  { name: 'likelihood', instead: 'return 0;' },
  { name: 'withSubject', instead: 'return [];' },
  { name: 'anchorsWithSubject', instead: 'return [];' },
  { name: 'addCertificate', instead: 'return;' },
  { name: 'applyMappings', instead: 'return;' },
  { name: 'validPolicies', instead: 'return wanted;' },
  { name: 'spendSignature', instead: 'return;' },
  { name: 'spendStep', instead: 'return;' },
  { name: 'spendPath', instead: 'return;' },
  { name: 'spendComparisons', instead: 'return;' },
  { name: 'nearestObstacle', instead: 'return obstacles[0] ?? null;' },
  { name: 'readReason', instead: 'return 0;' },
  { name: 'offsetsOf', instead: 'return [];' },
  { name: 'issuerOffsetOf', instead: 'return 0;' },
  { name: 'minimal', instead: 'return true;' },
  { name: 'hasReasonAlone', instead: 'return true;' },
  { name: 'hasExtensions', instead: 'return false;' },
  { name: 'isUtcTime', instead: 'return true;' },
  { name: 'isTimeOfDay', instead: 'return true;' },
  { name: 'crlScope', instead: 'return allReasons;' },
  { name: 'namesMeet', instead: 'return true;' },
  { name: 'isAuthority', instead: 'return false;' },
  { name: 'sameName', instead: 'return true;' },
  { name: 'findCrlSigner', instead: 'return context.anchor.publicKey;' },
  { name: 'refuseSignerPath', instead: 'return null;' },
  { name: 'entryIsOf', instead: 'return true;' },
  { name: 'readNumber', instead: 'return null;' },
  { name: 'readIssuingDistributionPoint', instead: 'return null;' },
  { name: 'judgeCrls', instead: 'return null;' },
  { name: 'refuseCrl', instead: 'return null;' },
  { name: 'fitting', instead: 'return this.deltas;' },
  { name: 'refusal', instead: 'return null;' },
  { name: 'isOlder', instead: 'return false;' },
  { name: 'sameExtension', instead: 'return true;' },
  { name: 'compareNumbers', instead: 'return 0;' },
  { name: 'judgeOcspResponse', instead: 'return null;' },
  { name: 'refuseSignature', instead: 'return null;' },
  { name: 'worst', instead: "return statuses.find((one) => one.status === 'good') ?? null;" },
  { name: 'mustStaple', instead: 'return false;' },
  { name: 'refuseStaple', instead: 'return null;' },
  { name: 'isShortLived', instead: 'return true;' },
  { name: 'identifies', instead: 'return true;' },
  { name: 'readOcspRequest', instead: 'return { ids: [], nonce: null, signed: false };' },
  { name: 'nonceOf', instead: 'return null;' },
  { name: 'readResponderId', instead: "return { kind: 'key', keyHash: new Uint8Array(20) };" },
  { name: 'isReason', instead: 'return true;' },
  { name: 'placeInWindow', instead: "return 'within';" },
];
