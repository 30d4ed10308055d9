import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNow } from '../../elements/instant.tsx';
import { day } from '../../words/time.ts';
import { expiryAxis, shortestAhead } from './expiry-axis.ts';
import styles from './expiry-timeline.module.css';
import { TimelineControls, type Stretch } from './timeline-controls.tsx';
import { filteredRows, wholeTimeline } from './timeline-filter.ts';
import { TimelineLegend } from './timeline-legend.tsx';
import { TimelineRowView } from './timeline-row.tsx';
import type { TimelineRow } from './timeline-rows.ts';
import { AxisLabels } from './validity-bar.tsx';

/** So many are read at a glance; of more, the controls find some. */
const fewRows = 8;
const rowsAtOnce = 25;
/** Of such a life three months are twice of it. */
const shortLife = 100 * day;

interface ExpiryTimelineProperties {
  readonly rows: readonly TimelineRow[];
  /** The web tier's own. */
  readonly servers: readonly TimelineRow[];
}

/** All certificates below one another on one axis of time: how long each lives, today, what is planned, by when to act. */
export function ExpiryTimeline({ rows, servers }: ExpiryTimelineProperties) {
  const now = useNow(60_000);
  const [filter, setFilter] = useState(wholeTimeline);
  const [shown, setShown] = useState(rowsAtOnce);
  const [stretch, setStretch] = useState<Stretch>(() => usualStretch(rows));
  const found = filteredRows(rows, filter, now);
  const axis = expiryAxis(
    [...found, ...servers].map(({ notAfter }) => Date.parse(notAfter)),
    now,
    stretch === 'quarter' ? shortestAhead : undefined,
  );
  const hasControls = rows.length > fewRows;
  return (
    <>
      {hasControls ? (
        <TimelineControls
          filter={filter}
          owners={[...new Set(rows.map(({ owner }) => owner))].toSorted((one, other) =>
            one === 'ours' ? -1 : other === 'ours' ? 1 : one.localeCompare(other),
          )}
          stretch={stretch}
          found={found.length}
          total={rows.length}
          onFilter={(next) => {
            setFilter(next);
            setShown(rowsAtOnce);
          }}
          onStretch={setStretch}
        />
      ) : null}
      <div className={styles.axis}>
        <AxisLabels axis={axis} now={now} />
      </div>
      {found.length === 0 ? (
        <p className={styles.none}>
          {filter.state === 'act' ? 'Nothing has to be acted on now.' : 'No certificate is found so.'}
        </p>
      ) : (
        <ol className={styles.rows} aria-label="Client certificates, what ends first above">
          {found.slice(0, shown).map((row) => (
            <TimelineRowView key={row.id} row={row} axis={axis} now={now} />
          ))}
        </ol>
      )}
      {found.length > shown ? (
        <Button variant="default" className={styles.more} onClick={() => setShown(shown + 4 * rowsAtOnce)}>
          {`Show ${Math.min(4 * rowsAtOnce, found.length - shown)} more of ${found.length - shown}`}
        </Button>
      ) : null}
      {servers.length === 0 ? null : (
        <>
          <h3 className={styles.group}>The web tier’s own server certificate</h3>
          <ol className={styles.rows} aria-label="The web tier’s own server certificate">
            {servers.map((row) => (
              <TimelineRowView key={row.id} row={row} axis={axis} now={now} />
            ))}
          </ol>
        </>
      )}
      <TimelineLegend />
    </>
  );
}

/** Three months ahead where most lives are short. */
function usualStretch(rows: readonly TimelineRow[]): Stretch {
  const short = rows.filter(({ notBefore, notAfter }) => Date.parse(notAfter) - Date.parse(notBefore) <= shortLife);
  return short.length > rows.length / 2 ? 'quarter' : 'year';
}
