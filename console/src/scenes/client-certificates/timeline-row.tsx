import type { ClientCertificate } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Pill } from '../../elements/pill.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { commonName } from '../../words/distinguished-name.ts';
import { dateWords, lifeLeftWords } from '../../words/time.ts';
import type { ExpiryAxis } from './expiry-axis.ts';
import styles from './expiry-timeline.module.css';
import type { TimelineRow } from './timeline-rows.ts';
import { ValidityBar } from './validity-bar.tsx';

/** Plans that are told beside the bar; the marks on it have all. */
const mostPlans = 2;

/** One certificate: what it is, its bar on the common axis, its end, and what follows it. */
export function TimelineRowView({ row, axis, now }: { row: TimelineRow; axis: ExpiryAxis; now: number }) {
  const { certificate, tone, notAfter, plans, actBy, look } = row;
  const shownActBy = tone === 'ok' || tone === 'idle' ? null : actBy;
  // Not for the end of its life: it is wrong, or a swap stands still, today.
  const actsNow = look !== null && (shownActBy === null || shownActBy > now);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <Link className={styles.name} to={row.to}>
          {row.name}
        </Link>
        <div className={styles.detail}>
          {row.kind === null
            ? 'what browsers and the API see of us'
            : `${certificateKindWords(row.kind)}, ${row.owner}`}
        </div>
        {certificate === null ? null : <Marks certificate={certificate} />}
      </div>
      <ValidityBar certificate={row} axis={axis} now={now} tone={tone} plans={plans} actBy={actBy} />
      <div className={styles.rest}>
        <Pill tone={tone}>{lifeLeftWords(notAfter, now)}</Pill>
        <div className={styles.detail}>
          <span title={`from ${commonName(row.issuer)}`}>until {dateWords(notAfter)}</span>
        </div>
        <Following row={row} />
        {actsNow ? (
          <div className={styles.act} title={`It ${look.words}`}>
            to act on now
          </div>
        ) : shownActBy === null ? null : (
          <div className={styles.act}>
            act by {dateWords(new Date(shownActBy).toISOString())}
            {shownActBy <= now ? ', overdue' : ''}
          </div>
        )}
        {plans.slice(0, mostPlans).map((plan) => (
          <div className={styles.detail} key={`${plan.id} ${plan.words}`}>
            <Link to={plan.to}>window {dateWords(new Date(plan.from).toISOString())}</Link>
          </div>
        ))}
      </div>
    </li>
  );
}

function Following({ row: { renewal, follows, tone } }: { row: TimelineRow }) {
  return (
    <>
      {renewal.state === 'under-way' ? (
        <div className={styles.next}>
          → <Link to={renewal.to}>{renewal.words}</Link>
        </div>
      ) : renewal.state === 'there' && tone !== 'ok' ? (
        <div className={styles.next}>
          → <Link to={renewal.to}>{renewal.name}</Link> is there, no swap is proposed
        </div>
      ) : renewal.state === 'not-needed' && follows.length === 0 ? (
        <div className={styles.detail}>nothing presents it now</div>
      ) : null}
      {follows.map(({ name, to }) => (
        <div className={styles.next} key={to}>
          ← takes over from <Link to={to}>{name}</Link>
        </div>
      ))}
    </>
  );
}

/** What stands with a certificate besides its time: only what there is to say. */
function Marks({ certificate }: { certificate: ClientCertificate }) {
  const { usages, blocking, warnings, revocation, isDefault } = certificate;
  // Only what presents it now: a swap that is under way stands at its end.
  const using = usages.filter(({ pointer }) => pointer === 'current');
  return (
    <div className={styles.marks}>
      {revocation?.status === 'revoked' ? <Pill tone="bad">revoked</Pill> : null}
      {blocking > 0 ? (
        <Pill tone="bad">{blocking === 1 ? '1 finding blocks it' : `${blocking} findings block it`}</Pill>
      ) : null}
      {warnings > 0 ? <Pill tone="warn">{warnings === 1 ? '1 warning' : `${warnings} warnings`}</Pill> : null}
      {isDefault ? <Pill tone="info">default for new connections</Pill> : null}
      {using.length > 0 ? (
        <span className={styles.detail}>
          {using.length === 1 ? `used by ${using[0]?.connectionName ?? '1 connection'}` : `${using.length} connections`}
        </span>
      ) : null}
    </div>
  );
}
