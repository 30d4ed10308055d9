import type { DiagnosisFinding } from '@sallyport/console-api';
import { TextBlock } from '../../../elements/text-block.tsx';
import styles from './far-side-log.module.css';

/** Where the far side's own log speaks of what we saw: the instant, our address, what was sent, and its products' words. */
export function FarSideLog({ log }: { log: NonNullable<DiagnosisFinding['farSideLog']> }) {
  const facts = [
    `${log.utc} (${log.local})`,
    ...(log.ourAddress === null ? [] : [`from ${log.ourAddress}${log.ourPort === null ? '' : `:${log.ourPort}`}`]),
    ...(log.serverName === null ? [] : [`server name ${log.serverName}`]),
    ...(log.serialSent === null ? [] : [`certificate of serial ${log.serialSent}`]),
    ...(log.alertReceived === null ? [] : [`alert ${log.alertReceived} received`]),
  ].join('\n');
  return (
    <div className={styles.log}>
      <TextBlock title="Look for this in the far side’s log" what="the line for their log" text={facts} />
      {log.texts.length === 0 ? null : (
        <details className={styles.texts}>
          <summary>What each product writes there</summary>
          <dl>
            {log.texts.map(({ product, text }) => (
              <div key={product}>
                <dt>{product}</dt>
                <dd className="code">{text}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
