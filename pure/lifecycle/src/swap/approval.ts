/** One side's word for exactly one certificate, window and text of the terms. */
export type ApprovalSide = 'operator' | 'customer';

export interface Approval {
  readonly side: ApprovalSide;
  readonly at: number;
  readonly sha256: string;
  readonly windowStartsAt: number;
  readonly windowEndsAt: number;
  readonly termsSha256: string;
}
