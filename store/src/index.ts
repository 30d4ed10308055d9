/** The store: where the tiers meet, and the only code that knows SQL. */
export { auditFault, auditHead, linkAuditEvents, type AuditEvent, type AuditHead } from './audit/audit-chain.ts';
export { listAuditEvents, type AuditFilter, type AuditPage } from './audit/list-audit-events.ts';
export {
  readCertificateRecord,
  type RecordedName,
  type StoredCertificateRecord,
} from './certificates/certificate-record.ts';
export { dump, type BackupLine } from './backup/dump.ts';
export { BackupError, restore } from './backup/restore.ts';
export {
  answerCall,
  askCall,
  callChannels,
  claimCall,
  expireCalls,
  findCall,
  lastAnsweredCalls,
  type CallKind,
  type CallState,
  type InteractiveCall,
} from './calls/interactive-calls.ts';
export { subscribe, type Notifications } from './calls/notifications.ts';
export { openCallWaiter, type CallWaiter } from './calls/wait-for-call.ts';
export {
  currentCertificateOf,
  insertClientCertificate,
  listClientCertificates,
  type BoundCertificate,
  type ClientCertificate,
  type ClientCertificateKind,
  type AboutCertificate,
} from './certificates/client-certificates.ts';
export { agreedAnchorsOf } from './certificates/agreed-anchors.ts';
export {
  certificatesToJudge,
  describeCertificate,
  findInventoryCertificate,
  findingsThatCount,
  listCertificateUses,
  listInventory,
  recordJudgement,
  type CertificateUse,
  type InventoryCertificate,
} from './certificates/inventory.ts';
export {
  askCertificateCorrection,
  certificatesToCorrect,
  correctCertificate,
  refuseCorrection,
  type CertificateFactsSaid,
  type CertificateToCorrect,
  type StoredCorrection,
} from './certificates/corrections.ts';
export {
  claimCertificateRequest,
  correctCertificateRequest,
  failCertificateRequests,
  findCertificateRequest,
  insertCertificateRequest,
  listCertificateRequests,
  openCertificateRequest,
  requestOfKey,
  withdrawCertificateRequest,
  type CertificateRequestRow,
  type CorrectedRequest,
  type WantedCertificate,
} from './certificates/certificate-requests.ts';
export {
  cancelCertificateUpload,
  claimCertificateUpload,
  endLostUploads,
  failCertificateUploads,
  findCertificateUpload,
  insertCertificateUpload,
  knownCertificate,
  listCertificateUploads,
  refuseCertificateUpload,
  releaseCertificateUpload,
  takeCertificateUpload,
  type AboutUpload,
  type CertificateUploadRow,
  type SealedUpload,
} from './certificates/certificate-uploads.ts';
export {
  askSealKeyRotation,
  listSealKeys,
  takeSealKeyOut,
  type SealKeyState,
  type TakingOutObstacles,
} from './secrets/seal-keys.ts';
export { enforcerFactsOf } from './connections/enforcer-facts.ts';
export { setConnectionState, StateError } from './connections/connection-state.ts';
export {
  findConnection,
  HostTakenError,
  insertConnection,
  listConnections,
  type Connection,
  type ConnectionError,
  type ConnectionState,
  type NewConnection,
} from './connections/connections.ts';
export { connectionsDueForProof, type DueConnection } from './connections/due-connections.ts';
export { ApprovalNeededError, changeTerms, findTerms, HostChangedError } from './terms/terms.ts';
export {
  findDiagnosis,
  insertDiagnosis,
  listDiagnoses,
  type DiagnosisRecord,
  type SeenEnforcement,
  type StoredDiagnosis,
} from './diagnoses/diagnoses.ts';
export { otherCertificatesOf } from './certificates/other-certificate.ts';
export {
  makeCertificateDefault,
  retireClientCertificate,
  type RetirementObstacles,
} from './certificates/retire-certificate.ts';
export {
  listConnectors,
  lockingWorkers,
  listEgressGroups,
  recordHeartbeat,
  removeConnector,
  silentWorkers,
  type Connector,
  type EgressGroup,
} from './connectors/connectors.ts';
export { ConnectorHold } from './connectors/connector-hold.ts';
export { insertCustomer, listCustomers, type Customer } from './customers/customers.ts';
export {
  findCertificateEvidence,
  findHandshake,
  findHandshakes,
  findHandshakeAt,
  keepCertificate,
  lastAcceptedChains,
  noteEvidenceExport,
  insertHandshakes,
  listHandshakes,
  type HandshakePurpose,
  type HandshakeRecord,
  type ShownChain,
  type StoredHandshake,
} from './handshakes/handshakes.ts';
export {
  countRecentChanges,
  findIssue,
  issueDigest,
  searchIssues,
  type IssuePage,
  type IssueRow,
  type IssueSearch,
  type StoredIssue,
} from './issues/issues.ts';
export { listIssueFaults, type StoredIssueFault } from './issues/issue-faults.ts';
export {
  activateStatement,
  closeWindowStatement,
  findSlots,
  nameNextStatement,
  slotChannel,
  type SlotPointer,
} from './certificates/slot-pointer.ts';
export { advanceSwap, type SwapAdvance, type SwapSight } from './swaps/advance-swap.ts';
export { advanceRollout, openRollouts, type StoredRolloutMember } from './swaps/advance-rollout.ts';
export {
  findRollout,
  findSwap,
  findSwapRequest,
  listSwaps,
  type RolloutWithMembers,
  type StoredSwapRequest,
  type SwapFilter,
  type SwapWithEvidence,
} from './swaps/list-swaps.ts';
export { readOperatorCalendar, writeOperatorCalendar } from './swaps/operator-calendar.ts';
export {
  approveRollout,
  askRollout,
  proposeRollout,
  type NewRollout,
  type RolloutAsk,
  type StoredRollout,
} from './swaps/rollouts.ts';
export {
  rolloutCandidates,
  type RolloutCandidates,
  type RolloutPlan,
  type StoredCandidate,
} from './swaps/rollout-candidates.ts';
export {
  listRolloutsWithTallies,
  readRolloutBoard,
  untrustingSwaps,
  type MemberTally,
  type StoredRolloutBoard,
  type UntrustingSwap,
} from './swaps/rollout-board.ts';
export { claimSwaps, releaseSwaps, swapChannel, type ClaimedSwap } from './swaps/claim-swaps.ts';
export {
  ApprovalError,
  approveSwap,
  askSwap,
  previewSwap,
  ProposalRefusedError,
  proposeSwap,
  SwapEndedError,
  SwapOpenError,
  type NewApproval,
  type NewSwap,
  type SwapAsk,
} from './swaps/propose-swap.ts';
export { acceptAgain, fallBack, type RefusalSeen } from './swaps/swap-fell-back.ts';
export { type StoredCanary, type StoredSwap, type SwapApprovalRow } from './swaps/swap-rows.ts';
export { storePage, type StoredPage } from './issues/store-page.ts';
export { requestJob, taskName, unlockWorkers, type JobKind, type JobPayload } from './jobs/jobs.ts';
export { LeaseLostError, releaseLease, renewLease, takeLease, type Lease } from './leases/leases.ts';
export { metricsSnapshot, type MetricsSnapshot } from './metrics/metrics-snapshot.ts';
export { DatabaseAheadError, migrate } from './migrate.ts';
export { inScopeAtOnce, NotFoundError, openStore, type Store } from './open-store.ts';
export {
  findPersonByEmail,
  hasPeople,
  insertPerson,
  insertInvitation,
  insertSignInLink,
  listPeople,
  useSignInLink,
  type Person,
} from './people/people.ts';
export {
  listClientCertificateStatuses,
  recordClientCertificateStatus,
  type ClientCertificateStatus,
} from './revocation/client-certificate-statuses.ts';
export { findContents, keepContents, keptContents, largestKeptContent } from './revocation/contents.ts';
export {
  largestPushedCrl,
  listPushedCrls,
  newPushedCrls,
  PushedCrlOlderError,
  storePushedCrl,
  type NewPushedCrl,
  type PushedCrl,
  type PushedCrlFacts,
} from './revocation/pushed-crls.ts';
export {
  approveSoftening,
  endSoftening,
  connectionsUnder,
  listSoftenings,
  longestSofteningHours,
  proposeSoftening,
  SofteningError,
  softeningsInForce,
  type Softening,
} from './revocation/softenings.ts';
export { holdSourceLock, LockWaitError } from './revocation/source-lock.ts';
export {
  fetchSourceNow,
  forgetUnusedSources,
  listSources,
  recordSources,
  type RevocationKind,
  type SourceState,
  type StoredSource,
} from './revocation/sources.ts';
export {
  connectionsTouchedSince,
  dueSources,
  replaceUses,
  sourcesOfConnection,
  type ConnectionSource,
  type DueSource,
  type RevocationUse,
  type TouchedConnection,
} from './revocation/uses.ts';
export {
  dueWebStaples,
  findWebStaple,
  listWebCertificates,
  recordWebJudgement,
  recordWebStaple,
  showWebCertificate,
  webCertificatesToJudge,
  type WebCertificate,
  type WebCertificateWithStaple,
  type WebStaple,
} from './revocation/web-staples.ts';
export { answers, prepareDatabase, prepareRoles, RoleSetUpError, type RoleUrls } from './roles.ts';
export { housekeepingScope, jobScope, operatorId, sessionScope, type Scope } from './scope.ts';
export { SecretTooLargeError, type SecretPurpose } from './secrets/seal.ts';
export {
  currentSealKey,
  sealSecret,
  sealSecretAs,
  storeSecret,
  type SealedSecret,
  type SealKey,
} from './secrets/sealed-secrets.ts';
export {
  clearSignInAttempts,
  countSignInAttempts,
  deleteSession,
  findSession,
  insertSession,
  recordSignInAttempt,
  type Session,
} from './sessions/sessions.ts';
export { deleteExpired, readSetting, writeSetting, type Retention } from './settings/settings.ts';
export {
  beginSweep,
  endSweep,
  findSyncState,
  setSyncPhase,
  type SyncPhase,
  type SyncState,
} from './sync/sync-state.ts';
export { findToken, insertToken, listTokens, revokeToken, type ApiToken } from './tokens/tokens.ts';
