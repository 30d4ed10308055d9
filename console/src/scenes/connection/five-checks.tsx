import type { FiveCheckReport } from '@sallyport/console-api';
import { checkNames } from '../../words/check.ts';
import { CheckCard } from './check-card.tsx';
import styles from './five-checks.module.css';

/** The five checks; on a bad day what failed stands first and wide, the rest in its usual order. */
export function FiveChecks({ report }: { report: FiveCheckReport }) {
  const { checks, path } = report;
  const failed = checkNames.filter((name) => checks[name].status === 'fail');
  const others = checkNames.filter((name) => checks[name].status !== 'fail');
  return (
    <section className={styles.section} aria-label="The five checks">
      {failed.length === 0 ? null : (
        <ul className={styles.failed}>
          {failed.map((name) => (
            <CheckCard key={name} name={name} check={checks[name]} path={path} />
          ))}
        </ul>
      )}
      <ul className={styles.others}>
        {others.map((name) => (
          <CheckCard key={name} name={name} check={checks[name]} path={path} />
        ))}
      </ul>
    </section>
  );
}
