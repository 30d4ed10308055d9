import type { RolloutPreview } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { connectionsWords, previewWords } from '../../words/rollout-preview.ts';
import styles from './preview-summary.module.css';
import { chosenConnections, type RolloutDraft } from './rollout-draft.ts';

/** Names of a group that are told; the rest is counted. */
const mostNamed = 3;

interface PreviewSummaryProperties {
  readonly draft: RolloutDraft;
  readonly preview: RolloutPreview;
  readonly isStale: boolean;
  readonly onLeaveOut: (connectionIds: readonly string[]) => void;
}

/** What would happen, before it is proposed: as a bar and in words, with what does not fit named and who must act. */
export function PreviewSummary({ draft, preview, isStale, onLeaveOut }: PreviewSummaryProperties) {
  const { connections, moves, classes, waiting, customerMustApprove } = previewWords(chosenConnections(preview, draft));
  const { nextObstacle, counts } = preview;
  if (nextObstacle !== null)
    return (
      <Notice tone="bad" title="Nobody can move to this certificate.">
        <p>{nextObstacle.message}</p>
        {nextObstacle.actor === null ? null : <p>{actorWords(nextObstacle.actor)} must act.</p>}
      </Notice>
    );
  const waits = connections - moves;
  // Without a window only what no window could change is known.
  const isOpen = draft.window === '' && waits === 0;
  const tone = connections === 0 || isOpen ? 'idle' : waits === 0 ? 'ok' : moves === 0 ? 'bad' : 'warn';
  const title =
    connections === 0
      ? 'No connection is chosen.'
      : isOpen
        ? `${connectionsWords(connections)}: choose a window to see who could move in it.`
        : waits === 0
          ? `${connectionsWords(connections)} would move.`
          : `${moves} of ${connectionsWords(connections)} would move; ${waits} could not.`;
  return (
    <Notice tone={tone} title={title}>
      {connections === 0 || isOpen ? null : (
        <svg
          className={styles.bar}
          role="img"
          aria-label={`${moves} would move, ${waits} could not`}
          data-stale={isStale}
        >
          <rect className={styles.moves} width={`${(100 * moves) / connections}%`} height="10" />
          <rect
            className={styles.waits}
            x={`${(100 * moves) / connections}%`}
            width={`${(100 * waits) / connections}%`}
            height="10"
          />
        </svg>
      )}
      <ul className={styles.list}>
        {classes.map((words) => (
          <li key={words}>{words}.</li>
        ))}
        {customerMustApprove > 0 ? (
          <li>
            {customerMustApprove === 1
              ? '1 customer’s approval is'
              : `${customerMustApprove} approvals of customers are`}{' '}
            needed besides ours.
          </li>
        ) : null}
        {counts.leftOut > 0 ? (
          <li>
            {connectionsWords(counts.leftOut)} left out: a swap of their own is under way. Finish it once it is
            observed, cancel it, or wait until its window closes.
          </li>
        ) : null}
      </ul>
      {waits === 0 || connections === 0 ? null : (
        <p className={styles.hint}>
          What could not move in this window stays behind: choose another window, or leave it out for a later rollout.
        </p>
      )}
      {waiting.map(({ message, actor, names, connectionIds }) => (
        <div className={styles.waiting} key={message}>
          <p>
            <strong>{names.length === 1 ? '1 could not' : `${names.length} could not`}</strong>: {message}{' '}
            {actor === null ? '' : `${actorWords(actor)} must act.`}
          </p>
          <p className={styles.names}>
            {names.slice(0, mostNamed).join('; ')}
            {names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''}
          </p>
          {connectionIds.length < connections ? (
            <Button variant="default" size="compact-md" onClick={() => onLeaveOut(connectionIds)}>
              {names.length === 1 ? 'Leave it out' : `Leave these ${names.length} out`}
            </Button>
          ) : null}
        </div>
      ))}
    </Notice>
  );
}
