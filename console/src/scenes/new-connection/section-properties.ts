import type { ConnectionDraft, DraftFaults } from './connection-draft.ts';

/** What every section gets: the draft, its faults by field, how to change a field, and whether it stands already. */
export interface SectionProperties {
  readonly draft: ConnectionDraft;
  readonly faults: DraftFaults;
  readonly change: (changes: Partial<ConnectionDraft>) => void;
  /** The connection exists: what cannot change any more is not asked, and what is left empty stays. */
  readonly existing: boolean;
}
