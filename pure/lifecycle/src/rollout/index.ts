export { defaultCohorts, plannedCohorts, type CohortSize, type PlannedCohort } from './cohorts.ts';
export {
  candidateEarliest,
  candidateObstacles,
  customerMustApprove,
  rolloutTimes,
  type RolloutCandidate,
} from './rollout-preview.ts';
export {
  notTrusting,
  rolloutStates,
  rolloutStep,
  type RolloutFacts,
  type RolloutMemberFacts,
  type RolloutState,
  type RolloutStep,
} from './rollout-step.ts';
export { rolloutLetters, type RolloutLetter, type Untrusting } from './rollout-letters.ts';
