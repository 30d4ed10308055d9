/** Checks the signature between a certificate and a key that may have made it; each pair once in a validation. */
import type { Certificate } from '../certificate.ts';
import { signatureAlgorithmOf } from '../signature/signature-algorithm.ts';
import type { SignatureMemory } from '../signature/signature-memory.ts';
import { verifySignature, worthImporting } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import type { Link } from './prospective-path.ts';
import { publicKeyRefusal } from './public-keys.ts';
import type { WorkBudget } from './work-budget.ts';

export class SignatureLinks {
  private readonly policy: ValidationPolicy;
  private readonly budget: WorkBudget;
  private readonly verify: SignatureVerifier;
  private readonly memory: SignatureMemory | null;
  private readonly known = new Map<Certificate, { key: SubjectPublicKey; link: Link }[]>();

  constructor(policy: ValidationPolicy, budget: WorkBudget, verify: SignatureVerifier, memory: SignatureMemory | null) {
    this.policy = policy;
    this.budget = budget;
    this.verify = verify;
    this.memory = memory;
  }

  /** @param remember whether the memory may be asked: for issuers only, end entities are seen once */
  check(certificate: Certificate, issuerKey: SubjectPublicKey, remember: boolean): Link {
    let checked = this.known.get(certificate);
    if (checked === undefined) {
      checked = [];
      this.known.set(certificate, checked);
    }
    for (const { key, link } of checked) if (key === issuerKey) return link;
    const link = this.checkOnce(certificate, issuerKey, remember ? this.memory : null);
    checked.push({ key: issuerKey, link });
    return link;
  }

  private checkOnce(certificate: Certificate, issuerKey: SubjectPublicKey, memory: SignatureMemory | null): Link {
    const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
    if (typeof algorithm === 'string') return algorithm;
    // What is remembered is used again. (The handle is the seam's own: another one's stays as it is.)
    if (issuerKey.handle === null && this.memory?.recallKey(issuerKey) === false && this.verify === verifySignature)
      issuerKey.handle = worthImporting;
    // Policy first: a remembered signature says nothing about a key that is refused today.
    if (publicKeyRefusal(issuerKey, this.policy, 'size') !== null) return 'key-refused';
    if (algorithm.keyKind !== issuerKey.kind) return 'key-unfit';
    if (memory?.recall(certificate, issuerKey) === true) return 'valid';
    this.budget.spendSignature(issuerKey);
    const answer = this.verify(algorithm, issuerKey, certificate.tbs, certificate.signature);
    if (answer !== 'valid') return answer === 'invalid' ? 'invalid' : 'key-refused';
    memory?.remember(certificate, issuerKey);
    return 'valid';
  }
}
