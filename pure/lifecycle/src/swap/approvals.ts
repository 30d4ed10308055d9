/** Approvals, and what they bind to: one certificate, one window, one text of the terms. Any change voids them. */
import type { Approval, ApprovalSide } from './approval.ts';
import type { SwapFacts } from './swap-facts.ts';
import { refusal, type SwapRefusal } from './swap-state.ts';

/** What is proposed now; an approval is of exactly this. */
export type Proposed = Pick<SwapFacts, 'next' | 'window' | 'termsSha256'>;

export function approvalBinds(
  approval: Omit<Approval, 'side' | 'at'>,
  { next, window, termsSha256 }: Proposed,
): boolean {
  return (
    window !== null &&
    approval.sha256 === next.sha256 &&
    approval.windowStartsAt === window.startsAt &&
    approval.windowEndsAt === window.endsAt &&
    approval.termsSha256 === termsSha256
  );
}

/** Whose approval the swap needs; the customer's also where the certificate is its own. */
export function approvalsNeeded({
  next,
  swapClass,
  rules,
}: Pick<SwapFacts, 'next' | 'swapClass' | 'rules'>): ApprovalSide[] {
  const customer = next.owner === 'customer' || rules.customerApproves.includes(swapClass);
  return customer ? ['operator', 'customer'] : ['operator'];
}

/** Of the customer, by the terms: for what changes nothing, once for all. */
export function hasStandingApproval({ swapClass, rules }: Pick<SwapFacts, 'swapClass' | 'rules'>): boolean {
  return swapClass === 'no-change' && rules.standingApproval;
}

/** The first side whose approval is missing or void; null where none is. */
export function approvalMissing(facts: SwapFacts): SwapRefusal | null {
  for (const side of approvalsNeeded(facts)) {
    if (side === 'customer' && hasStandingApproval(facts)) continue;
    const given = facts.approvals.filter((approval) => approval.side === side);
    if (given.some((approval) => approvalBinds(approval, facts))) continue;
    const who = side === 'operator' ? 'The operator' : 'The customer';
    return given.length === 0
      ? refusal(`approval-${side}-missing`, `${who} has not approved this certificate in this window yet.`, side)
      : refusal(
          `approval-${side}-void`,
          `What ${side === 'operator' ? 'the operator' : 'the customer'} approved has changed since: certificate, window or terms. It has to be approved again.`,
          side,
        );
  }
  return null;
}
