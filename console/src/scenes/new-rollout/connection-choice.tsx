import type { RolloutCandidate } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Pill } from '../../elements/pill.tsx';
import tableStyles from '../../elements/table.module.css';
import { swapClassWords } from '../../words/swap.ts';
import styles from './connection-choice.module.css';
import type { RolloutDraft } from './rollout-draft.ts';

/** So many rows at once: a page of thousands would be slow, and nobody reads it. */
const rowsAtOnce = 50;

interface ConnectionChoiceProperties {
  readonly candidates: readonly RolloutCandidate[];
  readonly draft: Pick<RolloutDraft, 'without' | 'first'>;
  readonly onChange: (change: Pick<RolloutDraft, 'without' | 'first'>) => void;
}

/** Which of those that use the certificate are in the rollout, and which move first; hundreds stay usable by search and by all at once. */
export function ConnectionChoice({ candidates, draft, onChange }: ConnectionChoiceProperties) {
  const [search, setSearch] = useState('');
  const [waitingOnly, setWaitingOnly] = useState(false);
  const [shown, setShown] = useState(rowsAtOnce);
  const { without, first } = draft;
  const word = search.trim().toLowerCase();
  const found = candidates.filter(
    ({ connectionName, customerName, host, verdict }) =>
      (word === '' || [connectionName, customerName, host].some((text) => text.toLowerCase().includes(word))) &&
      (!waitingOnly || verdict !== 'moves'),
  );
  const choosable = found.filter(({ verdict }) => verdict !== 'left-out');
  const chosen = choosable.filter(({ connectionId }) => !without.has(connectionId)).length;
  const all = candidates.filter(({ verdict }) => verdict !== 'left-out');
  const setIn = (ids: readonly string[], isIn: boolean): void => {
    const next = new Set(without);
    for (const id of ids) {
      if (isIn) next.delete(id);
      else next.add(id);
    }
    onChange({ without: next, first });
  };
  const toggleFirst = (id: string): void => {
    const next = new Set(first);
    if (!next.delete(id)) next.add(id);
    onChange({ without, first: next });
  };
  return (
    <div className={styles.choice}>
      <div className={styles.head}>
        <TextInput
          className={styles.search}
          label="Search by customer, name or host"
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setShown(rowsAtOnce);
          }}
        />
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={waitingOnly}
            onChange={(event) => setWaitingOnly(event.currentTarget.checked)}
          />
          Only those that could not move
        </label>
        <p className={styles.count} role="status">
          {all.filter(({ connectionId }) => !without.has(connectionId)).length} of {all.length} chosen
          {found.length === candidates.length ? '' : `; ${found.length} shown`}
        </p>
      </div>
      {/* What scrolls must be reachable by the keyboard. */}
      {found.length === 0 ? (
        <p className={styles.none}>None of them is called so. Search for less, or show all.</p>
      ) : (
        <div className={styles.rows} tabIndex={0} role="group" aria-label="Connections to choose from">
          <table className={`${tableStyles.table} ${styles.table}`}>
            <caption className="visually-hidden">Connections of the rollout</caption>
            <thead>
              <tr>
                <th scope="col">
                  <label className={styles.tick}>
                    <input
                      type="checkbox"
                      aria-label={word === '' && !waitingOnly ? 'All connections' : 'All that are shown'}
                      disabled={choosable.length === 0}
                      checked={chosen > 0 && chosen === choosable.length}
                      ref={(box) => {
                        if (box !== null) box.indeterminate = chosen > 0 && chosen < choosable.length;
                      }}
                      onChange={(event) =>
                        setIn(
                          choosable.map(({ connectionId }) => connectionId),
                          event.currentTarget.checked,
                        )
                      }
                    />
                    <span>Connection</span>
                  </label>
                </th>
                <th scope="col">What changes for it</th>
                <th scope="col">In this window</th>
                <th scope="col">First</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map((candidate) => (
                <CandidateRow
                  key={candidate.connectionId}
                  candidate={candidate}
                  isIn={!without.has(candidate.connectionId)}
                  isFirst={first.has(candidate.connectionId)}
                  onIn={(isIn) => setIn([candidate.connectionId], isIn)}
                  onFirst={() => toggleFirst(candidate.connectionId)}
                />
              ))}
            </tbody>
          </table>
          {found.length > shown ? (
            <Button variant="default" className={styles.more} onClick={() => setShown(shown + 4 * rowsAtOnce)}>
              {`Show ${Math.min(4 * rowsAtOnce, found.length - shown)} more of ${found.length - shown}`}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

interface CandidateRowProperties {
  readonly candidate: RolloutCandidate;
  readonly isIn: boolean;
  readonly isFirst: boolean;
  readonly onIn: (isIn: boolean) => void;
  readonly onFirst: () => void;
}

function CandidateRow({ candidate, isIn, isFirst, onIn, onFirst }: CandidateRowProperties) {
  const { customerName, connectionName, host, verdict, obstacle, openSwapId } = candidate;
  const name = `${customerName}: ${connectionName}`;
  const isOut = verdict === 'left-out' || !isIn;
  return (
    <tr data-out={isOut}>
      <th scope="row">
        <label className={styles.tick}>
          <input
            type="checkbox"
            aria-label={name}
            checked={isIn && verdict !== 'left-out'}
            disabled={verdict === 'left-out'}
            onChange={(event) => onIn(event.currentTarget.checked)}
          />
          <span>
            {name}
            <span className={styles.host}>{host}</span>
          </span>
        </label>
      </th>
      <td data-label="Changes">
        {swapClassWords(candidate.class)}
        {candidate.noticeDays === 0 ? '' : `, ${candidate.noticeDays} days’ notice`}
        {candidate.customerMustApprove ? '; the customer approves' : ''}
      </td>
      <td data-label="Window">
        {verdict === 'left-out' ? (
          <span>
            <Pill tone="idle">left out</Pill> <Link to={`/swaps/${openSwapId ?? ''}`}>its own swap</Link> is under way
          </span>
        ) : verdict === 'waits' ? (
          <span>
            <Pill tone="warn">not in this window</Pill> {obstacle?.message}
          </span>
        ) : (
          <Pill tone="ok">moves</Pill>
        )}
      </td>
      <td data-label="First">
        <input
          className={styles.box}
          type="checkbox"
          aria-label={`${name} moves first`}
          checked={isFirst}
          disabled={isOut}
          onChange={onFirst}
        />
      </td>
    </tr>
  );
}
