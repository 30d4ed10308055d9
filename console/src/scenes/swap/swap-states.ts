import type { SwapDetail, SwapState } from '@sallyport/console-api';

/** The pointer has not moved yet: the window may still change, and nothing has to be taken back. */
export function isBeforeActivation(state: SwapState): boolean {
  return ['proposed', 'validated', 'trust-announced', 'canary', 'scheduled'].includes(state);
}

/** Sides whose approval is needed and does not bind, while it can still be given. */
export function missingApprovals({
  state,
  approvals,
  approvalsNeeded,
}: Pick<SwapDetail, 'state' | 'approvals' | 'approvalsNeeded'>): SwapDetail['approvalsNeeded'] {
  if (!isBeforeActivation(state)) return [];
  return approvalsNeeded.filter((side) => !approvals.some((approval) => approval.side === side && approval.binds));
}
