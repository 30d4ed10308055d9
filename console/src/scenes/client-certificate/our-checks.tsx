import type { FiveChecks } from '@sallyport/console-api';
import { CheckMark } from '../../elements/check-mark.tsx';
import { Instant } from '../../elements/instant.tsx';
import { actorWords } from '../../words/actor.ts';
import { checkNames, checkStatusWords, checkWords } from '../../words/check.ts';
import type { laterRevocation } from './later-revocation.ts';
import styles from './our-checks.module.css';

interface OurChecksProperties {
  readonly checks: FiveChecks;
  /** What was learned of its revocation after they were made. */
  readonly later?: ReturnType<typeof laterRevocation>;
}

/** The five checks on a certificate of ours: mark, word, sentence, and who must act where one failed. */
export function OurChecks({ checks, later = null }: OurChecksProperties) {
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
              {name === 'revocation' && later !== null ? (
                <p>
                  Learned since then, <Instant at={later.at} />: {later.message}
                </p>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
