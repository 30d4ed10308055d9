import type { ReplayAnswer } from '@sallyport/console-api';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useReplay, type TriedRules } from '../../api/revocation.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { dateWords } from '../../words/time.ts';
import styles from './replay-panel.module.css';

const rules: Readonly<Record<string, { readonly label: string; readonly change: TriedRules }>> = {
  hard: { label: 'What cannot be told is refused (hard)', change: { revocation: 'hard' } },
  strict: {
    label: 'Hard, and no grace after the next update',
    change: { revocation: 'hard', revocationRules: { graceHours: 0 } },
  },
  four: { label: 'The TLS policy tls12-four', change: { tlsPolicy: 'tls12-four' } },
};

/** Before a rule is made stricter: whom would it refuse today? */
export function ReplayPanel() {
  const [rule, setRule] = useState('hard');
  const replay = useReplay();
  return (
    <Panel title="Whom would a stricter rule refuse?">
      <p className={styles.reason}>
        Chains that were shown are judged again as if the rule held for every connection in use. Nothing is dialled and
        nothing changes by it.
      </p>
      <div className={styles.form}>
        <NativeSelect
          label="Rule"
          data={Object.entries(rules).map(([value, { label }]) => ({ value, label }))}
          value={rule}
          onChange={(event) => {
            replay.reset();
            setRule(event.currentTarget.value);
          }}
        />
        <ActionButton
          busyWord="Judging"
          busy={replay.isPending}
          onClick={() => replay.mutate(rules[rule]?.change ?? {})}
        >
          Try it
        </ActionButton>
      </div>
      {replay.isError ? <ProblemNotice problem={replay.error} /> : null}
      {replay.data === undefined ? null : <Outcome answer={replay.data} />}
    </Panel>
  );
}

function Outcome({ answer: { judged, refused, notJudged } }: { answer: ReplayAnswer }) {
  const chains = judged === 1 ? 'One connection was judged' : `${judged} connections were judged`;
  return (
    <div className={styles.outcome} role="status">
      <Notice
        tone={refused.length === 0 ? 'ok' : 'warn'}
        title={
          refused.length === 0
            ? 'Nobody would be refused.'
            : `${refused.length} ${refused.length === 1 ? 'connection' : 'connections'} would be refused.`
        }
      >
        <p>
          {chains}.{' '}
          {notJudged.length === 0
            ? ''
            : `Of ${notJudged.length} no accepted chain is kept; they are judged at their next check.`}
        </p>
        {refused.length === 0 ? null : (
          <ul>
            {refused.map(({ connectionId, name, host, message, actor, seenAt }) => (
              <li key={connectionId}>
                <Link to={`/connections/${connectionId}`}>{name}</Link> ({host}, chain of {dateWords(seenAt)}):{' '}
                {message}
                {actor === null ? '' : ` ${actorWords(actor)} would have to act.`}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
