import type { CheckStatus, FiveChecks as Checks } from '@sallyport/console-api';
import { checkNames } from '../../words/check.ts';
import { CheckCard } from './check-card.tsx';
import styles from './five-checks.module.css';

const urgency: Readonly<Record<CheckStatus, number>> = { fail: 0, unknown: 1, pass: 2, 'not-applicable': 3 };

/** The five checks; on a bad day what failed stands first, the rest stays in its usual order. */
export function FiveChecks({ checks }: { checks: Checks }) {
  const failed = checkNames.some((name) => checks[name].status === 'fail');
  const ordered = failed
    ? checkNames.toSorted((one, other) => urgency[checks[one].status] - urgency[checks[other].status])
    : checkNames;
  return (
    <section aria-label="The five checks">
      <ul className={styles.five}>
        {ordered.map((name) => (
          <CheckCard key={name} name={name} check={checks[name]} />
        ))}
      </ul>
    </section>
  );
}
