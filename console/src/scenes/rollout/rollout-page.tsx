import type { RolloutBoard } from '@sallyport/console-api';
import { Link, useParams } from 'react-router';
import { useRollout } from '../../api/rollouts.ts';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { StateLine } from '../../elements/state-line.tsx';
import { connectionsWords } from '../../words/rollout-preview.ts';
import { rolloutLine, rolloutStateWords, rolloutVerdict } from '../../words/rollout.ts';
import { swapActorWords } from '../../words/swap-evidence.ts';
import { durationWords, instantWords } from '../../words/time.ts';
import { AuditHistory } from '../client-certificate/audit-history.tsx';
import { RolloutActions } from './rollout-actions.tsx';
import { RolloutLetters } from './rollout-letters.tsx';
import { RolloutMembers } from './rollout-members.tsx';
import { RolloutProgress } from './rollout-progress.tsx';
import { RolloutVerdict } from './rollout-verdict.tsx';

/** One certificate for many connections: where it stands, what it waits for, who must act, and every connection. */
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
  const { word } = rolloutStateWords(board.state);
  const { tone } = rolloutVerdict(board);
  const { counts } = board;
  return (
    <>
      <PageHeading title={`Rollout: ${board.certificateName}`} pill={<Pill tone={tone}>{word}</Pill>}>
        {counts.moved} of {connectionsWords(counts.connections)} moved,{' '}
        <Link to={`/client-certificates/${board.certificateId}`}>see the next certificate</Link>
      </PageHeading>
      <RolloutVerdict board={board} />
      <RolloutActions board={board} />
      <Panel title="Where it stands">
        <StateLine label="States of the rollout" states={rolloutLine(board)} />
      </Panel>
      <Panel title="How far it has come">
        <RolloutProgress board={board} />
      </Panel>
      <RolloutLetters board={board} />
      <Panel title="Its connections">
        <RolloutMembers members={board.members} />
      </Panel>
      <Panel title="What was agreed">
        <AgreedFacts board={board} />
      </Panel>
      <Panel title="Audit trail">
        <AuditHistory
          of={{ subjects: [`rollout:${board.id}`] }}
          caption="Audit trail of this rollout"
          here={`rollout:${board.id}`}
          none="No event names it yet."
        />
      </Panel>
    </>
  );
}

function AgreedFacts({ board }: { board: RolloutBoard }) {
  const { replaces, leftOut, approvedAt, approvedBy } = board;
  return (
    <Facts
      facts={[
        {
          term: 'Replaces',
          detail: replaces.map(({ certificateId, name, connections }) => (
            <div key={certificateId}>
              <Link to={`/client-certificates/${certificateId}`}>{name}</Link>, {connectionsWords(connections)}
            </div>
          )),
        },
        { term: 'Canaries at', detail: <Instant at={board.canaryAt} form="full" /> },
        { term: 'Window', detail: `${instantWords(board.windowStartsAt)} to ${instantWords(board.windowEndsAt)}` },
        { term: 'Observed', detail: `${durationWords(board.observationSeconds * 1000)} a cohort` },
        ...(board.emergency
          ? [
              {
                term: 'Emergency',
                detail: 'yes: it waits for no notice and no freeze period; it moves within its window',
              },
            ]
          : []),
        {
          term: 'Proposed',
          detail: (
            <>
              <Instant at={board.proposedAt} form="full" />, {swapActorWords(board.proposedBy, board.names)}
            </>
          ),
        },
        {
          term: 'Approved',
          detail:
            approvedAt === null ? (
              'not yet'
            ) : (
              <>
                <Instant at={approvedAt} form="full" />
                {approvedBy === null ? null : `, ${swapActorWords(approvedBy, board.names)}`}
              </>
            ),
        },
        ...(leftOut.length === 0
          ? []
          : [
              {
                term: 'Left out',
                detail: `${connectionsWords(leftOut.length)}, a swap of their own was under way: ${leftOut.slice(0, 10).join(', ')}${leftOut.length > 10 ? ' and more' : ''}`,
              },
            ]),
        { term: 'Fingerprint (SHA-256)', detail: <code>{board.sha256}</code> },
      ]}
    />
  );
}
