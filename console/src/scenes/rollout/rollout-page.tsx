import type { RolloutBoard } from '@sallyport/console-api';
import { Link, useParams } from 'react-router';
import { useRollout } from '../../api/rollouts.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { rolloutStateWords } from '../../words/rollout.ts';
import { instantWords } from '../../words/time.ts';
import { RolloutActions } from './rollout-actions.tsx';
import { RolloutCohorts } from './rollout-cohorts.tsx';

/** One certificate for many connections: cohorts as columns, and who does not trust it yet. */
export function RolloutPage() {
  const { rolloutId = '' } = useParams();
  const rollout = useRollout(rolloutId);
  return (
    <LiveLoader query={rollout} what="the rollout">
      {(board) => <Parts board={board} />}
    </LiveLoader>
  );
}

function Parts({ board }: { board: RolloutBoard }) {
  const { word, tone, sentence } = rolloutStateWords(board.state);
  const { counts, notTrusting } = board;
  return (
    <>
      <PageHeading title={`Rollout: ${board.certificateName}`} pill={<Pill tone={tone}>{word}</Pill>}>
        {counts.moved} of {counts.connections} connections moved,{' '}
        <Link to={`/client-certificates/${board.certificateId}`}>see the certificate</Link>
      </PageHeading>
      <Notice tone={tone} title={board.reason === null ? sentence : `${word}: ${board.reason.message}`}>
        {board.reason?.actor == null ? null : <p>{actorWords(board.reason.actor)} must act.</p>}
        {notTrusting.length === 0 ? null : (
          <p>
            {notTrusting.length === 1 ? '1 far side does' : `${notTrusting.length} far sides do`} not trust the next
            certificate yet; below stands who.
          </p>
        )}
      </Notice>
      <RolloutActions board={board} />
      <Panel title="Cohorts">
        <RolloutCohorts board={board} />
      </Panel>
      {notTrusting.length === 0 ? null : (
        <Panel title="Who does not trust the next certificate yet">
          <FactTable
            caption="Far sides that do not trust the next certificate"
            columns={['Customer', 'Host', 'What they are told']}
            rows={notTrusting.map(({ customerName, host, message }) => ({
              id: `${customerName} ${host}`,
              cells: [customerName, host, message],
            }))}
          />
        </Panel>
      )}
      <Panel title="What was agreed">
        <Facts
          facts={[
            { term: 'Canaries at', detail: <Instant at={board.canaryAt} form="full" /> },
            { term: 'Window', detail: `${instantWords(board.windowStartsAt)} to ${instantWords(board.windowEndsAt)}` },
            { term: 'Observed', detail: `${board.observationSeconds} s a cohort` },
            {
              term: 'Canaries',
              detail: `${counts.canaryAccepted} accepted, ${counts.canaryRefused} refused, ${counts.canaryFailed} failed, ${counts.waiting} not tried yet`,
            },
            { term: 'Went back', detail: counts.wentBack },
            ...(board.leftOut.length === 0
              ? []
              : [{ term: 'Left out', detail: `${board.leftOut.length}: another swap was under way` }]),
            {
              term: 'Approved',
              detail:
                board.approvedAt === null ? (
                  'not yet'
                ) : (
                  <>
                    <Instant at={board.approvedAt} form="full" />, {board.approvedBy}
                  </>
                ),
            },
            { term: 'Fingerprint (SHA-256)', detail: <code>{board.sha256}</code> },
          ]}
        />
      </Panel>
    </>
  );
}
