import type { Actor, CheckName } from './report.ts';

/** How one entry of the validator's report is told. */
export interface FoldRow {
  readonly check: CheckName;
  /** Who can act where the entry is no pass; null where nobody has to. */
  readonly actor: Actor | null;
  /** In general words; the report's entry says it of the certificate at hand. */
  readonly words: string;
}
