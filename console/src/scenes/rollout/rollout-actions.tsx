import type { RolloutBoard } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAskRollout, type RolloutAsked } from '../../api/rollouts.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { connectionsWords } from '../../words/rollout-preview.ts';
import { instantWords } from '../../words/time.ts';
import styles from './rollout-actions.module.css';

interface Step {
  readonly verb: RolloutAsked['verb'];
  readonly words: string;
  /** What follows from it. */
  readonly means: string;
  /** Whether a reason is asked for: it stands on the board and in the audit. */
  readonly withReason: boolean;
}

function steps(board: RolloutBoard): readonly Step[] {
  const { state, approvedAt, counts, windowStartsAt, windowEndsAt, certificateName } = board;
  const open = state !== 'done' && state !== 'cancelled';
  const moved = counts.moved === 0 ? '' : ' What has moved stays where it is.';
  return [
    ...(open && approvedAt === null
      ? [
          {
            verb: 'approve',
            words: `Approve for ${connectionsWords(counts.connections)}`,
            means: `Approves ${certificateName} by its fingerprint, in the window from ${instantWords(windowStartsAt)} to ${instantWords(windowEndsAt)}. Any change voids it.`,
            withReason: false,
          } as const,
        ]
      : []),
    // It begins with an approval only.
    ...(state === 'canaries' && counts.waiting > 0 && approvedAt !== null
      ? [
          {
            verb: 'begin',
            words: 'Go on without the missing canaries',
            means: 'Those that were not tried yet come along later, once their canary is accepted.',
            withReason: true,
          } as const,
        ]
      : []),
    ...(state === 'moving'
      ? [
          {
            verb: 'stop',
            words: 'Stop',
            means: `Nothing further is moved until somebody resumes.${moved}`,
            withReason: true,
          } as const,
        ]
      : []),
    ...(state === 'stopped'
      ? [
          {
            verb: 'resume',
            words: 'Resume',
            means: 'It goes on with the next connections; those that went back stay as they are.',
            withReason: true,
          } as const,
        ]
      : []),
    ...(open
      ? [
          {
            verb: 'cancel',
            words: 'Cancel the rollout',
            means: `It cannot be taken up again; the swaps that have not moved are cancelled.${moved}`,
            withReason: true,
          } as const,
        ]
      : []),
  ];
}

/** What people can ask of a rollout in its state; an approval binds to fingerprint and window, all else takes a reason. */
export function RolloutActions({ board }: { board: RolloutBoard }) {
  const ask = useAskRollout(board.id);
  const announce = useAnnounce();
  const [asking, setAsking] = useState<Step['verb'] | null>(null);
  const offered = steps(board);
  const asked = offered.find(({ verb }) => verb === asking);
  const { sha256, windowStartsAt, windowEndsAt } = board;
  const send = ({ verb, words }: Step, reason: string): void =>
    ask.mutate(
      {
        verb,
        body:
          verb === 'approve'
            ? { sha256, windowStartsAt, windowEndsAt }
            : reason.trim() === ''
              ? {}
              : { reason: reason.trim() },
      },
      {
        onSuccess: () => {
          setAsking(null);
          announce(`Asked: ${words}.`);
        },
      },
    );
  if (offered.length === 0) return null;
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        {offered.map((step, index) => (
          <ActionButton
            key={step.verb}
            variant={index === 0 && step.verb !== 'cancel' && step.verb !== 'stop' ? 'filled' : 'default'}
            busyWord="Asking"
            busy={ask.isPending && ask.variables.verb === step.verb}
            disabled={ask.isPending && ask.variables.verb !== step.verb}
            onClick={() => (step.withReason ? setAsking(asking === step.verb ? null : step.verb) : send(step, ''))}
          >
            {step.words}
          </ActionButton>
        ))}
      </div>
      {offered[0]?.verb === 'approve' && asked === undefined ? <p className={styles.note}>{offered[0].means}</p> : null}
      {asked === undefined ? null : (
        <Reason
          key={asked.verb}
          step={asked}
          busy={ask.isPending}
          onSend={(reason) => send(asked, reason)}
          onLeave={() => setAsking(null)}
        />
      )}
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </div>
  );
}

interface ReasonProperties {
  readonly step: Step;
  readonly busy: boolean;
  readonly onSend: (reason: string) => void;
  readonly onLeave: () => void;
}

function Reason({ step, busy, onSend, onLeave }: ReasonProperties) {
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.reason}
      aria-label={step.words}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSend(reason);
      }}
    >
      <p>{step.means}</p>
      <TextInput
        label="Why"
        description="Stands on the board and in the audit."
        maxLength={1000}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <ActionButton type="submit" variant="filled" busyWord="Asking" busy={busy}>
          {`Yes, ${step.words.slice(0, 1).toLowerCase()}${step.words.slice(1)}`}
        </ActionButton>
        <Button variant="default" disabled={busy} onClick={onLeave}>
          Not now
        </Button>
      </div>
    </form>
  );
}
