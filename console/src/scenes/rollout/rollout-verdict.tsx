import type { RolloutBoard } from '@sallyport/console-api';
import { Link } from 'react-router';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { rolloutStateWords, rolloutVerdict } from '../../words/rollout.ts';

/** Named are so many; the table has all. */
const mostNamed = 5;

/** Where the rollout stands in one sentence, what it waits for or stopped it, and who must act. */
export function RolloutVerdict({ board }: { board: RolloutBoard }) {
  const { word } = rolloutStateWords(board.state);
  const { tone, sentence } = rolloutVerdict(board);
  const { reason, waitsFor, notTrusting, members, state } = board;
  const now = useNow();
  const wentBack = members.filter((member) => member.state === 'rolled-back' || isBlockedAfterMove(member));
  const refused = notTrusting.filter(({ tried }) => tried).length;
  // Whoever stopped it has said why; what it waits for is said while it is under way.
  const actor = reason?.actor ?? waitsFor?.actor ?? null;
  const isOpen = state !== 'done' && state !== 'cancelled';
  return (
    <Notice
      tone={isOpen && tone === 'info' && refused > 0 ? 'warn' : tone}
      role="status"
      title={reason === null ? sentence : `${word}: ${reason.message}`}
    >
      {waitsFor === null || reason !== null ? null : <p>It waits: {waitsFor.message}</p>}
      {actor === null || !isOpen ? null : <p>{actorWords(actor)} must act.</p>}
      {wentBack.length === 0 ? null : (
        <ul>
          {wentBack.slice(0, mostNamed).map(({ swapId, customerName, connectionName, reason: why }) => (
            <li key={swapId}>
              <Link to={`/swaps/${swapId}`}>
                {customerName}: {connectionName}
              </Link>
              : {why?.message ?? 'it went back to the certificate before.'}{' '}
              {why?.actor == null ? null : `${actorWords(why.actor)} must act.`}
            </li>
          ))}
          {wentBack.length > mostNamed ? <li>and {wentBack.length - mostNamed} more.</li> : null}
        </ul>
      )}
      {refused === 0 ? null : (
        <p>
          {refused === 1 ? '1 far side does' : `${refused} far sides do`} not trust the next certificate yet; below is a
          text for each.
        </p>
      )}
      {isOpen && Date.parse(board.windowEndsAt) <= now ? (
        <p>
          Its window is over: what has not moved stays behind. Cancel the rollout and propose another for the rest; what
          has moved stays where it is.
        </p>
      ) : null}
    </Notice>
  );
}

function isBlockedAfterMove({ state, cohort }: RolloutBoard['members'][number]): boolean {
  return state === 'blocked' && cohort !== null;
}
