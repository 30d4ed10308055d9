import type { DiagnosisFinding } from '@sallyport/console-api';
import { Pill } from '../../../elements/pill.tsx';
import { TextBlock } from '../../../elements/text-block.tsx';
import { actorWords } from '../../../words/actor.ts';
import { certaintyWords, pleaseSentence, severityTones, severityWords } from './diagnosis-words.ts';
import styles from './other-causes.module.css';
import { FindingEvidence } from './top-answer.tsx';

/** The findings behind the first, in their order: each with what would tell it apart, and the rest on request. */
export function OtherCauses({ findings }: { findings: readonly DiagnosisFinding[] }) {
  return (
    <ol className={styles.causes} start={2}>
      {findings.map((finding) => (
        <li className={styles.cause} key={`${finding.rule} ${finding.observation.probe}`}>
          <p className={styles.title}>
            <strong>{finding.cause}</strong>
            <Pill tone={severityTones[finding.severity]}>{severityWords[finding.severity]}</Pill>
            <Pill tone={finding.certainty === 'certain' ? 'info' : 'idle'}>{certaintyWords[finding.certainty]}</Pill>
          </p>
          <p>
            {actorWords(finding.actor)} can act. {pleaseSentence(finding.whatToDo)}
          </p>
          {finding.tellApart === '' ? null : <p className={styles.apart}>To tell it apart: {finding.tellApart}</p>}
          <details className={styles.more}>
            <summary>Text to send, evidence and command</summary>
            <div className={styles.inside}>
              {finding.textToSend === '' ? null : (
                <TextBlock title="Text to send" what="the text" form="prose" text={finding.textToSend} />
              )}
              <FindingEvidence finding={finding} />
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}
