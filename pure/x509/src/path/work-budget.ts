/** Work done in one validation, counted against its limits. Prevents bags that are made to be slow; see RFC 4158 §2.4.2. */
import { signatureUnits } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { Budget } from '../validation-policy.ts';

/** Stops a validation wherever it is; caught by `validate`, never seen outside. */
export class BudgetExhausted extends Error {
  readonly limit: keyof Budget;

  constructor(limit: keyof Budget) {
    super(`budget exhausted: ${limit}`);
    this.limit = limit;
  }
}

export class WorkBudget {
  readonly limits: Budget;
  private signatures = 0;
  private steps = 0;
  private paths = 0;
  private comparisons = 0;

  constructor(limits: Budget) {
    this.limits = limits;
  }

  /** One signature check with this key is about to be made. */
  spendSignature(key: SubjectPublicKey): void {
    this.signatures += signatureUnits(key);
    if (this.signatures > this.limits.signatureUnits) throw new BudgetExhausted('signatureUnits');
  }

  spendStep(): void {
    if (++this.steps > this.limits.buildingSteps) throw new BudgetExhausted('buildingSteps');
  }

  spendPath(): void {
    if (++this.paths > this.limits.judgedPaths) throw new BudgetExhausted('judgedPaths');
  }

  /** Names are about to be compared with constraints, so many times. */
  spendComparisons(count: number): void {
    this.comparisons += count;
    if (this.comparisons > this.limits.nameComparisons) throw new BudgetExhausted('nameComparisons');
  }
}
