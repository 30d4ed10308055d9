import type { ClientCertificate } from '@sallyport/console-api';
import { noticeInstants } from '../../words/certificate-notices.ts';
import { dateWords, daysLeftWords, daysUntil, expiryTone } from '../../words/time.ts';
import type { ExpiryAxis } from './expiry-axis.ts';
import styles from './validity-bar.module.css';

interface ValidityBarProperties {
  readonly certificate: Pick<ClientCertificate, 'notBefore' | 'notAfter'>;
  readonly axis: ExpiryAxis;
  readonly now: number;
}

const percent = (share: number): string => `${share.toFixed(2)}%`;
/** Just beyond the picture: a bar that goes on there has no end to be seen. */
const clipped = (share: number): number => Math.min(104, Math.max(-4, share));

/** One certificate's validity on the common axis: what is spent, what is left, the notices, its end. */
export function ValidityBar({ certificate, axis, now }: ValidityBarProperties) {
  const { notBefore, notAfter } = certificate;
  const begin = clipped(axis.place(Date.parse(notBefore)));
  const end = clipped(axis.place(Date.parse(notAfter)));
  const today = clipped(axis.place(now));
  const spent = Math.min(end, Math.max(begin, today));
  const tone = expiryTone(certificate, now);
  const notices = noticeInstants(notBefore, notAfter).map((instant) => new Date(instant).toISOString());
  const next = notices.find((notice) => Date.parse(notice) > now);
  const words = [
    `Valid from ${dateWords(notBefore)} to ${dateWords(notAfter)}, ${daysLeftWords(daysUntil(notAfter, now))}`,
    ...(next === undefined ? [] : [`next notice due ${dateWords(next)}`]),
  ].join('; ');
  return (
    <svg className={styles.row} role="img" aria-label={words} data-tone={tone}>
      {axis.ticks.map(({ at, label }) => (
        <line className={styles.grid} key={label} x1={percent(at)} x2={percent(at)} y1="0" y2="48" />
      ))}
      {end > begin ? (
        <>
          <rect className={styles.spent} x={percent(begin)} width={percent(spent - begin)} y="14" height="16" />
          <rect className={styles.left} x={percent(spent)} width={percent(end - spent)} y="14" height="16" />
          <rect className={styles.outline} x={percent(begin)} width={percent(end - begin)} y="14" height="16" rx="4" />
        </>
      ) : null}
      {end <= 0 ? (
        <text className={styles.gone} x="6" y="27">
          ◂ ended {dateWords(notAfter)}
        </text>
      ) : null}
      {notices.map((notice) => {
        const at = axis.place(Date.parse(notice));
        return at < 0 || at > 100 ? null : (
          <circle
            className={styles.notice}
            data-past={Date.parse(notice) <= now}
            key={notice}
            cx={percent(at)}
            cy="38"
            r="3"
          >
            <title>{`Notice, ${dateWords(notice)}`}</title>
          </circle>
        );
      })}
      {end > 0 && end < 100 ? <line className={styles.end} x1={percent(end)} x2={percent(end)} y1="8" y2="36" /> : null}
      <line className={styles.today} x1={percent(today)} x2={percent(today)} y1="0" y2="48" />
    </svg>
  );
}

/** The months above the bars, and where today is. */
export function AxisLabels({ axis, now }: { axis: ExpiryAxis; now: number }) {
  const today = axis.place(now);
  return (
    <svg className={styles.axis} aria-hidden>
      <text className={styles.todayLabel} x={percent(today)} y="12" textAnchor="middle">
        today
      </text>
      {axis.ticks.map(({ at, label }) => (
        <text className={styles.month} key={label} x={percent(at)} y="28" textAnchor="start">
          {label}
        </text>
      ))}
      <line className={styles.today} x1={percent(today)} x2={percent(today)} y1="16" y2="32" />
    </svg>
  );
}
