import type { FiveChecks } from '@sallyport/console-api';
import { CheckMark } from '../../elements/check-mark.tsx';
import { actorWords } from '../../words/actor.ts';
import { checkNames, checkStatusWords, checkWords } from '../../words/check.ts';
import styles from './our-checks.module.css';

/** The five checks on a certificate of ours: mark, word, sentence, and who must act where one failed. */
export function OurChecks({ checks }: { checks: FiveChecks }) {
  return (
    <ul className={styles.checks}>
      {checkNames.map((name) => {
        const { status, message, actor } = checks[name];
        return (
          <li className={styles.check} key={name}>
            <CheckMark status={status} />
            <div className={styles.words}>
              <strong>{checkWords[name].title}</strong>: {checkStatusWords(status).word.toLowerCase()}
              <p>
                {message} {actor === null || status !== 'fail' ? null : `${actorWords(actor)} must act.`}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
