import type { Enforcement, Finding, Observations } from '@sallyport/diagnosis';
import type { ProbeRun } from '@sallyport/probes';

/** What `--json` prints. */
export interface DoctorDocument {
  readonly verdict: 'works' | 'weak' | 'fails';
  /** Ranked: the first one is the answer. */
  readonly findings: readonly Finding[];
  readonly enforcement: Enforcement;
  readonly probes: readonly ProbeRun[];
  readonly handshakes: number;
  readonly requests: number;
  readonly milliseconds: number;
  readonly observations: Observations;
}
