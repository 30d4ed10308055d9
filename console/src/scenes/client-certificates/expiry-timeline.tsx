import type { ClientCertificate } from '@sallyport/console-api';
import { Link } from 'react-router';
import { useNow } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { commonName } from '../../words/distinguished-name.ts';
import { dateWords, daysLeftWords, daysUntil, expiryTone } from '../../words/time.ts';
import { expiryAxis } from './expiry-axis.ts';
import styles from './expiry-timeline.module.css';
import { AxisLabels, ValidityBar } from './validity-bar.tsx';

/** All certificates below one another on one axis of time: how long each lives, today, and when notices fall due. */
export function ExpiryTimeline({ certificates }: { certificates: readonly ClientCertificate[] }) {
  const now = useNow(60_000);
  const sorted = certificates.toSorted((one, other) => one.notAfter.localeCompare(other.notAfter));
  const axis = expiryAxis(
    sorted.map(({ notAfter }) => Date.parse(notAfter)),
    now,
  );
  return (
    <>
      <div className={styles.axis}>
        <AxisLabels axis={axis} now={now} />
      </div>
      <ol className={styles.rows} aria-label="Client certificates, what ends first above">
        {sorted.map((certificate) => (
          <li className={styles.row} key={certificate.id}>
            <div className={styles.words}>
              <Link className={styles.name} to={`/client-certificates/${certificate.id}`}>
                {certificate.name}
              </Link>
              <div className={styles.detail}>
                {certificateKindWords(certificate.kind)}, {certificate.customerName ?? 'ours'}
              </div>
              <Marks certificate={certificate} />
            </div>
            <ValidityBar certificate={certificate} axis={axis} now={now} />
            <div className={styles.rest}>
              <Pill tone={expiryTone(certificate, now)}>{daysLeftWords(daysUntil(certificate.notAfter, now))}</Pill>
              <div className={styles.detail}>until {dateWords(certificate.notAfter)}</div>
              <div className={styles.detail} title={certificate.issuer}>
                from {commonName(certificate.issuer)}
              </div>
            </div>
          </li>
        ))}
      </ol>
      <Legend />
    </>
  );
}

/** What stands with a certificate besides its time: only what there is to say. */
function Marks({ certificate }: { certificate: ClientCertificate }) {
  const { usages, blocking, warnings, revocation, isDefault } = certificate;
  // Only what presents it now: a swap that is under way stands in its own list.
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

function Legend() {
  return (
    <ul className={styles.legend} aria-label="Signs in the timeline">
      <li>
        <svg width="22" height="12" aria-hidden>
          <rect className={styles.spent} x="1" y="2" width="10" height="8" />
          <rect className={styles.left} x="11" y="2" width="10" height="8" />
        </svg>
        spent, and left
      </li>
      <li>
        <svg width="14" height="12" aria-hidden>
          <circle className={styles.past} cx="7" cy="6" r="3.5" />
        </svg>
        notice that fell due
      </li>
      <li>
        <svg width="14" height="12" aria-hidden>
          <circle className={styles.ahead} cx="7" cy="6" r="3.5" />
        </svg>
        notice to come
      </li>
    </ul>
  );
}
