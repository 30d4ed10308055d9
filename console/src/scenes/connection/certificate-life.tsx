import type { ClientCertificateKind } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Pill } from '../../elements/pill.tsx';
import { useNow } from '../../elements/instant.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { dateWords, lifeLeftWords, expiryTone } from '../../words/time.ts';
import styles from './certificate-life.module.css';

interface CertificateLifeProperties {
  readonly certificate: {
    readonly name: string;
    readonly kind: ClientCertificateKind;
    readonly notBefore: string;
    readonly notAfter: string;
  };
  /** The swap that renews it already; null where none does. */
  readonly swapTo: string | null;
  readonly isRevoked: boolean;
}

/** A client certificate's life as a bar: where it began, today, when renewal is due (two thirds) unless it is under way, and its end. */
export function CertificateLife({ certificate, swapTo, isRevoked }: CertificateLifeProperties) {
  const now = useNow(60_000);
  const begin = Date.parse(certificate.notBefore);
  const end = Date.parse(certificate.notAfter);
  const share = (instant: number): number => Math.min(100, Math.max(0, (100 * (instant - begin)) / (end - begin)));
  const renewal = begin + ((end - begin) * 2) / 3;
  const today = share(now);
  return (
    <>
      <p className={styles.name}>
        <strong>{certificate.name}</strong>{' '}
        <span className={styles.kind}>{certificateKindWords(certificate.kind)}</span>{' '}
        {isRevoked ? (
          <Pill tone="bad">revoked</Pill>
        ) : (
          <Pill tone={expiryTone(certificate, now)}>{lifeLeftWords(certificate.notAfter, now)}</Pill>
        )}
      </p>
      <svg
        className={styles.life}
        viewBox="0 0 400 44"
        role="img"
        aria-label={`From ${dateWords(certificate.notBefore)} to ${dateWords(certificate.notAfter)}; ${
          swapTo === null
            ? `renewal is due from ${dateWords(new Date(renewal).toISOString())}`
            : 'its renewal is under way'
        }.`}
      >
        <rect className={styles.rest} x="0" y="6" width="400" height="10" rx="5" />
        <rect className={styles.spent} x="0" y="6" width={today * 4} height="10" rx="5" />
        {swapTo === null ? (
          <line className={styles.renewal} x1={share(renewal) * 4} x2={share(renewal) * 4} y1="2" y2="20" />
        ) : null}
        <line className={styles.today} x1={today * 4} x2={today * 4} y1="0" y2="22" />
        <text className={styles.label} x="0" y="37">
          {dateWords(certificate.notBefore)}
        </text>
        {swapTo === null ? (
          <text className={styles.label} x={share(renewal) * 4} y="37" textAnchor="middle">
            renew from {dateWords(new Date(renewal).toISOString()).replace(/ \d{4}$/u, '')}
          </text>
        ) : null}
        <text className={styles.label} x="400" y="37" textAnchor="end">
          {dateWords(certificate.notAfter)}
        </text>
      </svg>
      {swapTo === null ? null : (
        <p className={styles.kind}>
          <Link to={`/swaps/${swapTo}`}>Its renewal is under way.</Link>
        </p>
      )}
    </>
  );
}
