import type { SwapAsk, SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { swapActorWords } from '../../words/swap-evidence.ts';
import styles from './swap-line.module.css';

const askWords: Readonly<Record<SwapAsk, string>> = {
  trusted: 'That the customer trusts it',
  'canary-at': 'Canary at an agreed time',
  canary: 'Canary now',
  schedule: 'A window',
  activate: 'Activate',
  'roll-back': 'Roll back',
  finish: 'Finish now',
  resume: 'Go on',
  cancel: 'Cancel',
};

/** What people asked for, and what the connectors answered: a refusal is evidence too. */
export function SwapRequests({ requests, names }: Pick<SwapDetail, 'requests' | 'names'>) {
  if (requests.length === 0) return null;
  return (
    <Panel title="What people asked for">
      <ul className={styles.cards}>
        {requests.map(({ id, ask, by, at, detail, answeredAt, refusal }) => (
          <li className={styles.card} key={id}>
            <div className={styles.cardHead}>
              <strong>{[askWords[ask], ...reasonOf(detail)].join(': ')}</strong>
              <Answer answeredAt={answeredAt} refusal={refusal} />
            </div>
            {refusal === null ? null : <span>{refusal.message}</span>}
            <span className={styles.by}>
              {swapActorWords(by, names)}, <Instant at={at} form="full" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Answer({ answeredAt, refusal }: Pick<SwapDetail['requests'][number], 'answeredAt' | 'refusal'>) {
  if (answeredAt === null) return <Pill tone="info">no connector has taken it up yet</Pill>;
  return refusal === null ? <Pill tone="ok">done</Pill> : <Pill tone="warn">refused</Pill>;
}

function reasonOf(detail: unknown): string[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail).flatMap(([name, value]) =>
    (name === 'reason' || name === 'note') && typeof value === 'string' ? [value] : [],
  );
}
