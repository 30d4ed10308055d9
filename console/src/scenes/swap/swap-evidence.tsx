import type { SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { swapActorWords, swapEventWords } from '../../words/swap-evidence.ts';
import styles from './swap-line.module.css';

type Event = SwapDetail['events'][number];

/** What happened, each in a sentence with its facts; the record itself behind a fold. */
export function SwapEvidence({ events, names }: { events: readonly Event[]; names: SwapDetail['names'] }) {
  return foldedHandshakes(events).map(({ event, more }) => {
    const { sentence, facts } = swapEventWords(event, names);
    return (
      <div className={styles.event} key={event.id}>
        <p>
          {sentence}{' '}
          <span className={styles.by}>
            {more === 0 ? null : `And ${more} more before it. `}
            {swapActorWords(event.actor, names)}, <Instant at={event.at} form="full" />
          </span>
        </p>
        {facts.length === 0 ? null : (
          <dl className={styles.facts}>
            {facts.map(({ term, detail }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{detail}</dd>
              </div>
            ))}
          </dl>
        )}
        <details className={styles.raw}>
          <summary>The record</summary>
          <pre className={styles.record}>{JSON.stringify(event.evidence, null, 2)}</pre>
        </details>
      </div>
    );
  });
}

/** Of accepted handshakes in a row the last one stands for all: an observation makes many. */
function foldedHandshakes(events: readonly Event[]): { readonly event: Event; readonly more: number }[] {
  const folded: { event: Event; more: number }[] = [];
  for (const event of events) {
    const last = folded.at(-1);
    if (last?.event.step === 'handshake-accepted' && event.step === 'handshake-accepted')
      folded[folded.length - 1] = { event, more: last.more + 1 };
    else folded.push({ event, more: 0 });
  }
  return folded;
}
