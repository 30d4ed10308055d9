import type { ConnectionDetail } from '@sallyport/console-api';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useConnection } from '../../api/connections.ts';
import { useChangeConnection } from '../../api/new-connection.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { changeRequest, draftOfTerms, refusedFields, type ReadHashes } from './connection-request.ts';
import { ReplayRefusals, refusingOf } from './replay-refusals.tsx';
import { WeakerTerms, weakeningOf } from './weaker-terms.tsx';

/** Writes down a new version of a connection's terms. */
export function ChangeConnectionPage() {
  const { connectionId = '' } = useParams();
  const connection = useConnection(connectionId);
  return (
    <>
      <PageHeading title="Change the terms">
        A change is a new version: the one before stays readable, and every handshake names the one it ran under. A
        connection in use must be checked and activated again.{' '}
        <Link to={`/connections/${connectionId}/terms`}>Back</Link>
      </PageHeading>
      <LiveLoader query={connection} what="the terms">
        {(detail) => <ChangeForm connection={detail} />}
      </LiveLoader>
    </>
  );
}

function ChangeForm({ connection }: { connection: ConnectionDetail }) {
  const navigate = useNavigate();
  const change = useChangeConnection(connection.id);
  // Both may be asked for, one after the other: what was read once stays read, for these very terms.
  const [read, setRead] = useState<ReadHashes>({ approvedSha256: null, replayedSha256: null });
  const weakening = weakeningOf(change.error);
  const refusing = refusingOf(change.error);
  const initial = draftOfTerms(connection);
  return (
    <ConnectionForm
      initial={initial}
      existing
      customerNames={[]}
      busy={change.isPending}
      refused={refusedFields(change.error)}
      onSubmit={(draft) =>
        change.mutate(changeRequest(draft, initial, read), {
          onSuccess: () => void navigate(`/connections/${connection.id}`),
        })
      }
      problem={
        change.isError ? (
          <>
            <ProblemNotice problem={change.error} />
            {weakening === null ? null : (
              <WeakerTerms
                weakening={weakening}
                approved={read.approvedSha256 === weakening.termsSha256}
                onChange={(approved) => setRead({ ...read, approvedSha256: approved ? weakening.termsSha256 : null })}
              />
            )}
            {refusing === null ? null : (
              <ReplayRefusals
                refusing={refusing}
                confirmed={read.replayedSha256 === refusing.termsSha256}
                onChange={(confirmed) => setRead({ ...read, replayedSha256: confirmed ? refusing.termsSha256 : null })}
              />
            )}
          </>
        ) : null
      }
    />
  );
}
