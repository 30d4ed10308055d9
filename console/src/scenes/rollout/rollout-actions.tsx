import type { RolloutBoard } from '@sallyport/console-api';
import { useAskRollout, type RolloutAsked } from '../../api/rollouts.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './rollout-actions.module.css';

type Step = RolloutAsked & { readonly words: string };

function steps(board: RolloutBoard): readonly Step[] {
  const { state, approvedAt, sha256, windowStartsAt, windowEndsAt } = board;
  const open = state !== 'done' && state !== 'cancelled';
  return [
    ...(open && approvedAt === null
      ? [
          {
            verb: 'approve',
            body: { sha256, windowStartsAt, windowEndsAt },
            words: 'Approve for all our connections',
          } as const,
        ]
      : []),
    ...(state === 'ready' ? [{ verb: 'begin', words: 'Begin with the first cohort' } as const] : []),
    ...(state === 'moving' ? [{ verb: 'stop', words: 'Stop' } as const] : []),
    ...(state === 'stopped' ? [{ verb: 'resume', words: 'Resume' } as const] : []),
    ...(open ? [{ verb: 'cancel', words: 'Cancel the rollout' } as const] : []),
  ];
}

/** What people can ask of a rollout in its state; an approval binds to fingerprint and window. */
export function RolloutActions({ board }: { board: RolloutBoard }) {
  const ask = useAskRollout(board.id);
  const announce = useAnnounce();
  return (
    <>
      <div className={styles.buttons}>
        {steps(board).map(({ words, ...asked }, index) => (
          <ActionButton
            key={asked.verb}
            variant={index === 0 && asked.verb !== 'cancel' ? 'filled' : 'default'}
            busyWord="Asking"
            busy={ask.isPending && ask.variables.verb === asked.verb}
            disabled={ask.isPending && ask.variables.verb !== asked.verb}
            onClick={() => ask.mutate(asked, { onSuccess: () => announce(`Asked: ${words}.`) })}
          >
            {words}
          </ActionButton>
        ))}
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </>
  );
}
