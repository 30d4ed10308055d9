import type { Diagnosis } from '@sallyport/console-api';
import { FactTable } from '../../../elements/fact-table.tsx';
import { durationWords } from '../../../words/time.ts';
import { probeOutcomeWords } from './diagnosis-words.ts';
import styles from './probe-table.module.css';

/** Every probe: whether it ran or why not, and what it cost the far side. */
export function ProbeTable({ probes }: { probes: Diagnosis['probes'] }) {
  const ran = probes.filter(({ outcome }) => outcome === 'ran' || outcome === 'stopped');
  const left = probes.filter(({ outcome }) => outcome !== 'ran' && outcome !== 'stopped');
  return (
    <>
      <FactTable
        caption="Probes that ran"
        columns={['Probe', 'May run', 'Outcome', 'Handshakes', 'Requests', 'Took']}
        rows={ran.map(({ id, title, kind, outcome, handshakes, requests, milliseconds }) => ({
          id,
          cells: [
            title,
            kind === 'negative' ? 'only where agreed' : 'always',
            probeOutcomeWords[outcome],
            handshakes,
            requests,
            durationWords(milliseconds).replace(' ', '\u00A0'),
          ],
        }))}
      />
      {left.length === 0 ? null : (
        <details className={styles.left}>
          <summary>{left.length === 1 ? 'One probe was left out' : `${left.length} probes were left out`}</summary>
          <ul>
            {left.map(({ id, title, outcome }) => (
              <li key={id}>
                {title}: {probeOutcomeWords[outcome]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
