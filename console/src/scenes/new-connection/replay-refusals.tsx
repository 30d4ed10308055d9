import { Problem } from '../../api/problem.ts';
import { actorWords } from '../../words/actor.ts';
import { dateWords } from '../../words/time.ts';
import type { ReplayRefusal } from '@sallyport/console-api';
import styles from './connection-form.module.css';

interface Refusing {
  readonly refused: readonly ReplayRefusal[];
  /** Hash of the terms that would refuse. */
  readonly termsSha256: string;
}

/** What a refusal says of whom stricter terms would refuse today; null for any other refusal. */
export function refusingOf(error: unknown): Refusing | null {
  if (!(error instanceof Problem) || error.code !== 'replay-refuses') return null;
  const { refused, termsSha256 } = error.seen;
  if (!Array.isArray(refused) || typeof termsSha256 !== 'string') return null;
  return { refused: refused as readonly ReplayRefusal[], termsSha256 };
}

interface ReplayRefusalsProperties {
  readonly refusing: Refusing;
  readonly confirmed: boolean;
  readonly onChange: (confirmed: boolean) => void;
}

/** Who would be refused today, by which check, who could mend it; and the word that they are to be refused. */
export function ReplayRefusals({ refusing, confirmed, onChange }: ReplayRefusalsProperties) {
  return (
    <div>
      <ul>
        {refusing.refused.map(({ connectionId, host, message, code, actor, seenAt }) => (
          <li key={connectionId}>
            <strong>{host}</strong>, by the chain of {dateWords(seenAt)}: {message} <code>{code}</code>
            {actor === null ? '' : ` ${actorWords(actor)} would have to act.`}
          </li>
        ))}
      </ul>
      <label className={styles.tick}>
        <input type="checkbox" checked={confirmed} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>
          <strong>Write them down all the same: what is refused then is meant to be refused.</strong>
          <span className={styles.note}>
            Only these terms: <code>{refusing.termsSha256}</code>
          </span>
        </span>
      </label>
    </div>
  );
}
