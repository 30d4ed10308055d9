import type { Actor, CheckName, CheckResult, ShownCertificate } from '@sallyport/console-api';
import { CheckMark } from '../../elements/check-mark.tsx';
import { actorWords } from '../../words/actor.ts';
import { checkSentence } from '../../words/check-sentence.ts';
import { checkStatusWords, checkWords } from '../../words/check.ts';
import { adviceFor } from './advice.ts';
import { evidenceFacts } from './evidence.ts';
import styles from './check-card.module.css';

interface CheckCardProperties {
  readonly name: CheckName;
  readonly check: CheckResult;
  readonly path: readonly ShownCertificate[];
}

/** One check: verdict, plain words, who must act where somebody must, and the evidence on request. */
export function CheckCard({ name, check, path }: CheckCardProperties) {
  const { word, tone } = checkStatusWords(check.status);
  const facts = evidenceFacts(check.evidence);
  return (
    <li className={styles.card} data-tone={tone} data-check={name} data-status={check.status}>
      <div className={styles.head}>
        <CheckMark status={check.status} size={26} />
        <h3 className={styles.title}>
          {checkWords[name].title}
          <span className={styles.status} data-tone={tone}>
            {word}
          </span>
        </h3>
      </div>
      <p className={styles.question}>{checkWords[name].question}</p>
      <p className={styles.message}>{checkSentence(name, check, path)}</p>
      {check.actor === null ? null : <ActorLine check={check} actor={check.actor} />}
      <details className={styles.evidence} open={check.status === 'fail'}>
        <summary>Evidence</summary>
        <dl>
          <div>
            <dt>Code</dt>
            <dd className="code">{check.code}</dd>
          </div>
          {facts.map(({ term, detail }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

/** Who must act on a failure; on what is unknown somebody only can. */
function ActorLine({ check, actor }: { check: CheckResult; actor: Actor }) {
  if (check.status === 'fail') {
    return (
      <p className={styles.must}>
        {actorWords(actor)} must act. {adviceFor(check.code)}
      </p>
    );
  }
  if (check.status !== 'unknown') return null;
  const advice = adviceFor(check.code);
  return <p className={styles.can}>{advice === '' ? `${actorWords(actor)} can act.` : advice}</p>;
}
