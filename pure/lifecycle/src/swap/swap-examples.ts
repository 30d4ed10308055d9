/** For tests: what is stored of a swap in each of its states, all under one window. */
import type { ChainIdentity } from './chain-identity.ts';
import type { ObservationFacts } from './observation.ts';
import type { SwapCertificateFacts, SwapFacts } from './swap-facts.ts';
import { swapRules } from './swap-rules.ts';
import type { SwapState } from './swap-state.ts';

/** Milliseconds. */
export const day = 86_400_000;
export const hour = 3_600_000;
export const at = Date.UTC(2026, 11, 1, 9);
export const identity: ChainIdentity = {
  name: 'CN=align.operator.example|align.operator.example',
  intermediates: ['CN=Issuing 1|01'],
  issuer: 'CN=Issuing 1|aa',
  authority: 'CN=Root',
  subjects: ['CN=align.operator.example', 'CN=Issuing 1'],
  forClients: true,
};
export const certificate = (id: string, members: Partial<SwapCertificateFacts> = {}): SwapCertificateFacts => ({
  id,
  sha256: id.repeat(64).slice(0, 64),
  notBefore: at - 100 * day,
  notAfter: at + 100 * day,
  revoked: false,
  judged: true,
  blockedBy: null,
  owner: 'operator',
  identity,
  ...members,
});
export const terms = 't'.repeat(64);
export const window = { startsAt: at + day, endsAt: at + day + 4 * hour };
export const quiet = { handshakes: 10, failed: 0, refused: 0 };
export const proposed: SwapFacts = {
  now: at,
  state: 'proposed',
  stateSince: at,
  blockedIn: null,
  reason: null,
  resumeAskedAt: null,
  swapClass: 'no-change',
  matching: null,
  rules: swapRules(undefined),
  emergency: false,
  proposedAt: at,
  termsSha256: terms,
  connectionRetired: false,
  connectionPaused: false,
  next: certificate('b'),
  current: certificate('a'),
  slot: { generation: 3, currentId: 'a', nextId: 'b', previousId: null, refused: false },
  generation: 3,
  activeGeneration: null,
  window: null,
  changeNumber: null,
  approvals: [],
  operatorCalendar: { timeZone: 'UTC', freezes: [] },
  customerCalendar: { timeZone: 'Europe/Berlin', freezes: [] },
  trustedAt: null,
  canaryAt: null,
  canaryAskedAt: null,
  canary: null,
  activatedAt: null,
  finishAskedAt: null,
  observation: null,
  observationSeconds: 60,
  heldByRollout: false,
};
export const approval = (side: 'operator' | 'customer', members = {}) => ({
  side,
  at,
  sha256: proposed.next.sha256,
  windowStartsAt: window.startsAt,
  windowEndsAt: window.endsAt,
  termsSha256: terms,
  ...members,
});
export const accepted = {
  at,
  verdict: 'accepted',
  message: null,
  sha256: proposed.next.sha256,
  termsSha256: terms,
} as const;
export const scheduled: SwapFacts = {
  ...proposed,
  state: 'scheduled',
  trustedAt: at,
  canary: accepted,
  window,
  approvals: [approval('operator')],
};
export const inWindow = { ...scheduled, now: window.startsAt };
export const observation: ObservationFacts = {
  seconds: 60,
  accepted: 2,
  lastAcceptedAt: window.startsAt + 60_000,
  lastTriedAt: window.startsAt + 60_000,
  lastMessage: null,
  lastActor: null,
  after: quiet,
  before: quiet,
  reads: { after: { made: 2, failed: 0 }, before: { made: 1, failed: 0 } },
};
export const active: SwapFacts = {
  ...scheduled,
  state: 'active',
  now: window.startsAt + 60_000,
  activatedAt: window.startsAt,
  activeGeneration: 4,
  slot: { generation: 4, currentId: 'b', nextId: null, previousId: 'a', refused: false },
  observation,
};
export const observed: SwapFacts = { ...active, state: 'observed' };
export const blocked = (blockedIn: SwapState, from: SwapFacts = active): SwapFacts => ({
  ...from,
  state: 'blocked',
  blockedIn,
  reason: { code: 'x', message: 'x', actor: 'operator' },
});
