/** Which rows of the timeline somebody wants to see. */
import type { ClientCertificateKind } from '@sallyport/console-api';
import type { TimelineRow } from './timeline-rows.ts';

export interface TimelineFilter {
  readonly search: string;
  readonly kind: ClientCertificateKind | '';
  readonly owner: string;
  /** `needed`: all but what has ended and nothing presents. */
  readonly state: 'needed' | 'act' | 'planned' | 'all';
}

export const wholeTimeline: TimelineFilter = { search: '', kind: '', owner: '', state: 'needed' };

export function filteredRows(
  rows: readonly TimelineRow[],
  filter: TimelineFilter,
  now: number,
): readonly TimelineRow[] {
  const word = filter.search.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (word === '' || row.name.toLowerCase().includes(word) || row.owner.toLowerCase().includes(word)) &&
      (filter.kind === '' || row.kind === filter.kind) &&
      (filter.owner === '' || row.owner === filter.owner) &&
      fitsState(row, filter.state, now),
  );
}

function fitsState(row: TimelineRow, state: TimelineFilter['state'], now: number): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'needed':
      return row.renewal.state !== 'not-needed' || Date.parse(row.notAfter) > now;
    case 'act':
      return row.look !== null;
    case 'planned':
      return row.renewal.state === 'under-way' || row.plans.length > 0;
  }
}
