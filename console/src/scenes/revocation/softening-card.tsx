import type { Softening } from '@sallyport/console-api';
import { useSofteningDeed } from '../../api/revocation.ts';
import { useSession } from '../../api/session.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import type { Tone } from '../../words/tone.ts';
import styles from './softening-card.module.css';

const states: Readonly<Record<Softening['state'], { word: string; tone: Tone }>> = {
  proposed: { word: 'Proposed, not in force', tone: 'info' },
  'in-force': { word: 'In force', tone: 'warn' },
  ended: { word: 'Ended', tone: 'idle' },
  lapsed: { word: 'Lapsed: nobody approved it', tone: 'idle' },
};

/** One softening: who wants it and why, who agreed, when it ends; and what can be done about it. */
export function SofteningCard({ softening }: { softening: Softening }) {
  const { state, authority } = softening;
  const { word, tone } = states[state];
  return (
    <article className={styles.card} data-state={state} aria-label={`Softening of ${commonName(authority)}`}>
      <div className={styles.words}>
        <p className={styles.title}>
          <strong title={authority}>{commonName(authority)}</strong> <Pill tone={tone}>{word}</Pill>
        </p>
        <p>{softening.reason}</p>
        {softening.connections > 0 || state === 'ended' || state === 'lapsed' ? null : (
          <p>
            <strong>No connection was shown a certificate of this authority: nothing is softened by it.</strong> See
            whether the name is written as reports show it: {authority}.
          </p>
        )}
        <p className={styles.people}>
          Proposed by {softening.proposedBy.name} <Instant at={softening.proposedAt} />, for {softening.hours}{' '}
          {softening.hours === 1 ? 'hour' : 'hours'} from the approval.
          {softening.approvedBy === null ? null : (
            <>
              {' '}
              Approved by {softening.approvedBy.name}
              {softening.approvedAt === null ? null : (
                <>
                  {' '}
                  <Instant at={softening.approvedAt} />
                </>
              )}
              .
            </>
          )}
          {state !== 'in-force' || softening.endsAt === null ? null : (
            <>
              {' '}
              Ends by itself <Instant at={softening.endsAt} /> (<Instant at={softening.endsAt} form="full" />
              ).
            </>
          )}
          {softening.endedBy === null || softening.endedAt === null ? null : (
            <>
              {' '}
              Ended by {softening.endedBy.name} <Instant at={softening.endedAt} />.
            </>
          )}
        </p>
      </div>
      {state === 'proposed' || state === 'in-force' ? <Deeds softening={softening} /> : null}
    </article>
  );
}

function Deeds({ softening: { id, state, proposedBy } }: { softening: Softening }) {
  const session = useSession();
  const deed = useSofteningDeed();
  const announce = useAnnounce();
  const mine = session.data?.person?.id === proposedBy.id;
  const run = (name: 'approve' | 'end'): void =>
    deed.mutate(
      { id, deed: name },
      { onSuccess: () => announce(name === 'approve' ? 'In force from now on.' : 'Ended.') },
    );
  return (
    <div className={styles.deeds}>
      {state === 'proposed' && mine ? (
        <p className={styles.people}>Another person must approve it, within a day.</p>
      ) : null}
      <div className={styles.buttons}>
        {state === 'proposed' && !mine ? (
          <ActionButton
            variant="filled"
            busyWord="Approving"
            busy={deed.isPending && deed.variables.deed === 'approve'}
            onClick={() => run('approve')}
          >
            Approve
          </ActionButton>
        ) : null}
        <ActionButton
          busyWord="Ending"
          busy={deed.isPending && deed.variables.deed === 'end'}
          onClick={() => run('end')}
        >
          {state === 'proposed' ? 'Withdraw' : 'End it now'}
        </ActionButton>
      </div>
      {deed.isError ? <ProblemNotice problem={deed.error} /> : null}
    </div>
  );
}
