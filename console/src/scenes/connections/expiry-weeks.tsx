import { expiryTone, dateWords } from '../../words/time.ts';
import { toneIcons } from '../../elements/pill.tsx';
import { useNow } from '../../elements/instant.tsx';
import { expiriesByWeek, type CertificateEnd } from './fleet.ts';
import styles from './expiry-weeks.module.css';

const weeksShown = 13;

/** What ends in the next quarter, a column a week: our client certificates and the far sides' paths. */
export function ExpiryWeeks({ ends }: { ends: readonly CertificateEnd[] }) {
  const now = useNow(60_000);
  const weeks = expiriesByWeek(ends, now, weeksShown);
  const most = Math.max(1, ...weeks.map((week) => week.ends.length));
  const total = weeks.reduce((sum, week) => sum + week.ends.length, 0);
  return (
    <>
      <ol className={styles.weeks}>
        {weeks.map((week) => {
          const tones = week.ends.map((end) => expiryTone(end, now));
          const tone = (['bad', 'warn', 'ok'] as const).find((one) => tones.includes(one)) ?? 'idle';
          const Icon = toneIcons[tone];
          const names = week.ends.map(({ name, notAfter }) => `${name}, ${dateWords(notAfter)}`).join('\n');
          return (
            <li className={styles.week} key={week.label} title={names}>
              <span className={styles.column} aria-hidden>
                {week.ends.length === 0 ? null : (
                  <svg className={styles.bar} data-tone={tone} viewBox="0 0 10 40" preserveAspectRatio="none">
                    <rect
                      x="0"
                      width="10"
                      y={40 - (40 * week.ends.length) / most}
                      height={(40 * week.ends.length) / most}
                    />
                  </svg>
                )}
              </span>
              <span className={styles.number} data-tone={tone}>
                {week.ends.length === 0 ? (
                  <span className="visually-hidden">none</span>
                ) : (
                  <>
                    {tone === 'ok' ? null : <Icon size={13} stroke={2.6} aria-hidden />}
                    {week.ends.length}
                  </>
                )}
              </span>
              <span className={styles.label}>{week.label}</span>
              {names === '' ? null : <span className="visually-hidden">{names}</span>}
            </li>
          );
        })}
      </ol>
      {total === 0 ? <p className={styles.none}>Nothing ends in the next {weeksShown} weeks.</p> : null}
    </>
  );
}
