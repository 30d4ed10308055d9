import type { Diagnosis } from '@sallyport/console-api';
import { Instant } from '../../../elements/instant.tsx';
import { Notice } from '../../../elements/notice.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { Pill } from '../../../elements/pill.tsx';
import { durationWords } from '../../../words/time.ts';
import styles from './diagnosis-view.module.css';
import { verdictWords } from './diagnosis-words.ts';
import { OtherCauses } from './other-causes.tsx';
import { ProbeTable } from './probe-table.tsx';
import { TopAnswer } from './top-answer.tsx';

/** One run: the answer first, then what else it could be and how to tell, then what was tried. */
export function DiagnosisView({ diagnosis, isNewest }: { diagnosis: Diagnosis; isNewest: boolean }) {
  const [top, ...others] = diagnosis.findings;
  const { word, tone } = verdictWords[diagnosis.verdict];
  return (
    <>
      <Panel title={isNewest ? 'The answer' : 'The answer of then'} aside={<Pill tone={tone}>{word}</Pill>}>
        <p className={styles.when}>
          Seen by {diagnosis.connectorId} <Instant at={diagnosis.at} /> (<Instant at={diagnosis.at} form="full" />
          ), {diagnosis.askedBy === 'person' ? 'asked by a person' : 'by itself, when the connection began to fail'}.
        </p>
        {top === undefined ? (
          <Notice tone="ok" title="Nothing is wrong.">
            <p>Every probe that ran got the answer that the terms ask for. Nobody has to act.</p>
          </Notice>
        ) : (
          <TopAnswer finding={top} />
        )}
      </Panel>
      {others.length === 0 ? null : (
        <Panel title={others.length === 1 ? 'One other finding' : `${others.length} other findings`}>
          <OtherCauses findings={others} />
        </Panel>
      )}
      <Panel title="What was tried">
        <p className={styles.when}>
          {diagnosis.handshakes} of 25 handshakes, {diagnosis.requests}{' '}
          {diagnosis.requests === 1 ? 'request' : 'requests'}, {durationWords(diagnosis.milliseconds)} in all;{' '}
          {diagnosis.negativeProbes ? 'with' : 'without'} the probes that the far side must refuse.
        </p>
        <ProbeTable probes={diagnosis.probes} />
      </Panel>
    </>
  );
}
