import type { ClientCertificate } from '@sallyport/console-api';
import { noticeInstants } from '../../words/certificate-notices.ts';
import { dateWords, lifeLeftWords, expiryTone } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';
import type { ExpiryAxis } from './expiry-axis.ts';
import type { TimelinePlan } from './timeline-rows.ts';
import styles from './validity-bar.module.css';

interface ValidityBarProperties {
  readonly certificate: Pick<ClientCertificate, 'notBefore' | 'notAfter'>;
  readonly axis: ExpiryAxis;
  readonly now: number;
  /** Where its renewal changes how much it alarms. */
  readonly tone?: Tone;
  /** Windows in which others take its place, or it takes theirs. */
  readonly plans?: readonly TimelinePlan[];
  /** The last sensible day to act; null where nobody has to. */
  readonly actBy?: number | null;
}

const percent = (share: number): string => `${share.toFixed(2)}%`;
/** Just beyond the picture: a bar that goes on there has no end to be seen. */
const clipped = (share: number): number => Math.min(104, Math.max(-4, share));

/** One certificate's validity on the common axis: what is spent, what is left, the notices, its end; windows, and by when to act. */
export function ValidityBar({ certificate, axis, now, plans = [], actBy = null, ...given }: ValidityBarProperties) {
  const { notBefore, notAfter } = certificate;
  const begin = clipped(axis.place(Date.parse(notBefore)));
  const end = clipped(axis.place(Date.parse(notAfter)));
  const today = clipped(axis.place(now));
  const spent = Math.min(end, Math.max(begin, today));
  const tone = given.tone ?? expiryTone(certificate, now);
  const notices = noticeInstants(notBefore, notAfter).map((instant) => new Date(instant).toISOString());
  return (
    <svg
      className={styles.row}
      role="img"
      aria-label={barWords({ certificate, now, plans, actBy, notices })}
      data-tone={tone}
    >
      {axis.ticks.map(({ at }) => (
        <line className={styles.grid} key={at} x1={percent(at)} x2={percent(at)} y1="0" y2="52" />
      ))}
      {end > begin ? (
        <>
          <rect className={styles.spent} x={percent(begin)} width={percent(spent - begin)} y="18" height="16" />
          <rect className={styles.left} x={percent(spent)} width={percent(end - spent)} y="18" height="16" />
          <rect className={styles.outline} x={percent(begin)} width={percent(end - begin)} y="18" height="16" rx="4" />
        </>
      ) : null}
      {end <= 0 ? (
        <text className={styles.gone} x="6" y="31">
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
            cy="42"
            r="3"
          >
            <title>{`Notice, ${dateWords(notice)}`}</title>
          </circle>
        );
      })}
      {end > 0 && end < 100 ? (
        <line className={styles.end} x1={percent(end)} x2={percent(end)} y1="13" y2="39" />
      ) : null}
      <line className={styles.today} x1={percent(today)} x2={percent(today)} y1="0" y2="52" />
      {actBy === null || axis.place(actBy) < 0 || axis.place(actBy) > 100 ? null : (
        <svg className={styles.mark} x={percent(axis.place(actBy))} y="4">
          <title>{`Act by ${dateWords(new Date(actBy).toISOString())}`}</title>
          <path className={styles.flag} d="M0 0 L10 4 L0 8 Z" />
          <line className={styles.flagpole} x1="0" x2="0" y1="0" y2="32" />
        </svg>
      )}
      {plans.map((plan) => (
        <PlanMark key={`${plan.id} ${plan.words}`} plan={plan} axis={axis} />
      ))}
    </svg>
  );
}

/** The window as long as it is, with a diamond that also the shortest one shows. */
function PlanMark({ plan, axis }: { plan: TimelinePlan; axis: ExpiryAxis }) {
  const [from, until] = [axis.place(plan.from), axis.place(plan.until)];
  if (until < 0 || from > 100) return null;
  return (
    <g>
      <title>{planWords(plan)}</title>
      <rect className={styles.plan} x={percent(from)} width={percent(Math.max(0, until - from))} y="24" height="4" />
      <svg className={styles.mark} x={percent((from + until) / 2)} y="26">
        <path className={styles.planMark} d="M0 -7 L7 0 L0 7 L-7 0 Z" />
      </svg>
    </g>
  );
}

function planWords({ words, from }: TimelinePlan): string {
  return `${words}, window from ${dateWords(new Date(from).toISOString())}`;
}

/** The same for those who do not see it. */
function barWords({
  certificate: { notBefore, notAfter },
  now,
  plans,
  actBy,
  notices,
}: Pick<ValidityBarProperties, 'certificate' | 'now'> & {
  readonly plans: readonly TimelinePlan[];
  readonly actBy: number | null;
  readonly notices: readonly string[];
}): string {
  const next = notices.find((notice) => Date.parse(notice) > now);
  return [
    `Valid from ${dateWords(notBefore)} to ${dateWords(notAfter)}, ${lifeLeftWords(notAfter, now)}`,
    ...(actBy === null ? [] : [`last sensible day to act ${dateWords(new Date(actBy).toISOString())}`]),
    ...plans.map(planWords),
    ...(next === undefined ? [] : [`next notice due ${dateWords(next)}`]),
  ].join('; ');
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
        <text className={styles.month} key={at} x={percent(at)} y="28" textAnchor="start">
          {label}
        </text>
      ))}
      <line className={styles.today} x1={percent(today)} x2={percent(today)} y1="16" y2="32" />
    </svg>
  );
}
