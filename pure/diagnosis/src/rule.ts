/** What a rule is: a pattern over observations, and everything that is told when it fits. */
import type { FarSideEvent } from './far-side-log.ts';
import type { Facts } from './facts.ts';
import type { Actor } from './observations.ts';

/** `failure`: nothing works. `weakness`: it works, and should not stay so. `note`: worth knowing. */
export type Severity = 'failure' | 'weakness' | 'note';
export type Certainty = 'certain' | 'likely' | 'possible';

export interface Match {
  /** The probe whose observation this is, and what it saw. */
  readonly probe: string;
  readonly saw: string;
  /** Values for the `{names}` in the rule's sentences, besides the usual ones. */
  readonly fill?: Readonly<Record<string, string>>;
  /** Where this match says it otherwise than the rule does in general. */
  readonly certainty?: Certainty;
  readonly severity?: Severity;
  readonly actor?: Actor;
}

export interface Rule {
  /** Stable; the name of its file. */
  readonly id: string;
  /** What it looks like from here, for the printed table. */
  readonly symptom: string;
  /** One sentence. `{names}` are filled with what was seen. */
  readonly cause: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly actor: Actor;
  /** Section of a standard, or where the behaviour was measured. */
  readonly citation: string;
  /** What the actor does, as a request: it follows "Please". */
  readonly whatToDo: string;
  /** What would tell this cause from its neighbours. */
  readonly tellApart: string;
  /** What the far side's log will say. */
  readonly log: FarSideEvent;
  /** The command that shows it without Sallyport. */
  readonly repeat: RepeatKind;
  /** Told only where no other rule finds a failure. */
  readonly onlyAlone?: true;
  readonly match: (facts: Facts) => Match | null;
}

export type RepeatKind =
  | 'resolve'
  | 'tcp'
  | 'handshake'
  | 'handshake-without-certificate'
  | 'handshake-without-name'
  | 'handshake-elliptic'
  | 'show-certificate'
  | 'own-certificate'
  | 'http'
  | 'http-without-certificate'
  /** Through the forward proxy, with a user name whether or not one is set. */
  | 'proxy-with-password';
