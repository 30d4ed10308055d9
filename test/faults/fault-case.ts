/** One case of the matrix: a far side, our certificate, and what must come of it. */
import type { Actor } from '@sallyport/tls-policy';
import type { Identity } from '@sallyport/sandbox';
import type { ProductName, Site } from './far-sides/site.ts';

export type FaultGroup = 'server' | 'client-certificate' | 'revocation-source';

/** What decides: one of the five checks, what the enforcer does with our certificate, or the handshake itself. */
export type DecidingCheck =
  | 'validity'
  | 'signature'
  | 'trust'
  | 'name'
  | 'revocation'
  | 'client-certificate'
  | 'handshake';

export interface Judgement {
  readonly verdict: 'accepted' | 'refused' | 'none';
  /** null where nothing is wrong. */
  readonly check: DecidingCheck | null;
  /** Code of the check, of the dial, or of what became of our certificate; null where nothing is wrong. */
  readonly code: string | null;
}

export interface Expectation extends Judgement {
  /** Rule of the doctor that comes first. */
  readonly doctorTop: string | null;
  /** Rule that names the true cause, where nobody can tell it from outside and another one comes first. */
  readonly trueCause?: string;
  readonly actor: Actor | null;
}

export interface FaultCase {
  /** `group/fault/product`, with more where one fault has several forms. */
  readonly name: string;
  readonly group: FaultGroup;
  readonly fault: string;
  readonly product: ProductName;
  readonly site: Site;
  /** What we present; null for nothing. */
  readonly client: Identity | null;
  readonly revocation: 'hard' | 'soft';
  readonly expected: Expectation;
}

/** A fault that a product cannot show. */
export interface NotApplicable {
  readonly name: string;
  readonly group: FaultGroup;
  readonly fault: string;
  readonly product: ProductName;
  readonly reason: string;
}

export type MatrixRow = FaultCase | NotApplicable;

export function isApplicable(row: MatrixRow): row is FaultCase {
  return 'site' in row;
}
