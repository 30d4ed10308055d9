import type { CheckName, CheckResult } from '@sallyport/console-api';
import { CheckMark } from '../../elements/check-mark.tsx';
import { actorWords } from '../../words/actor.ts';
import { checkStatusWords, checkWords } from '../../words/check.ts';
import { evidenceFacts } from './evidence.ts';
import styles from './check-card.module.css';

/** One check: verdict, plain words, who must act where somebody must, and the evidence on request. */
export function CheckCard({ name, check }: { name: CheckName; check: CheckResult }) {
  const { word, tone } = checkStatusWords(check.status);
  const facts = evidenceFacts(check.evidence);
  return (
    <li className={styles.card} data-tone={tone} data-check={name} data-status={check.status}>
      <h3 className={styles.title}>
        <CheckMark status={check.status} size={26} />
        <span>{checkWords[name].title}</span>
        <span className={styles.status} data-tone={tone}>
          {word}
        </span>
      </h3>
      <p className={styles.question}>{checkWords[name].question}</p>
      <p className={styles.message}>{check.message}</p>
      {check.actor === null || check.status === 'pass' ? null : (
        <p className={styles.actor}>{actorWords(check.actor)} must act.</p>
      )}
      <details className={styles.evidence}>
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
