import type { SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { swapActorWords, swapEventWords } from '../../words/swap-evidence.ts';
import styles from './swap-line.module.css';

type Event = SwapDetail['events'][number];

/** What happened, each in a sentence with its facts; the records themselves behind a fold. */
export function SwapEvidence({ events, names }: { events: readonly Event[]; names: SwapDetail['names'] }) {
  if (events.length === 0) return null;
  return (
    <>
      {foldedHandshakes(events).map(({ event, more }) => (
        <Told key={event.id} event={event} more={more} names={names} />
      ))}
      <details className={styles.raw}>
        <summary>{events.length === 1 ? 'The record' : `The ${events.length} records`}</summary>
        {events.map(({ id, at, step, actor, from, to, evidence }) => (
          // What scrolls must be reachable by the keyboard.
          <pre className={styles.record} key={id} tabIndex={0} role="group" aria-label={`Record of ${step}`}>
            {JSON.stringify({ at, step, from, to, actor, evidence }, null, 2)}
          </pre>
        ))}
      </details>
    </>
  );
}

/** `more` are like it and came before it. */
function Told({ event, more, names }: { event: Event; more: number; names: SwapDetail['names'] }) {
  const { sentence, facts } = swapEventWords(event, names);
  return (
    <div className={styles.event}>
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
    </div>
  );
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
