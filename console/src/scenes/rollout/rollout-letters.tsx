import type { RolloutBoard } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { trustFileAddress } from '../../api/client-certificates.ts';
import { useRolloutLetters } from '../../api/rollouts.ts';
import { DownloadLink } from '../../elements/download-link.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import styles from './rollout-letters.module.css';

const lettersAtOnce = 20;

/** Who does not trust the next certificate yet, by customer, each with a text ready to send. */
export function RolloutLetters({ board }: { board: RolloutBoard }) {
  const { notTrusting, id, state } = board;
  const refused = notTrusting.filter(({ tried }) => tried);
  // While canaries run, nobody who was not tried yet is to blame.
  const isWanted = refused.length > 0 || (state !== 'canaries' && notTrusting.length > 0);
  const letters = useRolloutLetters(id, isWanted);
  const [shown, setShown] = useState(lettersAtOnce);
  if (!isWanted) return null;
  return (
    <Panel
      title="Who does not trust the next certificate yet"
      aside={
        <Pill tone={refused.length > 0 ? 'bad' : 'idle'}>
          {refused.length > 0 ? `${refused.length} refused or failed` : `${notTrusting.length} not tried`}
        </Pill>
      }
    >
      <LiveLoader query={letters} what="the texts">
        {(list) => (
          <>
            <p className={styles.note}>
              One text for each customer, ready to send with the certificate as a file. When they have done it, say so
              on the connection’s swap: then it is tried again, and moves with the next cohort. One that went back needs
              a swap of its own.
            </p>
            <p>
              <DownloadLink address={trustFileAddress(board.certificateId)}>Certificate and chain (PEM)</DownloadLink>
            </p>
            <ul className={styles.letters}>
              {list.slice(0, shown).map(({ customerId, customerName, hosts, to, subject, text }) => (
                <li key={customerId}>
                  <details className={styles.letter}>
                    <summary className={styles.summary}>
                      <strong>{customerName}</strong>{' '}
                      <span className={styles.note}>
                        {hosts.length === 1 ? hosts[0] : `${hosts.length} hosts`}, to{' '}
                        {to.map(({ email }) => email).join(', ')}
                      </span>
                      <ul className={styles.seen}>
                        {notTrusting
                          .filter((one) => one.customerId === customerId)
                          .slice(0, 3)
                          .map(({ swapId, host, message }) => (
                            <li key={swapId}>
                              {host}: {message}
                            </li>
                          ))}
                      </ul>
                    </summary>
                    <TextBlock
                      title={subject}
                      what={`the text for ${customerName}`}
                      text={text}
                      form="prose"
                      actions={
                        <Button
                          variant="default"
                          size="compact-md"
                          component="a"
                          href={`mailto:${to.map(({ email }) => email).join(',')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}
                        >
                          Write a mail
                        </Button>
                      }
                    />
                  </details>
                </li>
              ))}
            </ul>
            {list.length > shown ? (
              <Button variant="default" onClick={() => setShown(shown + lettersAtOnce * 5)}>
                {`Show more of ${list.length - shown}`}
              </Button>
            ) : null}
          </>
        )}
      </LiveLoader>
    </Panel>
  );
}
