export { cohortTargets, defaultCohorts, type CohortSize } from './cohorts.ts';
export {
  notTrusting,
  rolloutStates,
  rolloutStep,
  type RolloutFacts,
  type RolloutMemberFacts,
  type RolloutState,
  type RolloutStep,
} from './rollout-step.ts';
