import type { DiagnosisFinding } from '@sallyport/console-api';
import { Pill } from '../../../elements/pill.tsx';
import { TextBlock } from '../../../elements/text-block.tsx';
import { actorWords } from '../../../words/actor.ts';
import { certaintyWords, pleaseSentence, severityTones, severityWords } from './diagnosis-words.ts';
import { FarSideLog } from './far-side-log.tsx';
import styles from './top-answer.module.css';

/** The cause, how certain it is, who must act and what they must do; the text to send them; how to see it without us. */
export function TopAnswer({ finding }: { finding: DiagnosisFinding }) {
  return (
    <article className={styles.answer} data-rule={finding.rule} aria-label="The most likely cause">
      <p className={styles.cause} data-tone={severityTones[finding.severity]}>
        {finding.cause}
      </p>
      <p className={styles.pills}>
        <Pill tone={severityTones[finding.severity]}>{severityWords[finding.severity]}</Pill>
        <Pill tone={finding.certainty === 'certain' ? 'info' : 'idle'}>{certaintyWords[finding.certainty]}</Pill>
      </p>
      <p className={styles.act}>
        <strong>{actorWords(finding.actor)} must act.</strong> {pleaseSentence(finding.whatToDo)}
      </p>
      {finding.textToSend === '' ? null : (
        <TextBlock
          title={finding.actor === 'operator' ? 'The same as a note' : 'Text to send them'}
          what="the text"
          form="prose"
          text={finding.textToSend}
        />
      )}
      <FindingEvidence finding={finding} />
    </article>
  );
}

/** What was seen, what it rests on, how to tell it from others, where their log speaks of it, how to repeat it. */
export function FindingEvidence({ finding }: { finding: DiagnosisFinding }) {
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>Seen</dt>
          <dd>
            {finding.observation.saw} <span className={styles.mute}>(probe {finding.observation.probe})</span>
          </dd>
        </div>
        {finding.tellApart === '' ? null : (
          <div>
            <dt>What would tell it apart</dt>
            <dd>{finding.tellApart}</dd>
          </div>
        )}
        <div>
          <dt>Rests on</dt>
          <dd>
            {finding.citation}; rule <code>{finding.rule}</code>
          </dd>
        </div>
      </dl>
      {finding.farSideLog === null ? null : <FarSideLog log={finding.farSideLog} />}
      {finding.repeatCommand === '' ? null : (
        <TextBlock title="See it without Sallyport" what="the command" form="command" text={finding.repeatCommand} />
      )}
    </>
  );
}
