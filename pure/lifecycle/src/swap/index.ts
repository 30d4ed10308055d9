export type { Approval, ApprovalSide } from './approval.ts';
export { approvalBinds, approvalsNeeded, hasStandingApproval } from './approvals.ts';
export { announcement } from './announcement.ts';
export { chainIdentity, type ChainIdentity } from './chain-identity.ts';
export {
  currentIsDead,
  earliestWindow,
  emergencyTrue,
  isUnusable,
  matchingWeaker,
  noEmergency,
  oldIsReady,
  proposalSound,
  windowSound,
} from './guards.ts';
export { emergencyText } from './proposal-text.ts';
export { nextStep, waitsFor, type NextStep } from './next-step.ts';
export { type HandshakeCounts, type ObservationFacts, type ReadCounts } from './observation.ts';
export {
  classOf,
  classSentence,
  stricterMatching,
  swapClasses,
  type SwapClass,
  type SwapMatching,
} from './swap-class.ts';
export { type CanaryFacts, type SwapCertificateFacts, type SwapFacts } from './swap-facts.ts';
export { defaultNoticeDays, swapRules, type SwapRules } from './swap-rules.ts';
export { finalStates, swapStates, type SwapActor, type SwapRefusal, type SwapState } from './swap-state.ts';
export { latestEnd, swapWarnings } from './swap-warnings.ts';
export { judgeTransition, transitionNames, type TransitionAnswer, type TransitionName } from './transitions.ts';
