import type { ClientCertificateKind } from '@sallyport/console-api';
import { NativeSelect, TextInput } from '@mantine/core';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import styles from './timeline-controls.module.css';
import type { TimelineFilter } from './timeline-filter.ts';

const kinds: readonly ClientCertificateKind[] = ['operator-wildcard', 'operator-named', 'customer-custom'];
const states: readonly { readonly value: TimelineFilter['state']; readonly label: string }[] = [
  { value: 'needed', label: 'All but ended' },
  { value: 'act', label: 'To act on now' },
  { value: 'planned', label: 'With a swap' },
  { value: 'all', label: 'All' },
];

export type Stretch = 'quarter' | 'year';

interface TimelineControlsProperties {
  readonly filter: TimelineFilter;
  readonly owners: readonly string[];
  readonly stretch: Stretch;
  readonly found: number;
  readonly total: number;
  readonly onFilter: (filter: TimelineFilter) => void;
  readonly onStretch: (stretch: Stretch) => void;
}

/** Narrows a long inventory by word, kind, owner and state, and says how far ahead the axis goes. */
export function TimelineControls(properties: TimelineControlsProperties) {
  const { filter, owners, stretch, found, total, onFilter, onStretch } = properties;
  return (
    <div className={styles.controls}>
      <TextInput
        className={styles.search}
        label="Search by name or owner"
        type="search"
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
      />
      <NativeSelect
        label="Kind"
        data={[
          { value: '', label: 'Every kind' },
          ...kinds.map((kind) => ({ value: kind, label: certificateKindWords(kind) })),
        ]}
        value={filter.kind}
        onChange={(event) => onFilter({ ...filter, kind: event.currentTarget.value as TimelineFilter['kind'] })}
      />
      <NativeSelect
        label="Owner"
        data={[{ value: '', label: 'Every owner' }, ...owners.map((owner) => ({ value: owner, label: owner }))]}
        value={filter.owner}
        onChange={(event) => onFilter({ ...filter, owner: event.currentTarget.value })}
      />
      <NativeSelect
        label="Shown"
        data={[...states]}
        value={filter.state}
        onChange={(event) => onFilter({ ...filter, state: event.currentTarget.value as TimelineFilter['state'] })}
      />
      <NativeSelect
        label="Ahead"
        data={[
          { value: 'quarter', label: '3 months' },
          { value: 'year', label: '13 months' },
        ]}
        value={stretch}
        onChange={(event) => onStretch(event.currentTarget.value === 'year' ? 'year' : 'quarter')}
      />
      <p className={styles.count} role="status">
        {found === total ? `${total} certificates` : `${found} of ${total} certificates`}
      </p>
    </div>
  );
}
