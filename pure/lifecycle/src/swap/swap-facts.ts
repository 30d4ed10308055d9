/** Everything that a swap's next step is decided from: what is stored, read at one instant. Nothing else is remembered anywhere. */
import type { Calendar, Window } from '../window/calendar.ts';
import type { Approval } from './approval.ts';
import type { ChainIdentity } from './chain-identity.ts';
import type { ObservationFacts } from './observation.ts';
import type { SwapClass, SwapMatching } from './swap-class.ts';
import type { SwapRules } from './swap-rules.ts';
import type { SwapRefusal, SwapState } from './swap-state.ts';

export interface SwapCertificateFacts {
  readonly id: string;
  readonly sha256: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Null: not known. */
  readonly revoked: boolean | null;
  /** Whether a connector has judged it; until then nobody knows whether a finding keeps it out. */
  readonly judged: boolean;
  /** The finding of its judgement that keeps it out; null: none. */
  readonly blockedBy: SwapRefusal | null;
  /** Whose it is, seen from the connection. */
  readonly owner: 'operator' | 'customer' | 'stranger';
  /** Null where the chain cannot be read. */
  readonly identity: ChainIdentity | null;
}

export interface CanaryFacts {
  readonly at: number;
  readonly verdict: 'accepted' | 'refused' | 'failed';
  readonly message: string | null;
  /** What it was made with. */
  readonly sha256: string;
  readonly termsSha256: string;
}

/** All instants are epoch milliseconds of one clock: the database's. */
export interface SwapFacts {
  readonly now: number;
  readonly state: SwapState;
  readonly stateSince: number;
  readonly blockedIn: SwapState | null;
  readonly reason: SwapRefusal | null;
  /** When somebody last asked to go on in spite of a block; null: nobody. */
  readonly resumeAskedAt: number | null;
  readonly swapClass: SwapClass;
  /** What the proposal asked for; the class goes by the stricter one of it and the terms. Null: nothing. */
  readonly matching: SwapMatching | null;
  readonly rules: SwapRules;
  readonly emergency: boolean;
  readonly proposedAt: number;
  readonly termsSha256: string;
  /** Whether the connection is still in use. */
  readonly connectionRetired: boolean;
  /** A person has paused it: nothing is dialled for it. */
  readonly connectionPaused: boolean;
  readonly next: SwapCertificateFacts;
  /** What is replaced; null where nothing was bound. */
  readonly current: SwapCertificateFacts | null;
  readonly slot: {
    readonly generation: number;
    readonly currentId: string | null;
    readonly nextId: string | null;
    readonly previousId: string | null;
    /** The far side refused the certificate that the pointer names, and nothing led back: no connector shows it by itself. */
    readonly refused: boolean;
  };
  /** The slot's generation that the swap began with. */
  readonly generation: number;
  /** The one that its activation made; null before. */
  readonly activeGeneration: number | null;
  readonly window: Window | null;
  readonly changeNumber: string | null;
  readonly approvals: readonly Approval[];
  readonly operatorCalendar: Calendar;
  readonly customerCalendar: Calendar;
  /** When the customer said that the next certificate is trusted. */
  readonly trustedAt: number | null;
  /** The agreed time of the first canary. */
  readonly canaryAt: number | null;
  /** When somebody last asked for one. */
  readonly canaryAskedAt: number | null;
  readonly canary: CanaryFacts | null;
  readonly activatedAt: number | null;
  readonly finishAskedAt: number | null;
  readonly observation: ObservationFacts | null;
  /** How long it is to be observed at least. */
  readonly observationSeconds: number;
  /** A rollout that holds this swap until its cohort's turn. */
  readonly heldByRollout: boolean;
}
