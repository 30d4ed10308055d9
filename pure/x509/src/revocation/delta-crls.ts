/** Delta CRLs beside a complete one (RFC 5280 §5.2.4): which may be combined with it, and why another may not. */
import { extensionTypes } from '../extensions/extension.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { CertificateStatus } from './certificate-status.ts';
import type { RevocationList } from './revocation-list.ts';

/** What is asked of a delta CRL as of every other. */
export interface DeltaQuestion {
  /** Why a CRL may not be used for anything; null where it may. */
  readonly refuse: (crl: RevocationList) => CertificateStatus | null;
  readonly signerOf: (crl: RevocationList) => SubjectPublicKey | CertificateStatus;
}

export class DeltaCrls {
  private readonly deltas: readonly RevocationList[];
  private readonly question: DeltaQuestion;
  private readonly used = new Set<RevocationList>();
  /** With the code that says why. */
  private readonly ignored = new Map<RevocationList, string>();

  constructor(crls: readonly RevocationList[], question: DeltaQuestion) {
    this.deltas = crls.filter((crl) => crl.baseNumber !== null);
    this.question = question;
  }

  /** Those that may be combined with a complete CRL, newest first. */
  fitting(base: RevocationList, signer: SubjectPublicKey): readonly RevocationList[] {
    const fitting: RevocationList[] = [];
    for (const delta of this.deltas) {
      // Of another issuer: about other certificates.
      if (!delta.issuer.equals(base.issuer)) continue;
      // Older than the complete one: what it says is in there.
      if (isOlder(delta, base)) {
        this.used.add(delta);
        continue;
      }
      const refusal = this.refusal(delta, base, signer);
      if (refusal === null) {
        this.used.add(delta);
        fitting.push(delta);
      } else this.ignored.set(delta, refusal);
    }
    return fitting.sort((left, right) => compareNumbers(right.crlNumber ?? empty, left.crlNumber ?? empty));
  }

  /** Deltas of the issuers that were asked about, that no complete CRL could be combined with: how many, and the code of the first. */
  get unused(): { readonly count: number; readonly code: string } | null {
    const codes = [...this.ignored].filter(([delta]) => !this.used.has(delta)).map(([, code]) => code);
    return codes[0] === undefined ? null : { count: codes.length, code: codes[0] };
  }

  /** A delta of this issuer, whatever it is a delta to. */
  ofIssuer(issuer: RevocationList['issuer']): RevocationList | null {
    return this.deltas.find((delta) => delta.issuer.equals(issuer)) ?? null;
  }

  /** Why a delta CRL of the same issuer is not combined with a complete one; null where it is. */
  private refusal(delta: RevocationList, base: RevocationList, signer: SubjectPublicKey): string | null {
    for (const type of [extensionTypes.issuingDistributionPoint, extensionTypes.authorityKeyIdentifier])
      if (!sameExtension(delta, base, type)) return 'X509_CRL_DELTA_SCOPE';
    if (base.crlNumber === null || delta.crlNumber === null || delta.baseNumber === null) return 'X509_CRL_DELTA_BASE';
    if (compareNumbers(base.crlNumber, delta.baseNumber) < 0) return 'X509_CRL_DELTA_BASE';
    if (delta.extensions.find(extensionTypes.deltaCrlIndicator)?.critical !== true)
      return 'X509_CRL_DELTA_NOT_CRITICAL';
    const unusable = this.question.refuse(delta);
    if (unusable !== null) return unusable.code;
    const deltaSigner = this.question.signerOf(delta);
    if ('status' in deltaSigner) return deltaSigner.code;
    return equalBytes(deltaSigner.der, signer.der) ? null : 'X509_CRL_DELTA_SIGNER';
  }
}

const empty = new Uint8Array();

function isOlder(delta: RevocationList, base: RevocationList): boolean {
  return base.crlNumber !== null && delta.crlNumber !== null && compareNumbers(base.crlNumber, delta.crlNumber) >= 0;
}

function sameExtension(left: RevocationList, right: RevocationList, type: string): boolean {
  const one = left.extensions.valueOf(type);
  const two = right.extensions.valueOf(type);
  return one === null || two === null ? one === two : equalBytes(one, two);
}

/** Of two numbers that are not negative, in the fewest bytes. */
function compareNumbers(left: Uint8Array, right: Uint8Array): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
